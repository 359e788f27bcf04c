package dev.ratelab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Methods and constructors ({@code <init>}) that follow the JVM's locale unless they are given one or its symbols. */
    private static final Map<String, Set<String>> LOCALISED = Map.ofEntries(
            entry("java.lang.String", Set.of("format", "formatted", "toLowerCase", "toUpperCase")),
            entry("java.io.PrintStream", Set.of("format", "printf")),
            entry("java.io.PrintWriter", Set.of("format", "printf")),
            entry("java.io.Console", Set.of("format", "printf", "readLine", "readPassword")),
            entry("java.util.Formatter", Set.of("<init>")),
            entry("java.util.Scanner", Set.of("<init>")),
            entry("java.util.Locale", Set.of("getDefault")),
            entry("java.text.DecimalFormat", Set.of("<init>")),
            entry("java.text.DecimalFormatSymbols", Set.of("<init>", "getInstance")),
            entry(
                    "java.text.NumberFormat",
                    Set.of(
                            "getInstance",
                            "getNumberInstance",
                            "getIntegerInstance",
                            "getPercentInstance",
                            "getCurrencyInstance",
                            "getCompactNumberInstance")),
            entry("java.text.SimpleDateFormat", Set.of("<init>")),
            entry(
                    "java.text.DateFormat",
                    Set.of("getInstance", "getDateInstance", "getTimeInstance", "getDateTimeInstance")),
            entry("java.text.MessageFormat", Set.of("<init>", "format")),
            entry("java.text.Collator", Set.of("getInstance")),
            entry(
                    "java.time.format.DateTimeFormatter",
                    Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedTime", "ofLocalizedDateTime")));

    private Rules() {}

    /** All rules. */
    static List<ArchRule> all() {
        List<ArchRule> rules = new ArrayList<>(packageOrder());
        rules.add(knownPackages());
        rules.add(onlyIn("spark", "org.apache.spark..", "scala..", "org.apache.hadoop.."));
        rules.add(onlyIn("report", "org.jfree..", "org.apache.batik.."));
        rules.add(onlyIn("cli", "picocli.."));
        rules.add(noHiddenRandomness());
        rules.add(noInexactFunctions());
        rules.add(noFastMath());
        rules.add(strictMathInMathOnly());
        rules.add(noParallelStreams());
        rules.add(noTextOfTheLocale());
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

    static ArchRule noTextOfTheLocale() {
        return noClasses()
                .should()
                .accessTargetWhere(describe("what follows the locale", (JavaAccess<?> access) -> LOCALISED
                                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                                .contains(access.getTarget().getName())
                        && access.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Locale.class)
                                        || type.isEquivalentTo(DecimalFormatSymbols.class))))
                .as("no text depends on the JVM's locale: use Locale.ROOT");
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
