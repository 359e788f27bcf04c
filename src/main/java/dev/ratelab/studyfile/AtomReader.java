package dev.ratelab.studyfile;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys.OfTruth;
import dev.ratelab.study.StudyText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the atoms of a truth that is written out: the lists of its gate, its experts and its variances.
 *
 * @param truth the block of the truth
 * @param expertNode the block of its experts
 * @param expert the family of its experts
 * @param countedList the list that says how many atoms there are
 * @param atoms their number
 */
record AtomReader(Node truth, Node expertNode, Expert expert, Node countedList, int atoms) {
    private static final String VARIANCES = "a list of noise variances, one for each expert, or one number for all";

    /**
     * A reader of the atoms of a truth. Their number is that of the variances, or where they share one, of the entries of the first of
     * the experts' lists.
     */
    static AtomReader of(Node truth, Node expertNode, Expert expert) {
        Node variances = truth.get(OfTruth.VARIANCE, VARIANCES);
        if (variances.isList()) {
            return new AtomReader(
                    truth,
                    expertNode,
                    expert,
                    variances,
                    variances.filledList(VARIANCES).size());
        }
        ParameterKind first = expert.kinds(1).get(0);
        String what = listOf(first.length() == 1 ? "numbers" : "vectors");
        Node list = expertNode.get(StudyText.key(first), what);
        return new AtomReader(
                truth, expertNode, expert, list, list.filledList(what).size());
    }

    /**
     * Reads the atoms.
     *
     * @param gateNode the block of the gate
     * @param dimension number of inputs d
     * @param variances of the atoms
     */
    List<Atom> read(Node gateNode, Gate gate, int dimension, double[] variances) {
        double[][] gates = parameters(gateNode, gate.kinds(dimension), gate);
        double[][] experts = parameters(expertNode, expert.kinds(dimension), null);
        List<Atom> read = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            read.add(new Atom(gates[i], experts[i], variances[i]));
        }
        refuseEqualExperts(expertNode, read);
        return read;
    }

    /** Whether each atom has a variance of its own. */
    boolean ownVariances() {
        return truth.get(OfTruth.VARIANCE, VARIANCES).isList();
    }

    /** A list with one variance for each expert, or one number for all. */
    double[] variances(Problem problem) {
        Node node = truth.get(OfTruth.VARIANCE, VARIANCES);
        double[] variances = new double[atoms];
        if (!node.isList()) {
            Arrays.fill(variances, node.positive());
            return variances;
        }
        List<Node> elements = node.filledList(VARIANCES);
        for (int i = 0; i < atoms; i++) {
            variances[i] = elements.get(i).positive();
        }
        if (problem == Problem.REGRESSION) {
            refuseUnequalVariances(elements);
        }
        return variances;
    }

    private StudyException wrongCount(Node node, int found, int needed) {
        return node.refuse("has " + found + " entries and " + countedList.path() + " has " + atoms
                + (needed == atoms
                        ? ": each list of the truth has one entry for each expert"
                        : ": with so many experts it needs " + needed));
    }

    private static void refuseUnequalVariances(List<Node> variances) {
        double first = variances.get(0).positive();
        for (Node variance : variances) {
            if (variance.positive() != first) {
                throw variance.refuse(
                        "differs from " + first + ": in regression all experts have the same noise variance");
            }
        }
    }

    static String listOf(String elements) {
        return "a list of " + elements + ", one for each expert";
    }

    private static String vectorOf(int length) {
        return length == 1 ? "a vector of one number" : "a vector of " + length + " numbers";
    }

    /** {@code [atom][parameter]}; the gate says which entry of a list an atom takes, without one each atom takes its own. */
    private double[][] parameters(Node block, List<ParameterKind> kinds, Gate gate) {
        ParameterKind last = kinds.get(kinds.size() - 1);
        double[][] parameters = new double[atoms][last.offset() + last.length()];
        for (int c = 0; c < kinds.size(); c++) {
            ParameterKind kind = kinds.get(c);
            String what = listOf(kind.length() == 1 ? "numbers" : "vectors of " + kind.length() + " numbers");
            Node node = block.get(StudyText.key(kind), what);
            int needed = StudyText.entries(gate, c, atoms);
            if (needed == 1 && atoms > 1 && !node.isList()) {
                for (double[] atom : parameters) {
                    component(node, kind, atom);
                }
                continue;
            }
            List<Node> elements = node.filledList(what);
            if (elements.size() != needed) {
                throw wrongCount(node, elements.size(), needed);
            }
            for (int i = 0; i < atoms; i++) {
                component(elements.get(gate == null ? i : gate.entry(c, i, atoms)), kind, parameters[i]);
            }
        }
        return parameters;
    }

    private static void component(Node element, ParameterKind kind, double[] atom) {
        if (kind.length() == 1 && !element.isList()) {
            atom[kind.offset()] = number(element, kind);
            return;
        }
        List<Node> numbers = element.list(vectorOf(kind.length()));
        if (numbers.size() != kind.length()) {
            throw element.refuse("must be " + vectorOf(kind.length()) + ", as the first vector of the truth");
        }
        for (int c = 0; c < kind.length(); c++) {
            atom[kind.offset() + c] = number(numbers.get(c), kind);
        }
    }

    private static double number(Node node, ParameterKind kind) {
        return kind.positive() ? node.positive() : node.finite();
    }

    private static void refuseEqualExperts(Node expert, List<Atom> atoms) {
        for (int i = 0; i < atoms.size(); i++) {
            for (int l = 0; l < i; l++) {
                if (Arrays.equals(atoms.get(i).expert(), atoms.get(l).expert())
                        && atoms.get(i).variance() == atoms.get(l).variance()) {
                    throw expert.fault(": experts " + (l + 1) + " and " + (i + 1)
                            + " have the same parameters and variance; true atoms must differ in their experts");
                }
            }
        }
    }
}
