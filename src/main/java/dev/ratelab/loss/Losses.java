package dev.ratelab.loss;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The losses by name. Names are part of the format of tables and of the study file. */
public final class Losses {
    /** Voronoi loss with first powers. */
    public static final String D1 = "D1";

    /** Voronoi loss with the powers of over-specified cells. */
    public static final String D2 = "D2";

    /** D1 as the published code computes it. */
    public static final String D1_UNPROFILED = "D1-unprofiled";

    /** D2 as the published code computes it. */
    public static final String D2_UNPROFILED = "D2-unprofiled";

    /** Hellinger distance of the conditional densities. */
    public static final String HELLINGER = "hellinger";

    /** Distance of the regression functions. */
    public static final String REGRESSION_L2 = "regression-l2";

    /** Distance of the gate weights by cell. */
    public static final String GATE_L2 = "gate-l2";

    /** Share of fitted atoms in cells of several. */
    public static final String OVER_CELL_SHARE = "over-cell-share";

    /** Number of true atoms without a fitted one. */
    public static final String EMPTY_CELLS = "empty-cells";

    /** Smallest mean weight. */
    public static final String MIN_WEIGHT = "min-weight";

    /** How far below the optimum the identified set reaches. */
    public static final String IDENTIFIED_SET_NATS = "identified-set-nats";

    /** Ending of the deficit at the largest loss. */
    public static final String DEFICIT = "-deficit";

    /** Ending of the gain of the searches over the fit. */
    public static final String GAIN = "-gain";

    /** Ending of the number of searches that agree on the largest loss. */
    public static final String AGREEING = "-agreeing";

    /** Number of atoms that the dendrogram information criterion chooses. */
    public static final String MERGED_DIC_EXPERTS = "merged-dic-experts";

    private static final String IDENTIFIED_SET = "identified-set-";
    private static final String MERGED = "merged-";
    private static final String MERGED_DIC = "merged-dic-";
    private static final String ORACLE_START = "oracle-start-";
    private static final String RANDOM_START = "random-start-";
    private static final String ANY_LOSS = "<loss>";

    private static final String ANY_ATOM = "<j>";
    private static final String GATE_BIAS = "gate-bias";

    /** Kinds of parameters that families have with some of their options only. */
    private static final List<String> WITH_OPTIONS =
            List.of("gate-bias-over-temperature", "gate-weight-over-temperature");

    private static final List<String> EXPERT_WITH_OPTIONS = List.of("output-weight");
    private static final String GATE = "gate-";
    private static final List<String> LEVELS = List.of("gate-outer-", "gate-inner-");

    private static final String ANY_KIND = "<kind>";
    private static final List<String> KINDS = collectKinds();
    private static final Map<String, String> NAMES = withKinds();
    private static final List<String> ORDER = List.copyOf(NAMES.keySet());

    private Losses() {}

    /**
     * Every known name with one line that says what it is. Names that end in {@code <j>} stand for one name for each
     * true atom, {@code <j>} being its number from 1.
     */
    public static Map<String, String> names() {
        return NAMES;
    }

    private static Map<String, String> describe() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(D1, "Voronoi loss, first powers in all cells, infimum over gate translations");
        names.put(
                D2,
                "Voronoi loss, in cells of m > 1 atoms with the powers of the family, infimum over gate translations");
        names.put(D1_UNPROFILED, "D1 as the published code computes it: anchored, not translation invariant");
        names.put(D2_UNPROFILED, "D2 as the published code computes it: anchored, not translation invariant");
        names.put(HELLINGER, "square root of the mean over x of the squared Hellinger distance of p(y | x)");
        names.put(REGRESSION_L2, "root mean over x of the squared difference of the regression functions");
        names.put(GATE_L2, "root mean over x of the squared distance of gate weights, fitted ones summed by cell");
        names.put(OVER_CELL_SHARE, "share of the fitted atoms that lie in cells of more than one");
        names.put(EMPTY_CELLS, "number of true atoms without a fitted one");
        names.put(MIN_WEIGHT, "smallest over fitted atoms of the mean gate weight");
        return names;
    }

    private static Map<String, String> describe(String kind) {
        if (kind.equals(ParameterErrors.EXPERT_FUNCTION)) {
            return describeFunction();
        }
        boolean bias = ParameterErrors.isMass(kind);
        String what = bias
                ? "error of " + (kind.equals(GATE_BIAS) ? "the log total mass" : kind) + " of a cell"
                : "Euclidean error of " + kind;
        Map<String, String> names = new LinkedHashMap<>();
        names.put(kind + ParameterErrors.EXACT, what + ", mean over cells of one atom");
        names.put(
                kind + ParameterErrors.OVER,
                what + ", mean over " + (bias ? "cells of several atoms" : "atoms in cells of several"));
        names.put(
                kind + ParameterErrors.OVER_WEIGHTED,
                what + ", mean over cells of several atoms" + (bias ? "" : ", within a cell weighted by mass"));
        names.put(kind + ParameterErrors.ATOM + ANY_ATOM, what + ", true atom <j>, if its cell has one atom");
        return names;
    }

    private static Map<String, String> describeFunction() {
        String kind = ParameterErrors.EXPERT_FUNCTION;
        String what = "root mean over x of the squared error of an expert's mean";
        Map<String, String> names = new LinkedHashMap<>();
        names.put(kind + ParameterErrors.EXACT, what + ", mean over cells of one atom");
        names.put(kind + ParameterErrors.OVER, what + ", mean over atoms in cells of several");
        names.put(
                kind + ParameterErrors.OVER_WEIGHTED,
                what + ", mean over cells of several atoms, within a cell weighted by mass");
        names.put(kind + ParameterErrors.ATOM + ANY_ATOM, what + ", true atom <j>, if its cell has one atom");
        return names;
    }

    private static Map<String, String> withKinds() {
        Map<String, String> names = describe();
        for (String kind : KINDS) {
            names.putAll(describe(kind));
        }
        return Collections.unmodifiableMap(names);
    }

    /** The names of {@link #names} in short: {@code <kind>} stands for each of {@link #kinds} but {@code expert-function}. */
    public static Map<String, String> summary() {
        Map<String, String> names = describe();
        names.putAll(describe(ANY_KIND));
        names.putAll(describeFunction());
        return names;
    }

    /**
     * The kinds of which there are errors: those of the parameters of all gates and experts, {@code expert-function} and
     * {@code variance}.
     */
    public static List<String> kinds() {
        return KINDS;
    }

    /** Orders names as {@link #names()} does, those of single atoms by number. */
    public static int compare(String left, String right) {
        int byName = Integer.compare(ORDER.indexOf(pattern(left)), ORDER.indexOf(pattern(right)));
        if (byName != 0) {
            return byName;
        }
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    /** The same losses, sorted by {@link #compare}. */
    public static Map<String, Double> sorted(Map<String, Double> losses) {
        Map<String, Double> sorted = new TreeMap<>(Losses::compare);
        sorted.putAll(losses);
        return new LinkedHashMap<>(sorted);
    }

    /** Whether a number describes an estimate without measuring its distance from the truth: it has no rate. */
    public static boolean descriptive(String name) {
        return name.equals(OVER_CELL_SHARE)
                || name.equals(EMPTY_CELLS)
                || name.equals(MIN_WEIGHT)
                || name.equals(IDENTIFIED_SET_NATS)
                || name.equals(MERGED_DIC_EXPERTS)
                || (name.startsWith(IDENTIFIED_SET)
                        && (name.endsWith(DEFICIT) || name.endsWith(GAIN) || name.endsWith(AGREEING)));
    }

    /** The name of the largest value of a loss over the identified set. */
    public static String identifiedSet(String loss) {
        return IDENTIFIED_SET + loss;
    }

    /**
     * The names that a study stores which asks for identified sets, whatever losses it selects, with one line that says what each is;
     * {@code <loss>} stands for the name of a loss.
     */
    public static Map<String, String> identifiedSetNames() {
        Map<String, String> names = new LinkedHashMap<>();
        String loss = identifiedSet(ANY_LOSS);
        names.put(loss, "largest value found of the loss over the parameters within c nats of the optimum");
        names.put(loss + DEFICIT, "by how much the point of that value is below the optimum, nats");
        names.put(loss + GAIN, "by how much the optimum that the searches know is above the fit, nats");
        names.put(loss + AGREEING, "number of searches that came within one percent of that value");
        names.put(IDENTIFIED_SET_NATS, "c, nats");
        return names;
    }

    /** The name of a loss of the atoms that are left when they are merged down to as many as the target has. */
    public static String merged(String loss) {
        return MERGED + loss;
    }

    /** The name of a loss of the atoms that are left when they are merged down to the number that the criterion chooses. */
    public static String mergedByCriterion(String loss) {
        return MERGED_DIC + loss;
    }

    /** The names that a study stores which asks for merged atoms, whatever losses it selects, as {@link #identifiedSetNames}. */
    public static Map<String, String> mergedNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(merged(ANY_LOSS), "the loss after merging the fitted atoms down to as many as the truth has");
        names.put(
                mergedByCriterion(ANY_LOSS),
                "the loss after merging them down to the number that the criterion chooses");
        names.put(MERGED_DIC_EXPERTS, "that number");
        return names;
    }

    /** The name of a loss of the best certified end point of the starts near the truth alone. */
    public static String oracleStart(String loss) {
        return ORACLE_START + loss;
    }

    /** The name of a loss of the best certified end point of the starts from the data alone. */
    public static String randomStart(String loss) {
        return RANDOM_START + loss;
    }

    /** The names that a study stores which asks for losses by kind of start, as {@link #identifiedSetNames}. */
    public static Map<String, String> startKindNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(oracleStart(ANY_LOSS), "the loss at the best certified end point of starts near the truth");
        names.put(randomStart(ANY_LOSS), "the loss at the best certified end point of starts from the data");
        return names;
    }

    /** Whether a name is one of {@link #names()}, with any number from 1 in place of {@code <j>}. */
    public static boolean known(String name) {
        return !name.endsWith(ANY_ATOM) && NAMES.containsKey(pattern(name));
    }

    /**
     * The losses of one estimate by name; undefined ones are absent. For several estimates of one truth build a
     * {@link LossEvaluator} once.
     *
     * @param truth the model that data were drawn from
     * @param fittedModel the fitted family
     * @param estimate its atoms; not modified
     */
    public static Map<String, Double> compute(Truth truth, MixtureOfExperts fittedModel, List<Atom> estimate) {
        return LossEvaluator.of(truth).evaluate(fittedModel, estimate).losses();
    }

    /**
     * Finite losses in the order of {@link #names()}, those of single atoms by number.
     *
     * @param trueAtoms number of true atoms
     */
    static Map<String, Double> ordered(Map<String, Double> losses, int trueAtoms) {
        Map<String, Double> result = new LinkedHashMap<>();
        for (String name : NAMES.keySet()) {
            if (name.endsWith(ANY_ATOM)) {
                String stem = name.substring(0, name.length() - ANY_ATOM.length());
                for (int j = 1; j <= trueAtoms; j++) {
                    copyIfFinite(losses, stem + j, result);
                }
            } else {
                copyIfFinite(losses, name, result);
            }
        }
        return result;
    }

    private static void copyIfFinite(Map<String, Double> losses, String name, Map<String, Double> result) {
        Double value = losses.get(name);
        if (value != null && Double.isFinite(value)) {
            result.put(name, value);
        }
    }

    /** The name with {@code <j>} in place of the number of an atom. */
    public static String pattern(String name) {
        return name.replaceFirst(ParameterErrors.ATOM + "[1-9][0-9]*$", ParameterErrors.ATOM + ANY_ATOM);
    }

    private static List<String> collectKinds() {
        Set<String> kinds = new LinkedHashSet<>();
        Gates.all().forEach(gate -> addNames(gate.kinds(1), kinds));
        Gates.all().forEach(gate -> addNames(gate.invariantForm(1).kinds(), kinds));
        kinds.addAll(WITH_OPTIONS);
        for (String kind : List.copyOf(kinds)) {
            addLevels(kind, kinds);
        }
        Experts.all().forEach(expert -> addNames(expert.kinds(1), kinds));
        kinds.addAll(EXPERT_WITH_OPTIONS);
        kinds.add(ParameterErrors.EXPERT_FUNCTION);
        kinds.add(ParameterErrors.VARIANCE);
        return List.copyOf(kinds);
    }

    /** The names that the two levels of a hierarchical gate give to a kind. */
    private static void addLevels(String kind, Set<String> kinds) {
        for (String level : LEVELS) {
            if (LEVELS.stream().noneMatch(kind::startsWith)) {
                kinds.add(level + kind.substring(GATE.length()));
            }
        }
    }

    private static void addNames(List<ParameterKind> list, Set<String> kinds) {
        for (ParameterKind kind : list) {
            kinds.add(kind.name());
        }
    }
}
