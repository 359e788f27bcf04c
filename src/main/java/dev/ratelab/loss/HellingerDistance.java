package dev.ratelab.loss;

import java.util.Arrays;

/**
 * {@code sqrt(E_x H^2)}, {@code H^2 = (1/2) integral (sqrt p - sqrt q)^2 dy}, of two conditional densities: a form that does not cancel
 * where p and q are close.
 *
 * <p>The integral over y is a sum over equally spaced points, a third of the smallest standard deviation apart, from the lowest
 * {@code mean - 9 sd} to the highest {@code mean + 9 sd} at the node; if that takes more than {@link #MAX_POINTS} points, they are wider
 * apart and the value, cut off at 1, is rough. Points of several nodes lie behind one another, so that roots are taken of long arrays.
 */
final class HellingerDistance {
    static final int MAX_POINTS = 4096;
    static final double STEPS_PER_DEVIATION = 3;

    private HellingerDistance() {}

    /** The distance, 0 to 1; {@code NaN} where means overflow. */
    static double of(ConditionalDensity fitted, ConditionalDensity truth, double[] nodeWeights) {
        return of(fitted, truth, nodeWeights, STEPS_PER_DEVIATION, MAX_POINTS);
    }

    /** As above with another spacing and limit. */
    static double of(
            ConditionalDensity fitted,
            ConditionalDensity truth,
            double[] nodeWeights,
            double stepsPerDeviation,
            int maxPoints) {
        double finest = Math.min(fitted.smallestDeviation(), truth.smallestDeviation()) / stepsPerDeviation;
        int nodes = nodeWeights.length;
        double[] low = new double[nodes];
        double[] step = new double[nodes];
        int[] points = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            low[node] = Math.min(fitted.low(node), truth.low(node));
            double range = Math.max(fitted.high(node), truth.high(node)) - low[node];
            if (!Double.isFinite(range)) {
                return Double.NaN;
            }
            step[node] = Math.max(finest, range / (maxPoints - 1));
            points[node] = (int) Math.min(maxPoints, range / step[node] + 1);
        }
        DensityCurves p = new DensityCurves(fitted, low, step);
        DensityCurves q = new DensityCurves(truth, low, step);
        double[] ofFitted = new double[maxPoints];
        double[] ofTruth = new double[maxPoints];
        double total = 0;
        int filled = 0;
        for (int node = 0; node < nodes; node++) {
            if (filled + points[node] > maxPoints) {
                total += drain(ofFitted, ofTruth, filled);
                filled = 0;
            }
            double factor = nodeWeights[node] * 0.5 * step[node];
            p.add(node, factor, points[node], ofFitted, filled);
            q.add(node, factor, points[node], ofTruth, filled);
            filled += points[node];
        }
        total += drain(ofFitted, ofTruth, filled);
        return Math.sqrt(Math.min(1, total));
    }

    /** {@code sum_g (sqrt p[g] - sqrt q[g])^2} of the first entries, which are set to zero. */
    private static double drain(double[] p, double[] q, int length) {
        for (int g = 0; g < length; g++) {
            double difference = Math.sqrt(p[g]) - Math.sqrt(q[g]);
            p[g] = difference * difference;
        }
        int left = length;
        while (left > 1) {
            int kept = left - left / 2;
            addUpper(p, kept, left / 2);
            left = kept;
        }
        double sum = p[0];
        Arrays.fill(p, 0, length, 0);
        Arrays.fill(q, 0, length, 0);
        return sum;
    }

    /** {@code a[i] += a[from + i]} for {@code i < count}, at most {@code from}. */
    private static void addUpper(double[] a, int from, int count) {
        for (int i = 0; i < count; i++) {
            a[i] += a[from + i];
        }
    }
}
