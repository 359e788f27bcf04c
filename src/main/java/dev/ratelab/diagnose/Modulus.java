package dev.ratelab.diagnose;

import dev.ratelab.data.InputNodes;
import dev.ratelab.data.Truth;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moduli of continuity at a truth: of every atom, alone in its cell and as one of two, and of a temperature that all
 * atoms share.
 *
 * <p>An atom's distance is that of its own parameters (gate, expert, log variance) but those that only change its weight, in the
 * parametrisation of the fit. Displacements are orthogonal to the invariances that the families declare, for a temperature to the
 * translations only, so that what a scaling leaves open shows. The two atoms of a cell keep equal weights: theory bounds
 * weights from below, else the weight of an atom that is held away would vanish.
 *
 * <p>Deterministic; every method works in memory of its own.
 */
public final class Modulus {
    /** The largest distance. */
    static final double LARGEST = ModulusSearch.LARGEST;

    /** How many distances there are at least, unless the caller says otherwise. */
    public static final int DISTANCES = 7;

    private static final double SAME_FUNCTION = 1e-11;
    private static final int NODES = 80;
    private static final int NODES_OF_TWO = 32;
    private static final int DENSITY_NODES = 24;

    private final Truth truth;
    private final LocalModel local;
    private final Rows rows;
    private final double[] reference;

    /** The moduli at a truth. */
    public Modulus(Truth truth) {
        this.truth = truth;
        InputNodes nodes = truth.problem() == Problem.DENSITY
                ? Diagnosis.nodes(truth, DENSITY_NODES, DENSITY_NODES / 2)
                : Diagnosis.nodes(truth, NODES, NODES_OF_TWO);
        local = new LocalModel(truth.model(), truth.parameters(), nodes);
        rows = Rows.of(local);
        reference = Coefficients.of(local, rows).value;
    }

    /** All moduli at each of the truths, in their order: temperatures, atoms of one-atom and of two-atom cells. */
    public static List<ModulusCurve> of(List<Truth> truths) {
        List<ModulusCurve> curves = new ArrayList<>();
        for (Truth truth : truths) {
            Modulus modulus = new Modulus(truth);
            for (int parameter : modulus.sharedParameters()) {
                curves.add(modulus.shared(parameter, DISTANCES));
            }
            for (int cell = 1; cell <= 2; cell++) {
                for (int atom = 0; atom < truth.model().atoms(); atom++) {
                    curves.add(modulus.atom(atom, cell, DISTANCES));
                }
            }
        }
        return curves;
    }

    /** The flat parameters that all atoms share by definition, such as the logarithm of a temperature. */
    List<Integer> sharedParameters() {
        MixtureOfExperts model = truth.model();
        ParameterNames names = new ParameterNames(model, local.theta());
        List<Integer> found = new ArrayList<>();
        List<ParameterKind> kinds = model.gate().kinds(model.dimension());
        for (int a = 0; a < model.expertOffset() && model.atoms() > 1; a++) {
            for (int k = 0; k < kinds.size(); k++) {
                boolean shared = model.gate().entry(k, model.atoms() - 1, model.atoms()) == 0;
                boolean named = names.kind(a)
                        .equals((kinds.get(k).positive() ? "log " : "")
                                + kinds.get(k).name());
                if (shared && named) {
                    found.add(a);
                }
            }
        }
        return found;
    }

    /** The modulus of a shared parameter. */
    ModulusCurve shared(int parameter, int distances) {
        ParameterNames names = new ParameterNames(truth.model(), local.theta());
        List<double[]> zero = new ArrayList<>(Gauge.translations(local));
        HeldProblem problem = new HeldProblem(
                truth.model(), local.theta(), local.nodes(), rows, reference, new int[] {parameter}, zero);
        return curve(names.kind(parameter), 1, problem, distances);
    }

    /**
     * The modulus of an atom.
     *
     * @param atom the true atom, from 0
     * @param cell number of fitted atoms in its cell, 1 or 2
     * @param distances number of distances, at least 2; more follow until the exponent has settled
     */
    ModulusCurve atom(int atom, int cell, int distances) {
        String held = "expert " + (atom + 1);
        Optional<Cell> problem = problem(atom, cell);
        return problem.isPresent()
                ? curve(held, cell, problem.get().problem(), distances)
                : without(
                        held,
                        cell,
                        "two atoms in the cell do not make the true function, or the gate has no place for them");
    }

    /** A fit in which an atom of a true atom's cell is held, with what is needed to read its vectors. */
    record Cell(MixtureOfExperts model, HeldProblem problem) {}

    /**
     * The problem of an atom; nothing if the cell cannot have so many atoms.
     *
     * @param cell number of fitted atoms in its cell, 1 or 2
     */
    Optional<Cell> problem(int atom, int cell) {
        Optional<SplitAtom> split = split(atom);
        if (cell == 2) {
            return split.map(two -> held(two.local(), two.first(), two.weight(), two.first() + 1, two.equal()));
        }
        int[] own = new ParameterNames(truth.model(), local.theta()).own(atom);
        boolean[] weight = split.map(SplitAtom::weight).orElseGet(() -> new boolean[0]);
        // An atom that is alone in its group owns the group's parameters, which its copies share.
        if (weight.length != own.length) {
            weight = new boolean[own.length];
            for (int c = 0; c < own.length; c++) {
                weight[c] = ModelFunctions.constant(local, Direction.of(own[c]), atom);
            }
        }
        return Optional.of(held(local, atom, weight, -1, List.of()));
    }

    /** The fit that has an atom twice, if it makes the true function. */
    private Optional<SplitAtom> split(int atom) {
        return SplitAtom.of(truth, local.nodes(), atom).filter(split -> {
            double[] value = Coefficients.of(split.local(), rows).value;
            double difference = 0;
            for (int row = 0; row < value.length; row++) {
                difference = Math.max(difference, Math.abs(value[row] - reference[row]));
            }
            return !(difference > SAME_FUNCTION * (1 + size()));
        });
    }

    /**
     * The problem in which an atom is held.
     *
     * @param weight which of its own parameters only change its weight
     * @param partner the other atom of its cell, or -1
     * @param equal pairs of other atoms that stay copies of each other
     */
    private Cell held(LocalModel origin, int atom, boolean[] weight, int partner, List<int[]> equal) {
        MixtureOfExperts model = origin.model();
        ParameterNames names = new ParameterNames(model, origin.theta());
        int length = origin.theta().length;
        List<double[]> zero = new ArrayList<>(List.of(model.invariances(origin.theta())));
        for (int[] pair : equal) {
            for (int c = 0; c < names.own(pair[0]).length; c++) {
                zero.add(tie(names.own(pair[0])[c], names.own(pair[1])[c], length));
            }
        }
        List<Integer> parameters = new ArrayList<>();
        int[] own = names.own(atom);
        for (int c = 0; c < own.length; c++) {
            if (!weight[c]) {
                parameters.add(own[c]);
            } else if (partner >= 0) {
                zero.add(tie(own[c], names.own(partner)[c], length));
            }
        }
        int[] heldParameters = parameters.stream().mapToInt(Integer::intValue).toArray();
        return new Cell(
                model, new HeldProblem(model, origin.theta(), origin.nodes(), rows, reference, heldParameters, zero));
    }

    private static double[] tie(int parameter, int other, int length) {
        double[] form = new double[length];
        form[parameter] = 1;
        form[other] = -1;
        return form;
    }

    /** Root mean square of the true function; 1 in the density problem. */
    private double size() {
        if (truth.problem() == Problem.DENSITY) {
            return 1;
        }
        double[] weighted = reference.clone();
        for (int row = 0; row < weighted.length; row++) {
            weighted[row] *= Math.sqrt(rows.weight()[row]);
        }
        return Vectors.norm(weighted);
    }

    private ModulusCurve curve(String held, int cell, HeldProblem problem, int distances) {
        if (problem.heldCount() == 0) {
            return without(held, cell, "nothing of it can move but what changes nothing");
        }
        ModulusSearch search = new ModulusSearch(problem, size(), distances);
        return curve(held, cell, search.deltas(), search.values(), search.flat(), "");
    }

    private ModulusCurve without(String held, int cell, String note) {
        return curve(held, cell, List.of(), List.of(), false, note);
    }

    private ModulusCurve curve(
            String held, int cell, List<Double> deltas, List<Double> values, boolean flat, String note) {
        MixtureOfExperts model = truth.model();
        return new ModulusCurve(
                model.gate().id(), model.expert().id(), held, cell, deltas, values, flat, noise(), note);
    }

    private double noise() {
        Noise noise = truth.model().noise();
        return noise.kind() == Noise.Kind.KNOWN ? Math.sqrt(noise.variance()) : 1;
    }
}
