package dev.ratelab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Rules of the tests, and the rule on printing that production code shares with them. */
final class TestCodeRules {
    /** What tests of several packages share; below all of them. */
    static final String SHARED = "dev.ratelab.testing";

    private TestCodeRules() {}

    /** A test package uses production code and {@value #SHARED}, no other test package; {@value #SHARED} uses none. */
    static ArchRule sharedHelpersLiveInTesting() {
        return classes()
                .that(describe("are tests", TestCodeRules::isTest))
                .should(new ArchCondition<>("use test classes of their own package and of " + SHARED + " only") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                            JavaClass target = dependency.getTargetClass().getBaseComponentType();
                            boolean allowed = !isTest(target)
                                    || target.getPackageName().equals(type.getPackageName())
                                    || inside(SHARED, target);
                            events.add(new SimpleConditionEvent(dependency, allowed, dependency.getDescription()));
                        }
                    }
                });
    }

    /** Only the command line, and tests' programs of their own (with a {@code main}), write to the process's streams. */
    static ArchRule noPrints() {
        DescribedPredicate<JavaAccess<?>> print = describe("System.out, System.err or printStackTrace()", access -> {
            String name = access.getTarget().getName();
            boolean stream = access.getTargetOwner().isEquivalentTo(System.class)
                    && Set.of("out", "err").contains(name);
            return stream || access.getTarget().getFullName().endsWith(".printStackTrace()");
        });
        return noClasses()
                .that(describe(
                        "are neither in package cli nor programs of the tests",
                        type -> !(inside("dev.ratelab.cli", type) && !isTest(type)) && !isProgramOfTests(type)))
                .should()
                .accessTargetWhere(print)
                .as("only the command line prints: others return text, or take the stream that they write to");
    }

    private static boolean isTest(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString().contains("/test-classes/"))
                .orElse(false);
    }

    private static boolean isProgramOfTests(JavaClass type) {
        return isTest(type) && type.tryGetMethod("main", String[].class).isPresent();
    }

    private static boolean inside(String name, JavaClass type) {
        return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
    }
}
