package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the functions that theory assumes to be linearly independent are so, at given truths.
 *
 * <p>Deterministic; every method works in memory of its own.
 */
public final class Diagnosis {
    /** Nodes in regression for one input. */
    static final int REGRESSION_NODES = 120;

    private static final int REGRESSION_NODES_OF_TWO = 32;

    /** With fewer points, the functions of two experts with four inputs would interpolate them. */
    private static final int DRAWN = 600;

    /** Nodes of the inputs in the density problem, where each carries several responses. */
    static final int DENSITY_NODES = 48;

    private Diagnosis() {}

    /**
     * What is found at a truth.
     *
     * @param fittedExperts the largest number of experts that are fitted: as many cells can have several atoms as it exceeds the true
     *     number, within each group of atoms; one cell if it does not
     * @param largestSize the largest sample size of interest, at least 1
     */
    public static List<Finding> of(Truth truth, int fittedExperts, double largestSize) {
        boolean density = truth.problem() == Problem.DENSITY;
        ModelFunctions functions = new ModelFunctions(truth, nodes(truth));
        double[] weights = functions.rows().weight();
        double[] inputWeights = functions.local().nodes().weights();
        double deviation = density ? 1 : Math.sqrt(truth.model().noise().variance());
        Report report = new Report(truth, deviation, largestSize);
        boolean[] translations = Gauge.ofTranslations(functions.local());
        boolean[] all = Gauge.ofAll(functions.local());
        report.add(FunctionSet.EXACT, List.of(functions.jacobian(translations)), weights);
        if (count(all) != count(translations)) {
            report.add(FunctionSet.QUOTIENT, List.of(functions.jacobian(all)), weights);
        }
        int atoms = truth.model().atoms();
        Optional<List<PartialFunction>> split = functions.split();
        if (split.isPresent()) {
            report.add(FunctionSet.SPLIT, ofSplitCells(split.get(), splitCells(truth, fittedExperts)), weights);
        } else {
            report.addNone(
                    FunctionSet.SPLIT,
                    "two copies of an atom do not make the function of one: first derivatives decide for fits near it");
        }
        List<int[]> pairs = Subsets.of(atoms, 2);
        report.add(FunctionSet.PRODUCT, ofAtoms(functions.products(), pairs), weights);
        ExpertFunctions experts = new ExpertFunctions(functions.local(), false);
        report.add(FunctionSet.STRONG, ofAtoms(experts.strong(truth.problem()), pairs), inputWeights);
        report.add(FunctionSet.WEAK, ofAtoms(experts.weak(), pairs), inputWeights);
        return report.findings;
    }

    /** Which cells can have several atoms at once. */
    static List<int[]> splitCells(Truth truth, int fittedExperts) {
        int atoms = truth.model().atoms();
        List<int[]> choices = new ArrayList<>();
        for (int size = Math.min(atoms, Math.max(1, fittedExperts - atoms)); choices.isEmpty(); size--) {
            for (int[] choice : Subsets.of(atoms, size)) {
                if (size == 1 || hasRoom(truth.model().gate(), choice, atoms, fittedExperts)) {
                    choices.add(choice);
                }
            }
        }
        return choices;
    }

    private static boolean hasRoom(Gate gate, int[] choice, int atoms, int fittedExperts) {
        int[] room = new int[Math.max(gate.group(atoms - 1, atoms), gate.group(fittedExperts - 1, fittedExperts)) + 1];
        for (int i = 0; i < fittedExperts; i++) {
            room[gate.group(i, fittedExperts)]++;
        }
        for (int j = 0; j < atoms; j++) {
            room[gate.group(j, atoms)]--;
        }
        for (int cell : choice) {
            room[gate.group(cell, atoms)]--;
        }
        return Arrays.stream(room).allMatch(left -> left >= 0);
    }

    /** For each choice of split cells, all first derivatives and the second derivatives of these cells. */
    private static List<List<PartialFunction>> ofSplitCells(List<PartialFunction> set, List<int[]> choices) {
        List<List<PartialFunction>> sets = new ArrayList<>();
        for (int[] choice : choices) {
            sets.add(set.stream()
                    .filter(function -> function.kind() == PartialFunction.Kind.FIRST || isOf(function, choice))
                    .toList());
        }
        return sets;
    }

    /** For each choice of atoms, the functions of these. */
    private static List<List<PartialFunction>> ofAtoms(List<PartialFunction> set, List<int[]> choices) {
        List<List<PartialFunction>> sets = new ArrayList<>();
        for (int[] choice : choices) {
            sets.add(set.stream().filter(function -> isOf(function, choice)).toList());
        }
        return sets;
    }

    private static boolean isOf(PartialFunction function, int[] atoms) {
        return Arrays.stream(atoms).anyMatch(atom -> function.place().equals("expert " + (atom + 1)));
    }

    /** The nodes of the inputs of a truth. */
    static InputNodes nodes(Truth truth) {
        return truth.problem() == Problem.DENSITY
                ? nodes(truth, DENSITY_NODES, DENSITY_NODES / 4)
                : nodes(truth, REGRESSION_NODES, REGRESSION_NODES_OF_TWO);
    }

    /**
     * The nodes of the inputs of a truth, whether its functions are smooth or not: linear dependence does not depend on the nodes, as
     * long as there are many more of them than functions.
     *
     * @param ofOne number of nodes for one input
     * @param ofTwo number of nodes in each coordinate of two
     */
    static InputNodes nodes(Truth truth, int ofOne, int ofTwo) {
        int dimension = truth.model().dimension();
        return InputNodes.smooth(truth.input(), dimension, ofOne, ofTwo)
                .orElseGet(() -> InputNodes.drawn(truth.input(), dimension, DRAWN, "diagnose"));
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /** The findings at one truth. */
    private static final class Report {
        private final List<Finding> findings = new ArrayList<>();
        private final Truth truth;
        private final double deviation;
        private final double largestSize;

        Report(Truth truth, double deviation, double largestSize) {
            this.truth = truth;
            this.deviation = deviation;
            this.largestSize = largestSize;
        }

        /** Adds the worst of the sets of functions, with the relations of all of them. */
        void add(FunctionSet set, List<List<PartialFunction>> choices, double[] weights) {
            Dependence worst = null;
            Map<String, Relation> relations = new LinkedHashMap<>();
            for (List<PartialFunction> functions : choices) {
                if (functions.isEmpty()) {
                    addNone(set, "there are no parameters to tell apart");
                    return;
                }
                Dependence dependence = new Dependence(functions, weights);
                for (Relation relation : dependence.relations()) {
                    relations.putIfAbsent(relation.place() + relation.words(), relation);
                }
                if (worst == null || isWorse(dependence, worst)) {
                    worst = dependence;
                }
            }
            double visibleFrom = worst.verdict() == Verdict.INDEPENDENT
                    ? Visibility.from(worst.smallestDistinct(), deviation)
                    : Double.POSITIVE_INFINITY;
            findings.add(new Finding(
                    truth.model().gate().id(),
                    truth.model().expert().id(),
                    set,
                    worst.size(),
                    worst.smallest(),
                    worst.distinct(),
                    worst.smallestDistinct(),
                    worst.verdict(),
                    visibleFrom,
                    visibleFrom <= largestSize,
                    words(List.copyOf(relations.values())),
                    choices.size() < Subsets.MOST
                            ? ""
                            : "only the first " + Subsets.MOST + " choices of experts count"));
        }

        private static boolean isWorse(Dependence one, Dependence other) {
            int difference = rank(one.verdict()) - rank(other.verdict());
            return difference > 0 || (difference == 0 && one.smallestDistinct() < other.smallestDistinct());
        }

        private static int rank(Verdict verdict) {
            return switch (verdict) {
                case DEPENDENT -> 2;
                case UNDECIDED -> 1;
                case INDEPENDENT, NOT_APPLICABLE -> 0;
            };
        }

        void addNone(FunctionSet set, String note) {
            findings.add(new Finding(
                    truth.model().gate().id(),
                    truth.model().expert().id(),
                    set,
                    0,
                    Double.NaN,
                    0,
                    Double.NaN,
                    Verdict.NOT_APPLICABLE,
                    Double.POSITIVE_INFINITY,
                    false,
                    List.of(),
                    note));
        }

        /** Relations in words, those that several experts share said once, those that cost no rate marked. */
        private List<String> words(List<Relation> relations) {
            Map<String, List<String>> places = new LinkedHashMap<>();
            for (Relation relation : relations) {
                String text = relation.words() + (relation.harmless() ? " (costs no rate)" : "");
                places.computeIfAbsent(text, key -> new ArrayList<>()).add(relation.place());
            }
            List<String> lines = new ArrayList<>();
            places.forEach((text, where) -> {
                boolean every =
                        where.size() > 1 && where.size() == truth.model().atoms();
                String joined = every ? "every expert" : String.join(", ", where);
                lines.add(where.get(0).isEmpty() ? text : joined + ": " + text);
            });
            return lines;
        }
    }
}
