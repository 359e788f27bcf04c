package dev.ratelab.rates;

import dev.ratelab.math.Elementary;
import java.util.Arrays;

/**
 * The line of {@code log mean loss} on {@code log n}, without an error estimate.
 *
 * @param logMeans log of the mean loss at each sample size; owned by the record
 * @param weights weight of each sample size in the fit; owned by the record
 * @param line the weighted least-squares line through all sample sizes
 * @param lowerHalf slope over the lower half of the sample sizes
 * @param upperHalf slope over the upper half
 */
record PowerLaw(double[] logMeans, double[] weights, Line line, double lowerHalf, double upperHalf) {
    /**
     * Largest log of the ratio of a relative variance to the median of all sizes that counts: a relative error ten times as small. A size
     * whose seeds agree by accident, or because all ended at the same point, would otherwise bend the smoothed variances at will and take
     * all the weight.
     */
    static final double MAX_LOG_VARIANCE_RATIO = 2 * Elementary.log(10);

    /** Value of {@code omitted} if no seed is left out. */
    static final int NONE = -1;

    /** A straight line {@code y = intercept + slope x}. */
    record Line(double intercept, double slope) {

        /**
         * Weighted least squares.
         *
         * @param from first index used
         * @param to index after the last one used, at least {@code from + 2}
         */
        static Line fit(double[] x, double[] y, double[] weights, int from, int to) {
            double total = 0;
            double meanX = 0;
            double meanY = 0;
            for (int i = from; i < to; i++) {
                total += weights[i];
                meanX += weights[i] * x[i];
                meanY += weights[i] * y[i];
            }
            meanX /= total;
            meanY /= total;
            double products = 0;
            double squares = 0;
            for (int i = from; i < to; i++) {
                double deviation = x[i] - meanX;
                products += weights[i] * deviation * (y[i] - meanY);
                squares += weights[i] * deviation * deviation;
            }
            double slope = products / squares;
            return new Line(meanY - slope * meanX, slope);
        }
    }

    /** Slope of the upper half less that of the lower half. */
    double curvature() {
        return upperHalf - lowerHalf;
    }

    /**
     * Fits the line.
     *
     * @param logSizes log n, ascending, at least two; not modified
     * @param losses one row a sample size, one column a seed, {@code NaN} where there is no loss; not modified
     * @param omitted column that is left out, or {@link #NONE}
     * @return not finite if a mean loss is not a positive finite number
     */
    static PowerLaw fit(double[] logSizes, double[][] losses, int omitted) {
        int sizes = logSizes.length;
        double[] logMeans = new double[sizes];
        double[] relativeVariances = new double[sizes];
        for (int s = 0; s < sizes; s++) {
            double[] present = SampleStatistics.present(losses[s], omitted);
            double mean = SampleStatistics.mean(present, present.length);
            for (int i = 0; i < present.length; i++) {
                present[i] /= mean;
            }
            logMeans[s] = Elementary.log(mean);
            relativeVariances[s] = SampleStatistics.varianceOfMean(present, present.length, 1);
        }
        double[] weights = weights(logSizes, relativeVariances);
        int half = (sizes + 1) / 2;
        return new PowerLaw(
                logMeans,
                weights,
                Line.fit(logSizes, logMeans, weights, 0, sizes),
                Line.fit(logSizes, logMeans, weights, 0, half).slope(),
                Line.fit(logSizes, logMeans, weights, sizes - half, sizes).slope());
    }

    /**
     * Reciprocals of the smoothed variances of {@code log mean loss}: the least-squares line of {@code log
     * relativeVariance} on {@code log n}, after those that are further than {@link #MAX_LOG_VARIANCE_RATIO} from their median are
     * moved there. All equal if a variance is zero or undefined.
     */
    private static double[] weights(double[] logSizes, double[] relativeVariances) {
        int sizes = logSizes.length;
        double[] equal = new double[sizes];
        Arrays.fill(equal, 1);
        double[] logVariances = new double[sizes];
        for (int s = 0; s < sizes; s++) {
            if (!(relativeVariances[s] > 0 && relativeVariances[s] < Double.POSITIVE_INFINITY)) {
                return equal;
            }
            logVariances[s] = Elementary.log(relativeVariances[s]);
        }
        double median = SampleStatistics.quantile(SampleStatistics.sorted(logVariances), 0.5);
        for (int s = 0; s < sizes; s++) {
            logVariances[s] = Math.max(
                    median - MAX_LOG_VARIANCE_RATIO, Math.min(median + MAX_LOG_VARIANCE_RATIO, logVariances[s]));
        }
        Line line = Line.fit(logSizes, logVariances, equal, 0, sizes);
        double[] weights = new double[sizes];
        for (int s = 0; s < sizes; s++) {
            weights[s] = Elementary.exp(-line.slope() * (logSizes[s] - logSizes[0]));
        }
        return weights;
    }
}
