package dev.ratelab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.BaseStream;

/** The rules that the production code keeps. */
final class Rules {
    /** Each package may use those to its left. */
    private static final List<String> ORDER = List.of(
            "math",
            "random",
            "model",
            "data",
            "fit",
            "loss",
            "theory",
            "diagnose",
            "study",
            "rates",
            "spark",
            "report",
            "cli");

    /** Functions whose last bits Java leaves to the JVM, or that are slow where the CPU lacks them (fma). */
    private static final Set<String> INEXACT = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
            "sinh", "cosh", "tanh", "cbrt", "hypot", "fma", "random");

    /** These keep the project's bits but have one home: {@code dev.ratelab.math}. */
    private static final Set<String> FAST_MATH = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
            "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt", "hypot", "random");

    private Rules() {}

    /** All rules. */
    static List<ArchRule> all() {
        List<ArchRule> rules = new ArrayList<>(packageOrder());
        rules.add(knownPackages());
        rules.add(onlyIn("spark", "org.apache.spark..", "scala..", "org.apache.hadoop.."));
        rules.add(machineChosenAlgebra());
        rules.add(onlyIn("report", "org.jfree..", "org.apache.batik.."));
        rules.add(onlyIn("cli", "picocli.."));
        rules.add(noHiddenRandomness());
        rules.add(noInexactFunctions());
        rules.add(noFastMath());
        rules.add(strictMathInMathOnly());
        rules.add(noParallelStreams());
        return rules;
    }

    static List<ArchRule> packageOrder() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < ORDER.size() - 1; i++) {
            List<String> later = ORDER.subList(i + 1, ORDER.size());
            String[] forbidden = later.stream().map(Rules::inside).toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(inside(ORDER.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .as("package " + ORDER.get(i) + " uses none of " + later)
                    .allowEmptyShould(true));
        }
        return rules;
    }

    static ArchRule knownPackages() {
        return classes()
                .should()
                .resideInAnyPackage(ORDER.stream().map(Rules::inside).toArray(String[]::new))
                .as("every class is in one of the packages " + ORDER);
    }

    static ArchRule onlyIn(String name, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(inside(name))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries))
                .as("only package " + name + " uses " + List.of(libraries));
    }

    /** Their last bits depend on the machine, so they may not reach a stored number. */
    static ArchRule machineChosenAlgebra() {
        return onlyIn("ml", "dev.ludovic.netlib..", "breeze..", "org.apache.spark.ml..", "org.apache.spark.mllib..");
    }

    static ArchRule noHiddenRandomness() {
        DescribedPredicate<JavaClass> generators = resideInAPackage("java.util.random..")
                .or(describe("a generator of the JDK", (JavaClass type) -> Set.of(
                                "java.util.Random",
                                "java.util.SplittableRandom",
                                "java.util.concurrent.ThreadLocalRandom",
                                "java.security.SecureRandom")
                        .contains(type.getName())));
        return noClasses()
                .should()
                .dependOnClassesThat(generators)
                .as("numbers are drawn from dev.ratelab.random only, not from a generator of the JDK");
    }

    static ArchRule noInexactFunctions() {
        return noClasses()
                .should()
                .accessTargetWhere(function("java.lang.Math", INEXACT))
                .as("no function of java.lang.Math whose bits differ between JVMs: use dev.ratelab.math");
    }

    static ArchRule noFastMath() {
        return noClasses()
                .should()
                .accessTargetWhere(function("org.apache.commons.math3.util.FastMath", FAST_MATH))
                .as("no direct call of FastMath's functions: use dev.ratelab.math");
    }

    static ArchRule strictMathInMathOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(inside("math"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.StrictMath")
                .as("only package math uses StrictMath");
    }

    static ArchRule noParallelStreams() {
        return noClasses()
                .should()
                .accessTargetWhere(describe("a parallel stream", (JavaAccess<?> access) -> {
                    String name = access.getTarget().getName();
                    return name.equals("parallelStream")
                            || (name.equals("parallel")
                                    && access.getTargetOwner().isAssignableTo(BaseStream.class));
                }))
                .as("no parallel streams: their sums have no fixed order");
    }

    private static DescribedPredicate<JavaAccess<?>> function(String owner, Set<String> names) {
        return describe(
                "a function of " + owner,
                access -> access.getTargetOwner().getName().equals(owner)
                        && names.contains(access.getTarget().getName()));
    }

    private static String inside(String name) {
        return "dev.ratelab." + name + "..";
    }
}
