package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sets of derivatives of a model at a truth, from the contracts of its families.
 *
 * <p><b>Splitting.</b> Where a cell has several atoms, the model is expanded around a truth in which every atom is replaced
 * by two equal copies with half its weight. Moving both copies alike is a first derivative of the true model; moving them
 * apart has no first-order effect, and its second-order effects are the second derivatives of the set {@link #split}. Parameters that
 * only exchange weight between copies are left out: these move along an exactly flat line.
 */
final class ModelFunctions {
    private static final double CONSTANT = 1e-11;
    private static final double SAME_FUNCTION = 1e-12;

    private final MixtureOfExperts model;
    private final LocalModel local;
    private final Rows rows;
    private final ParameterNames names;

    /** The sets at a truth. */
    ModelFunctions(Truth truth, InputNodes nodes) {
        model = truth.model();
        local = new LocalModel(model, truth.parameters(), nodes);
        rows = Rows.of(local);
        names = new ParameterNames(model, local.theta());
    }

    Rows rows() {
        return rows;
    }

    LocalModel local() {
        return local;
    }

    /** First derivatives by all parameters but those that are anchored. */
    List<PartialFunction> jacobian(boolean[] anchored) {
        Differentiation derivatives = new Differentiation(local, rows, Coefficients.of(local, rows));
        int[] all = IntStream.range(0, model.atoms()).toArray();
        List<PartialFunction> set = new ArrayList<>();
        for (int a = 0; a < anchored.length; a++) {
            if (!anchored[a]) {
                set.add(new PartialFunction(
                        names.place(a),
                        "the derivative by " + names.kind(a),
                        PartialFunction.Kind.FIRST,
                        derivatives.first(Direction.of(a), all)));
            }
        }
        return set;
    }

    /**
     * First derivatives modulo all invariances, and second derivatives by the parameters of each atom in which two copies
     * of it can differ.
     *
     * @return nothing if two copies of an atom do not make the same function as the atom, or the gate does not take twice as many atoms
     */
    Optional<List<PartialFunction>> split() {
        int atoms = model.atoms();
        if (model.gate().refusal(model.problem(), 2 * atoms, model.dimension()).isPresent()) {
            return Optional.empty();
        }
        MixtureOfExperts doubled = model.withAtoms(2 * atoms);
        double[] theta = doubled.toParameters(copies(model, local.theta()));
        LocalModel twice = new LocalModel(doubled, theta, local.nodes());
        Coefficients coefficients = Coefficients.of(twice, rows);
        if (!sameFunction(Coefficients.of(local, rows).value, coefficients.value)) {
            return Optional.empty();
        }
        ParameterNames copyNames = new ParameterNames(doubled, theta);
        List<Differentiation.Pair> pairs = new ArrayList<>();
        List<PartialFunction> set = new ArrayList<>(jacobian(Gauge.ofAll(local)));
        List<String[]> labels = new ArrayList<>();
        for (int j = 0; j < atoms; j++) {
            int[] one = copyNames.own(2 * j);
            int[] other = copyNames.own(2 * j + 1);
            List<Direction> apart = new ArrayList<>();
            List<String> kinds = new ArrayList<>();
            for (int c = 0; c < one.length; c++) {
                Direction direction = Direction.opposed(one[c], other[c]);
                if (!exchangesWeight(twice, direction, 2 * j)) {
                    apart.add(direction);
                    kinds.add(copyNames.kind(one[c]));
                }
            }
            addPairs(
                    apart,
                    kinds,
                    "expert " + (j + 1),
                    IntStream.range(0, 2 * atoms).toArray(),
                    pairs,
                    labels);
        }
        addAll(new Differentiation(twice, rows, coefficients).second(pairs), labels, pairs, set);
        return Optional.of(set);
    }

    /** Every atom of a parameter vector twice, each copy with half the weight. */
    static List<Atom> copies(MixtureOfExperts model, double[] theta) {
        List<Atom> copies = new ArrayList<>();
        for (Atom atom : model.toAtoms(theta)) {
            copies.addAll(Collections.nCopies(2, model.copy(atom, 2)));
        }
        return copies;
    }

    /**
     * First and second derivatives of each atom's product of gate and expert, as if no denominator were shared, by all the
     * parameters of the atom, shared ones such as a temperature too.
     */
    List<PartialFunction> products() {
        Differentiation derivatives = new Differentiation(local, rows, Coefficients.undivided(local, rows));
        List<PartialFunction> set = new ArrayList<>();
        List<Differentiation.Pair> pairs = new ArrayList<>();
        List<String[]> labels = new ArrayList<>();
        for (int i = 0; i < model.atoms(); i++) {
            List<Direction> moved = new ArrayList<>();
            List<String> kinds = new ArrayList<>();
            for (int a : names.of(i)) {
                Direction direction = Direction.of(a);
                double[] values = derivatives.first(direction, i);
                if (names.owners(a).size() > 1 && Arrays.stream(values).allMatch(value -> value == 0)) {
                    // The other atoms tell a shared parameter, wherever it does not matter for this one.
                    continue;
                }
                set.add(new PartialFunction(
                        "expert " + (i + 1), "the derivative by " + names.kind(a), PartialFunction.Kind.FIRST, values));
                if (!constant(local, direction, i)) {
                    moved.add(direction);
                    kinds.add(names.kind(a));
                }
            }
            addPairs(moved, kinds, "expert " + (i + 1), new int[] {i}, pairs, labels);
        }
        addAll(derivatives.second(pairs), labels, pairs, set);
        return set;
    }

    private static void addPairs(
            List<Direction> directions,
            List<String> kinds,
            String place,
            int[] atoms,
            List<Differentiation.Pair> pairs,
            List<String[]> labels) {
        for (int a = 0; a < directions.size(); a++) {
            for (int b = 0; b <= a; b++) {
                pairs.add(new Differentiation.Pair(directions.get(b), directions.get(a), a == b, atoms));
                labels.add(new String[] {
                    place,
                    a == b
                            ? "the second derivative by " + kinds.get(a)
                            : "the mixed second derivative by " + kinds.get(b) + " and " + kinds.get(a)
                });
            }
        }
    }

    private static void addAll(
            double[][] values, List<String[]> labels, List<Differentiation.Pair> pairs, List<PartialFunction> set) {
        for (int pair = 0; pair < values.length; pair++) {
            boolean pure = pairs.get(pair).pure();
            set.add(new PartialFunction(
                    labels.get(pair)[0],
                    labels.get(pair)[1],
                    pure ? PartialFunction.Kind.PURE : PartialFunction.Kind.MIXED,
                    values[pair]));
        }
    }

    /** Whether a direction changes the score of an atom by a constant, and its mean not at all: it changes its weight only. */
    static boolean constant(LocalModel local, Direction direction, int atom) {
        double first = direction.slope(local.scoreSlope[atom], 0);
        if (first == 0) {
            return false;
        }
        for (int q = 0; q < local.nodes().size(); q++) {
            if (Math.abs(direction.slope(local.scoreSlope[atom], q) - first) > CONSTANT * Math.abs(first)
                    || direction.slope(local.meanSlope[atom], q) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether moving two copies of an atom apart moves weight from one to the other and does nothing else. */
    static boolean exchangesWeight(LocalModel twice, Direction direction, int copy) {
        if (!constant(twice, direction, copy) || !constant(twice, direction, copy + 1)) {
            return false;
        }
        for (int i = 0; i < twice.model().atoms(); i++) {
            for (int q = 0; q < twice.nodes().size() && i != copy && i != copy + 1; q++) {
                if (Math.abs(direction.slope(twice.scoreSlope[i], q)) > CONSTANT) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sameFunction(double[] first, double[] second) {
        double difference = 0;
        double size = 0;
        for (int row = 0; row < first.length; row++) {
            difference = Math.max(difference, Math.abs(first[row] - second[row]));
            size = Math.max(size, Math.abs(first[row]));
        }
        return difference <= SAME_FUNCTION * Math.max(1, size);
    }
}
