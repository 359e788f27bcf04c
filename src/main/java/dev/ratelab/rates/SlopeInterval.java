package dev.ratelab.rates;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A fitted line with the 95 % jackknife intervals that {@link RateFit} describes.
 *
 * @param law the line
 * @param halfWidth half the width of the interval of the slope
 * @param halfWidthOfCurvature half the width of the interval of the difference of the slopes of upper and lower half
 */
record SlopeInterval(PowerLaw law, double halfWidth, double halfWidthOfCurvature) {
    private static final double UPPER_ORDER = 0.975;

    /**
     * Fits the line and its intervals.
     *
     * @param logSizes log n, ascending, at least two; not modified
     * @param losses one row a sample size, one column a seed, {@code NaN} where there is no loss, at least three losses
     *     in each row; not modified
     */
    static SlopeInterval of(double[] logSizes, double[][] losses) {
        int seeds = losses[0].length;
        double[] slopes = new double[seeds];
        double[] curvatures = new double[seeds];
        for (int g = 0; g < seeds; g++) {
            PowerLaw without = PowerLaw.fit(logSizes, losses, g);
            slopes[g] = without.line().slope();
            curvatures[g] = without.curvature();
        }
        double quantile = new TDistribution(null, degreesOfFreedom(losses)).inverseCumulativeProbability(UPPER_ORDER);
        return new SlopeInterval(
                PowerLaw.fit(logSizes, losses, PowerLaw.NONE),
                quantile * standardError(slopes),
                quantile * standardError(curvatures));
    }

    /** Smallest number of losses at any size, less one. */
    private static int degreesOfFreedom(double[][] losses) {
        int fewest = Integer.MAX_VALUE;
        for (double[] row : losses) {
            int count = 0;
            for (double loss : row) {
                if (!Double.isNaN(loss)) {
                    count++;
                }
            }
            fewest = Math.min(fewest, count);
        }
        return fewest - 1;
    }

    /** Jackknife standard error from the estimates without each seed. */
    private static double standardError(double[] without) {
        int count = without.length;
        double mean = SampleStatistics.mean(without, count);
        double sum = 0;
        for (double estimate : without) {
            sum += (estimate - mean) * (estimate - mean);
        }
        return Math.sqrt(sum * (count - 1) / count);
    }
}
