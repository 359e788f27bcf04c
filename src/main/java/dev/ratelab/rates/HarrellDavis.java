package dev.ratelab.rates;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.special.Beta;

/**
 * The quantile estimator of Harrell and Davis (1982): the mean of all order statistics with weights
 *
 * <pre>
 *   w_i = I(i / m) - I((i - 1) / m),   I the distribution function of Beta((m + 1) p, (m + 1) (1 - p)).
 * </pre>
 *
 * <p>It is a smooth function of the sample, so that leaving out one observation at a time estimates its variance, which fails
 * for single order statistics.
 */
final class HarrellDavis {
    private record Key(int count, double order) {}

    private static final Map<Key, double[]> WEIGHTS = new ConcurrentHashMap<>();

    private HarrellDavis() {}

    /**
     * The quantile.
     *
     * @param sorted ascending, at least one; not modified
     * @param order in (0, 1)
     */
    static double quantile(double[] sorted, double order) {
        double[] weights =
                WEIGHTS.computeIfAbsent(new Key(sorted.length, order), key -> weights(key.count(), key.order()));
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += weights[i] * sorted[i];
        }
        return sum;
    }

    /** The weights of the order statistics, smallest first. */
    static double[] weights(int count, double order) {
        double[] weights = new double[count];
        double below = 0;
        for (int i = 0; i < count; i++) {
            double above = i == count - 1
                    ? 1
                    : Beta.regularizedBeta((i + 1.0) / count, (count + 1) * order, (count + 1) * (1 - order));
            weights[i] = above - below;
            below = above;
        }
        return weights;
    }
}
