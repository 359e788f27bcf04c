package dev.ratelab.loss;

import dev.ratelab.model.Expert;
import java.util.List;

/**
 * Parameters of experts up to discrete symmetries: sign flips and permutations of hidden units do not count as errors, and periodic
 * parameters are compared modulo their period. Immutable.
 */
final class EquivalentExperts {
    private final Expert family;
    private final int dimension;
    private final double[] periods;

    EquivalentExperts(Expert family, int dimension) {
        this.family = family;
        this.dimension = dimension;
        this.periods = family.periods(dimension);
    }

    /**
     * For each of several experts the parameters equivalent to its own that are nearest to each target.
     *
     * @return {@code [expert][target][parameter]}
     */
    double[][][] nearest(double[][] experts, double[][] targets) {
        double[][][] nearest = new double[experts.length][targets.length][];
        for (int i = 0; i < experts.length; i++) {
            List<double[]> equivalents = family.equivalents(experts[i], dimension);
            for (int j = 0; j < targets.length; j++) {
                nearest[i][j] = nearest(equivalents, targets[j]);
            }
        }
        return nearest;
    }

    /** The parameters equivalent to an expert's that are nearest to a target; the first of equals. */
    double[] nearest(double[] expert, double[] target) {
        return nearest(family.equivalents(expert, dimension), target);
    }

    /** The one of several equivalents, each moved by whole periods. */
    private double[] nearest(List<double[]> equivalents, double[] target) {
        double[] best = equivalents.get(0);
        double lowest = Double.POSITIVE_INFINITY;
        for (double[] equivalent : equivalents) {
            double[] candidate = equivalent.clone();
            for (int c = 0; c < candidate.length; c++) {
                if (periods[c] > 0) {
                    candidate[c] -= periods[c] * Math.rint((candidate[c] - target[c]) / periods[c]);
                }
            }
            double distance = MixingMeasure.squaredDistance(candidate, target, 0, candidate.length);
            if (distance < lowest) {
                lowest = distance;
                best = candidate;
            }
        }
        return best;
    }
}
