package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * A mixing measure {@code sum_i w_i delta(location_i, eta_i, nu_i)} as arrays.
 *
 * <p>The mass is {@code w_i = exp(logMass_i)} ({@link dev.ratelab.model.Gate#mass}, {@code exp(beta0_i)} for the softmax
 * gate). The location is the gate's invariant form without the coordinate that stands for the mass; for sigmoid gates, where
 * {@code w_i = sigmoid(beta0_i)}, it keeps the bias.
 */
final class MixingMeasure {
    private static final int[] NOTHING = new int[0];

    /** Number of atoms. */
    final int atoms;

    /** {@code logMass[i] = log w_i}. */
    final double[] logMass;

    /** {@code location[i]}: invariant gate coordinates of atom i but the mass. */
    final double[][] location;

    /** {@code expert[i]}: parameters of expert i. */
    final double[][] expert;

    /** {@code variance[i]}; zero if the measure has no variances. */
    final double[] variance;

    /** The gate of all atoms. */
    final GateStructure structure;

    /** {@code component[c]}: index in the invariant form of location coordinate {@code c}. */
    final int[] component;

    /** {@code near[i][j]}: the parameters equivalent to those of expert i that are nearest to expert j of another measure. */
    private final double[][][] near;

    private MixingMeasure(
            double[] logMass,
            double[][] location,
            double[][] expert,
            double[] variance,
            GateStructure structure,
            int[] component,
            double[][][] near) {
        this.atoms = logMass.length;
        this.logMass = logMass;
        this.location = location;
        this.expert = expert;
        this.variance = variance;
        this.structure = structure;
        this.component = component;
        this.near = near;
    }

    /** The measure of a model's atoms with their variances. */
    MixingMeasure(MixtureOfExperts model, List<Atom> list) {
        this(model, list, true);
    }

    /**
     * The measure of a model's atoms.
     *
     * @param variances whether variances belong to it; not in the regression problem
     */
    MixingMeasure(MixtureOfExperts model, List<Atom> list, boolean variances) {
        int dimension = model.dimension();
        structure = GateStructure.of(model.gate(), list.size(), dimension);
        int mass = structure.mass();
        InvariantForm coordinates = model.gate().invariantForm(dimension);
        int count = coordinates.of(list.get(0).gate()).length;
        component = without(count, structure.saturating() ? -1 : mass);
        atoms = list.size();
        logMass = new double[atoms];
        location = new double[atoms][];
        expert = new double[atoms][];
        variance = new double[atoms];
        near = null;
        for (int i = 0; i < atoms; i++) {
            Atom atom = list.get(i);
            double[] form = coordinates.of(atom.gate());
            logMass[i] = model.gate().mass().log(atom.gate(), dimension);
            location[i] = pick(form, component);
            expert[i] = atom.expert();
            variance[i] = variances ? atom.variance() : 0;
        }
        if (structure.probabilities()) {
            double total = Elementary.logSumExp(logMass);
            for (int i = 0; i < atoms; i++) {
                logMass[i] -= total;
            }
        }
    }

    private static int[] without(int count, int index) {
        int[] rest = new int[index < 0 ? count : count - 1];
        int next = 0;
        for (int c = 0; c < count; c++) {
            if (c != index) {
                rest[next++] = c;
            }
        }
        return rest;
    }

    private static double[] pick(double[] values, int[] indices) {
        double[] picked = new double[indices.length];
        for (int c = 0; c < picked.length; c++) {
            picked[c] = values[indices[c]];
        }
        return picked;
    }

    /**
     * This measure with, for each atom of another, the equivalent of each of its experts that is nearest to it: sign flips and
     * permutations of hidden units do not count as errors, and periodic parameters are compared modulo their period.
     */
    MixingMeasure against(MixingMeasure target, Expert family, int dimension) {
        double[] periods = family.periods(dimension);
        double[][][] nearest = new double[atoms][target.atoms][];
        for (int i = 0; i < atoms; i++) {
            List<double[]> equivalents = family.equivalents(expert[i], dimension);
            for (int j = 0; j < target.atoms; j++) {
                nearest[i][j] = nearest(equivalents, target.expert[j], periods);
            }
        }
        return new MixingMeasure(logMass, location, expert, variance, structure, component, nearest);
    }

    /** The one of several equivalent parameter vectors, each moved by whole periods, that is nearest to a target; the first of equals. */
    static double[] nearest(List<double[]> equivalents, double[] target, double[] periods) {
        double[] best = equivalents.get(0);
        double lowest = Double.POSITIVE_INFINITY;
        for (double[] equivalent : equivalents) {
            double[] candidate = equivalent.clone();
            for (int c = 0; c < candidate.length; c++) {
                if (periods[c] > 0) {
                    candidate[c] -= periods[c] * Math.rint((candidate[c] - target[c]) / periods[c]);
                }
            }
            double distance = squaredDistance(candidate, target, 0, candidate.length);
            if (distance < lowest) {
                lowest = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** The parameters of expert i, as they are compared with those of expert j of the target. */
    double[] expertNear(int i, int j) {
        return near == null ? expert[i] : near[i][j];
    }

    /**
     * The atoms of one group without the coordinates that the group shares.
     *
     * @param members indices of the atoms
     * @param others indices of the target's atoms that they are compared with; empty for a target
     */
    MixingMeasure inner(int[] members, int[] others) {
        int[] kept = Arrays.stream(component).filter(c -> !structure.ofGroup(c)).toArray();
        int[] places = places(kept);
        int k = members.length;
        double[] masses = new double[k];
        double[][] locations = new double[k][];
        double[][] experts = new double[k][];
        double[] variances = new double[k];
        double[][][] nearest = near == null || others.length == 0 ? null : new double[k][others.length][];
        for (int i = 0; i < k; i++) {
            masses[i] = logMass[members[i]];
            locations[i] = pick(location[members[i]], places);
            experts[i] = expert[members[i]];
            variances[i] = variance[members[i]];
            for (int j = 0; nearest != null && j < others.length; j++) {
                nearest[i][j] = near[members[i]][others[j]];
            }
        }
        return new MixingMeasure(masses, locations, experts, variances, structure, kept, nearest);
    }

    /**
     * The groups as atoms: mass and location are the coordinates that a group shares; there are no experts.
     *
     * @param first an atom of each group, in the order wanted
     */
    MixingMeasure outer(int[] first) {
        int bias = structure.outerBias();
        int[] kept = Arrays.stream(component)
                .filter(c -> structure.ofGroup(c) && c != bias)
                .toArray();
        int[] places = places(kept);
        int[] biasPlace = bias < 0 ? NOTHING : places(new int[] {bias});
        int k = first.length;
        double[] masses = new double[k];
        double[][] locations = new double[k][];
        double[][] none = new double[k][0];
        for (int g = 0; g < k; g++) {
            masses[g] = bias < 0 ? 0 : location[first[g]][biasPlace[0]];
            locations[g] = pick(location[first[g]], places);
        }
        return new MixingMeasure(masses, locations, none, new double[k], structure, kept, null);
    }

    private int[] places(int[] components) {
        return Arrays.stream(components)
                .map(c -> Arrays.binarySearch(component, c))
                .toArray();
    }

    /** Indices of the atoms of a group, ascending. */
    int[] members(int group) {
        int[] list = new int[atoms];
        int count = 0;
        for (int i = 0; i < atoms; i++) {
            if (structure.group(i) == group) {
                list[count++] = i;
            }
        }
        return Arrays.copyOf(list, count);
    }

    /** The kind of a location coordinate. */
    ParameterKind kind(int coordinate) {
        int index = component[coordinate];
        for (ParameterKind kind : structure.kinds()) {
            if (index >= kind.offset() && index < kind.offset() + kind.length()) {
                return kind;
            }
        }
        throw new IllegalStateException("gate coordinate " + index + " has no kind");
    }

    /** Whether a location coordinate can be translated. */
    boolean movable(int coordinate) {
        return structure.movable(component[coordinate]);
    }

    /** Whether a location coordinate is the bias of a gate whose weights saturate: it says nothing but the mass. */
    boolean isMass(int coordinate) {
        return component[coordinate] == structure.mass();
    }

    /** Masses {@code w_i} as they are. */
    double[] masses() {
        return masses(0);
    }

    /** Masses that sum to one. */
    double[] normalisedMasses() {
        return masses(Elementary.logSumExp(logMass));
    }

    private double[] masses(double logUnit) {
        double[] masses = new double[atoms];
        for (int i = 0; i < atoms; i++) {
            masses[i] = Elementary.exp(logMass[i] - logUnit);
        }
        return masses;
    }

    /** Squared Euclidean distance of {@code (eta, nu)} of atom {@code i} from atom {@code j} of another measure. */
    double squaredExpertDistance(int i, MixingMeasure other, int j) {
        double dv = variance[i] - other.variance[j];
        return squaredDistance(expertNear(i, j), other.expert[j], 0, expert[i].length) + dv * dv;
    }

    static double squaredDistance(double[] a, double[] b, int from, int length) {
        double sum = 0;
        for (int c = from; c < from + length; c++) {
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        }
        return sum;
    }

    /**
     * Squared distance of the location coordinates that the gate of the other measure does not let translate.
     *
     * @param withMass whether a coordinate that says nothing but the mass is among them
     */
    double squaredFixedDistance(int i, MixingMeasure other, int j, boolean withMass) {
        double sum = 0;
        for (int c = 0; c < location[i].length; c++) {
            if (!other.movable(c) && (withMass || !isMass(c))) {
                double difference = location[i][c] - other.location[j][c];
                sum += difference * difference;
            }
        }
        return sum;
    }

    /** Cells by the Euclidean distance of what cannot be translated: {@code (eta, nu)} and fixed location coordinates but the mass. */
    VoronoiCells cellsByExpert(MixingMeasure truth) {
        return cells(truth, null);
    }

    /** Cells by the Euclidean distance of {@code (location - shift, eta, nu)}, the mass apart. */
    VoronoiCells cellsByAll(MixingMeasure truth, double[] shift) {
        return cells(truth, shift);
    }

    private VoronoiCells cells(MixingMeasure truth, double[] shift) {
        int[] cellOf = new int[atoms];
        for (int i = 0; i < atoms; i++) {
            double[] aligned = shift == null ? null : minus(location[i], shift);
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < truth.atoms; j++) {
                double distance = squaredExpertDistance(i, truth, j);
                distance += aligned == null
                        ? squaredFixedDistance(i, truth, j, false)
                        : squaredLocationDistance(aligned, truth.location[j]);
                if (distance < best) {
                    best = distance;
                    cellOf[i] = j;
                }
            }
        }
        return new VoronoiCells(cellOf, truth.atoms);
    }

    private double squaredLocationDistance(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += isMass(c) ? 0 : (a[c] - b[c]) * (a[c] - b[c]);
        }
        return sum;
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = Arrays.copyOf(a, a.length);
        for (int c = 0; c < a.length; c++) {
            difference[c] -= b[c];
        }
        return difference;
    }
}
