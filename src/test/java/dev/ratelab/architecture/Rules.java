package dev.ratelab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
import java.util.TreeSet;
import java.util.stream.BaseStream;

/** The rules that the production code keeps. */
final class Rules {
    /**
     * The rooms, from the ground up: a package uses packages of the floors below only, and none beside it. A subpackage is a room of
     * its own.
     */
    static final List<Set<String>> FLOORS = List.of(
            Set.of("math"),
            Set.of("random", "model"),
            Set.of("model.gate", "model.expert", "data"),
            Set.of("model.catalog"),
            Set.of("fit.quadratic"),
            Set.of("fit.objective"),
            Set.of("fit.ascent"),
            Set.of("fit"),
            Set.of("loss", "diagnose"),
            Set.of("theory"),
            Set.of("study"),
            Set.of("target"),
            Set.of("studyfile", "run"),
            Set.of("plan", "rates"),
            Set.of("store", "report"),
            Set.of("spark.store"),
            Set.of("spark"),
            Set.of("cli"));

    /** Functions whose last bits Java leaves to the JVM, or that are slow where the CPU lacks them (fma). */
    private static final Set<String> INEXACT = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
            "sinh", "cosh", "tanh", "cbrt", "hypot", "fma", "random");

    /** These keep the project's bits but have one home: {@code dev.ratelab.math}. */
    private static final Set<String> FAST_MATH = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
            "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt", "hypot", "random");

    /** Who has a family as text: readers of study files, of stored rows, of options, and of what travels to other machines. */
    private static final Set<String> READERS_OF_FAMILIES =
            Set.of("FamilyChecks", "CostModel", "RequiredSizeTexts", "FitCommand", "FamilyIds");

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
        rules.add(noCircles());
        rules.add(familiesAreReadAtTheBorders());
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
        rules.add(noTextOfTheLocale());
        return rules;
    }

    static List<ArchRule> packageOrder() {
        List<ArchRule> rules = new ArrayList<>();
        Set<String> below = new TreeSet<>();
        for (Set<String> floor : FLOORS) {
            for (String room : new TreeSet<>(floor)) {
                rules.add(usesOnly(room, below));
            }
            below.addAll(floor);
        }
        // A quadratic with constraints is mathematics: it knows no model.
        rules.add(usesOnly("fit.quadratic", Set.of("math")));
        return rules;
    }

    /** A room uses the others and itself only. */
    static ArchRule usesOnly(String room, Set<String> others) {
        Set<String> allowed = new TreeSet<>(others);
        allowed.add(room);
        DescribedPredicate<JavaClass> elsewhere = resideInAPackage("dev.ratelab..")
                .and(not(resideInAnyPackage(allowed.stream().map(Rules::exactly).toArray(String[]::new))));
        return noClasses()
                .that()
                .resideInAPackage(exactly(room))
                .should()
                .dependOnClassesThat(elsewhere)
                .as("package " + room + " uses only " + others)
                .allowEmptyShould(true);
    }

    static ArchRule noCircles() {
        return slices().matching("dev.ratelab.(**)")
                .should()
                .beFreeOfCycles()
                .as("packages and subpackages use each other in no circle");
    }

    static ArchRule familiesAreReadAtTheBorders() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.ratelab.model.catalog..")
                .and(describe("do not read texts", type -> !READERS_OF_FAMILIES.contains(type.getSimpleName())))
                .should()
                .accessTargetWhere(describe(
                        "a look-up of a family by its id",
                        access -> access.getTargetOwner().getPackageName().equals("dev.ratelab.model.catalog")
                                && access.getTarget().getName().equals("of")))
                .as("families travel as objects: only " + READERS_OF_FAMILIES + " look them up by their ids");
    }

    static ArchRule knownPackages() {
        String[] known =
                FLOORS.stream().flatMap(Set::stream).map(Rules::exactly).toArray(String[]::new);
        return classes().should().resideInAnyPackage(known).as("every class is in one of the packages of the floors");
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

    static ArchRule noTextOfTheLocale() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "what follows the locale",
                        (JavaAccess<?> access) -> LOCALISED
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

    private static String exactly(String name) {
        return "dev.ratelab." + name;
    }

    private static String inside(String name) {
        return "dev.ratelab." + name + "..";
    }
}
