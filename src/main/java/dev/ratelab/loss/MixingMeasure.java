package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * A mixing measure {@code sum_i exp(beta0_i) delta(beta1_i, eta_i, nu_i)} as arrays.
 *
 * <p>The mass of an atom is {@code exp} of its parameter of kind {@code gate-bias}, or 1 for a gate that has none; the
 * other gate parameters form its location {@code beta1}.
 */
final class MixingMeasure {
    static final String GATE_BIAS = "gate-bias";

    /** Number of atoms. */
    final int atoms;

    /** {@code logMass[i] = beta0_i}. */
    final double[] logMass;

    /** {@code location[i]}: gate parameters of atom i but the bias. */
    final double[][] location;

    /** {@code expert[i]}: parameters of expert i. */
    final double[][] expert;

    /** {@code variance[i]}. */
    final double[] variance;

    MixingMeasure(MixtureOfExperts model, List<Atom> list) {
        int bias = biasIndex(model);
        atoms = list.size();
        logMass = new double[atoms];
        location = new double[atoms][];
        expert = new double[atoms][];
        variance = new double[atoms];
        for (int i = 0; i < atoms; i++) {
            Atom atom = list.get(i);
            logMass[i] = bias < 0 ? 0 : atom.gate()[bias];
            location[i] = without(atom.gate(), bias);
            expert[i] = atom.expert();
            variance[i] = atom.variance();
        }
    }

    /** Index of the bias among an atom's gate parameters, -1 if there is none. */
    static int biasIndex(MixtureOfExperts model) {
        for (ParameterKind kind : model.gate().kinds(model.dimension())) {
            if (kind.name().equals(GATE_BIAS)) {
                return kind.offset();
            }
        }
        return -1;
    }

    private static double[] without(double[] values, int index) {
        if (index < 0) {
            return values;
        }
        double[] rest = new double[values.length - 1];
        System.arraycopy(values, 0, rest, 0, index);
        System.arraycopy(values, index + 1, rest, index, rest.length - index);
        return rest;
    }

    /** Masses {@code exp(beta0_i)} as they are. */
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
        return squaredDistance(expert[i], other.expert[j], 0, expert[i].length) + dv * dv;
    }

    static double squaredDistance(double[] a, double[] b, int from, int length) {
        double sum = 0;
        for (int c = from; c < from + length; c++) {
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        }
        return sum;
    }

    /** Cells by the Euclidean distance of {@code (eta, nu)}. */
    VoronoiCells cellsByExpert(MixingMeasure truth) {
        return cells(truth, null);
    }

    /** Cells by the Euclidean distance of {@code (beta1 - shift, eta, nu)}. */
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
                if (aligned != null) {
                    distance += squaredDistance(aligned, truth.location[j], 0, aligned.length);
                }
                if (distance < best) {
                    best = distance;
                    cellOf[i] = j;
                }
            }
        }
        return new VoronoiCells(cellOf, truth.atoms);
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = Arrays.copyOf(a, a.length);
        for (int c = 0; c < a.length; c++) {
            difference[c] -= b[c];
        }
        return difference;
    }
}
