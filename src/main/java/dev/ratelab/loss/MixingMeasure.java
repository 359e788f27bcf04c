package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * A mixing measure {@code sum_i w_i delta(location_i, eta_i, nu_i)} as arrays.
 *
 * <p>The mass is {@code w_i = exp(logMass_i)} ({@link dev.ratelab.model.AtomMass#log}, {@code exp(beta0_i)} for the softmax
 * gate). The location is the gate's invariant form without the coordinate that stands for the mass; for sigmoid gates, where
 * {@code w_i = sigmoid(beta0_i)}, it keeps the bias.
 */
final class MixingMeasure {
    /** Number of atoms. */
    final int atoms;

    /** {@code gate[i]}: gate parameters of atom i as they are. */
    final double[][] gate;

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

    /**
     * {@code near[i][j]}: the parameters equivalent to those of expert i that are nearest to expert j of the measure that this one is
     * compared with; null if it is compared with none.
     */
    final double[][][] near;

    MixingMeasure(
            double[][] gate,
            double[] logMass,
            double[][] location,
            double[][] expert,
            double[] variance,
            GateStructure structure,
            int[] component,
            double[][][] near) {
        this.atoms = logMass.length;
        this.gate = gate;
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
        int count = model.gate().invariantForm(dimension).of(list.get(0).gate()).length;
        component = without(count, structure.saturating() ? -1 : mass);
        atoms = list.size();
        gate = new double[atoms][];
        logMass = new double[atoms];
        location = new double[atoms][];
        expert = new double[atoms][];
        variance = new double[atoms];
        near = null;
        for (int i = 0; i < atoms; i++) {
            Atom atom = list.get(i);
            gate[i] = atom.gate();
            double[] form = model.gate().invariantForm(dimension).of(atom.gate());
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

    static double[] pick(double[] values, int[] indices) {
        double[] picked = new double[indices.length];
        for (int c = 0; c < picked.length; c++) {
            picked[c] = values[indices[c]];
        }
        return picked;
    }

    /** This measure as it is compared with another one. */
    MixingMeasure against(MixingMeasure target, EquivalentExperts experts) {
        return new MixingMeasure(
                gate,
                logMass,
                location,
                expert,
                variance,
                structure,
                component,
                experts.nearest(expert, target.expert));
    }

    /** The parameters of expert i, as they are compared with those of expert j of the target. */
    double[] expertNear(int i, int j) {
        return near == null ? expert[i] : near[i][j];
    }

    /** The kind of a location coordinate. */
    ParameterKind kind(int coordinate) {
        int index = component[coordinate];
        for (ParameterKind kind : structure.invariant().kinds()) {
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

    /** Squared distance of the location coordinates but the mass, those of this measure less a shift. */
    double squaredLocationDistance(int i, MixingMeasure other, int j, double[] shift) {
        double sum = 0;
        for (int c = 0; c < shift.length; c++) {
            double difference = isMass(c) ? 0 : location[i][c] - shift[c] - other.location[j][c];
            sum += difference * difference;
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
