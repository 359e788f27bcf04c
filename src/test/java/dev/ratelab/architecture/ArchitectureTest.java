package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses PRODUCTION = new ClassFileImporter().importPath(Path.of("target/classes"));

    private static final JavaClasses VIOLATIONS =
            new ClassFileImporter().importPath(Path.of("target/test-classes/dev/ratelab/model/violation"));

    @TestFactory
    Stream<DynamicTest> productionCodeKeepsEveryRule() {
        return Rules.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PRODUCTION)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleRefusesTheDeliberateViolations() {
        List<ArchRule> rules = List.of(
                Rules.usesOnly("model.violation", Set.of("math")),
                Rules.knownPackages(),
                Rules.noCircles(),
                Rules.familiesAreReadAtTheBorders(),
                Rules.onlyIn("spark", "org.apache.spark..", "scala..", "org.apache.hadoop.."),
                Rules.machineChosenAlgebra(),
                Rules.onlyIn("report", "org.jfree..", "org.apache.batik.."),
                Rules.onlyIn("cli", "picocli.."),
                Rules.noHiddenRandomness(),
                Rules.noInexactFunctions(),
                Rules.noFastMath(),
                Rules.strictMathInMathOnly(),
                Rules.noParallelStreams(),
                Rules.noTextOfTheLocale());
        return rules.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> assertThat(
                                rule.evaluate(VIOLATIONS).hasViolation())
                        .isTrue()));
    }

    @Test
    void everyPackageSaysWhatLivesThere() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages).isNotEmpty().allSatisfy(directory -> assertThat(directory.resolve("package-info.java"))
                    .exists());
        }
    }
}
