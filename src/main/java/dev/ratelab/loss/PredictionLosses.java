package dev.ratelab.loss;

import java.util.Arrays;

/**
 * Distances between the predictions of two models, averaged over the inputs.
 *
 * <p>{@code hellinger = sqrt(E_x H^2)}, {@code H^2 = (1/2) integral (sqrt p - sqrt q)^2 dy}, which does not cancel
 * where p and q are close. The integral over y is a sum over equally spaced points, a third of the smallest standard
 * deviation apart, from the lowest {@code mean - 9 sd} to the highest {@code mean + 9 sd} at the node; if that takes
 * more than {@link #MAX_POINTS} points, they are wider apart and the value, cut off at 1, is rough.
 */
final class PredictionLosses {
    static final int MAX_POINTS = 4096;
    static final double STEPS_PER_DEVIATION = 3;

    private PredictionLosses() {}

    /** Square root of the mean squared Hellinger distance, 0 to 1. */
    static double hellinger(ConditionalDensity fitted, ConditionalDensity truth, double[] nodeWeights) {
        return hellinger(fitted, truth, nodeWeights, STEPS_PER_DEVIATION, MAX_POINTS);
    }

    /** As above with another spacing and limit. */
    static double hellinger(
            ConditionalDensity fitted,
            ConditionalDensity truth,
            double[] nodeWeights,
            double stepsPerDeviation,
            int maxPoints) {
        double smallest = Math.min(fitted.smallestDeviation(), truth.smallestDeviation());
        double[] p = new double[maxPoints];
        double[] q = new double[maxPoints];
        double mean = 0;
        for (int node = 0; node < nodeWeights.length; node++) {
            double low = Math.min(fitted.low(node), truth.low(node));
            double range = Math.max(fitted.high(node), truth.high(node)) - low;
            double step = Math.max(smallest / stepsPerDeviation, range / (maxPoints - 1));
            int points = (int) Math.min(maxPoints, range / step + 1);
            Arrays.fill(p, 0, points, 0);
            Arrays.fill(q, 0, points, 0);
            fitted.add(node, low, step, points, p);
            truth.add(node, low, step, points, q);
            double sum = 0;
            for (int g = 0; g < points; g++) {
                double difference = Math.sqrt(p[g]) - Math.sqrt(q[g]);
                sum += difference * difference;
            }
            mean += nodeWeights[node] * 0.5 * step * sum;
        }
        return Math.sqrt(Math.min(1, mean));
    }

    /** {@code sqrt(E_x (f_G(x) - f_G*(x))^2)}: the distance of the regression functions in L2 of the inputs. */
    static double regression(ConditionalDensity fitted, ConditionalDensity truth, double[] nodeWeights) {
        double mean = 0;
        for (int node = 0; node < nodeWeights.length; node++) {
            double difference = fitted.regression(node) - truth.regression(node);
            mean += nodeWeights[node] * difference * difference;
        }
        return Math.sqrt(mean);
    }

    /** {@code sqrt(E_x sum_j (sum_{i in A_j} pi_i(x) - pi*_j(x))^2)}. */
    static double gate(ConditionalDensity fitted, ConditionalDensity truth, VoronoiCells cells, double[] nodeWeights) {
        double[] difference = new double[cells.trueAtoms()];
        double mean = 0;
        for (int node = 0; node < nodeWeights.length; node++) {
            for (int j = 0; j < difference.length; j++) {
                difference[j] = -truth.weight[j][node];
            }
            for (int i = 0; i < cells.cellOf().length; i++) {
                difference[cells.cellOf()[i]] += fitted.weight[i][node];
            }
            double sum = 0;
            for (double d : difference) {
                sum += d * d;
            }
            mean += nodeWeights[node] * sum;
        }
        return Math.sqrt(mean);
    }

    /**
     * {@code sqrt(E_x (h(x, eta_i) - h(x, eta*_j))^2)} of each fitted atom i and the true atom j of its cell: the distance of the
     * expert functions in L2 of the inputs. The weights of the gate do not enter, so an expert is also compared where the gate
     * never uses it.
     */
    static double[] experts(
            ConditionalDensity fitted, ConditionalDensity truth, VoronoiCells cells, double[] nodeWeights) {
        double[] distance = new double[cells.cellOf().length];
        for (int i = 0; i < distance.length; i++) {
            double[] mean = fitted.mean[i];
            double[] trueMean = truth.mean[cells.cellOf()[i]];
            double sum = 0;
            for (int node = 0; node < nodeWeights.length; node++) {
                double difference = mean[node] - trueMean[node];
                sum += nodeWeights[node] * difference * difference;
            }
            distance[i] = Math.sqrt(sum);
        }
        return distance;
    }

    /** Smallest over atoms of {@code E_x pi_i(x)}. */
    static double smallestWeight(ConditionalDensity fitted, double[] nodeWeights) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double[] weight : fitted.weight) {
            double mean = 0;
            for (int node = 0; node < nodeWeights.length; node++) {
                mean += nodeWeights[node] * weight[node];
            }
            smallest = Math.min(smallest, mean);
        }
        return smallest;
    }
}
