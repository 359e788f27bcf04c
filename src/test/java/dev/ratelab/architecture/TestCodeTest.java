package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TestCodeTest {
    private static final JavaClasses ALL =
            new ClassFileImporter().importPaths(Path.of("target/classes"), Path.of("target/test-classes"));

    private static final DescribedPredicate<JavaClass> VIOLATION =
            JavaClass.Predicates.resideInAPackage("dev.ratelab.model.violation..");

    private static final List<ArchRule> RULES =
            List.of(TestCodeRules.sharedHelpersLiveInTesting(), TestCodeRules.noPrints());

    @TestFactory
    Stream<DynamicTest> codeAndTestsKeepEveryRule() {
        JavaClasses kept = ALL.that(DescribedPredicate.not(VIOLATION));
        return RULES.stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(kept)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleRefusesTheDeliberateViolations() {
        JavaClasses violations = ALL.that(VIOLATION);
        return RULES.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> assertThat(
                                rule.evaluate(violations).hasViolation())
                        .isTrue()));
    }
}
