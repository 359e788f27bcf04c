package dev.ratelab.rates;

import java.util.Arrays;

/**
 * Lines {@code log q(n) = level + slope (log n - centre)} of a quantile of a loss over seeds, and the jackknife over seeds.
 *
 * <p>There are two, both least-squares lines with equal weights over a window of sizes, {@code centre} being the mean of log n. The
 * line of {@link #measured} goes through the log quantiles of each size. The line of {@link #pooled} goes through the mean log losses
 * and is raised by the quantile of all their residuals together; it supposes that the spread of log losses does not change with n, and
 * is the less noisy one.
 *
 * <p>Leaving out one seed number at all sizes, G times, gives the covariance of level and slope; a seed number is a cluster, so it
 * holds for nested samples too.
 */
final class QuantileLine {
    private final double order;
    private final double[] logSizes;
    private final double[][] logLosses;

    /** By sample size; element 0 is of all seeds, element {@code 1 + g} without seed g. */
    private final double[][] logQuantiles;

    private final double[][] meanLogs;
    private final double student;

    private QuantileLine(double[] logSizes, double[][] logLosses, double order, double student) {
        int sizes = logSizes.length;
        int seeds = logLosses[0].length;
        this.order = order;
        this.logSizes = logSizes;
        this.logLosses = logLosses;
        this.student = student;
        this.logQuantiles = new double[1 + seeds][sizes];
        this.meanLogs = new double[1 + seeds][sizes];
        for (int g = 0; g <= seeds; g++) {
            for (int s = 0; s < sizes; s++) {
                double[] present = SampleStatistics.present(logLosses[s], g - 1);
                meanLogs[g][s] = SampleStatistics.mean(present, present.length);
                logQuantiles[g][s] = HarrellDavis.quantile(SampleStatistics.sorted(present), order);
            }
        }
    }

    /**
     * The quantiles and their jackknife.
     *
     * @param logSizes log n, ascending, at least two; owned by the result
     * @param losses one row a sample size, one column a seed, positive, {@code NaN} where there is no loss, at least three losses in
     *     each row; not modified
     * @param order order of the quantile, in (0, 1)
     */
    static QuantileLine of(double[] logSizes, double[][] losses, double order) {
        return new QuantileLine(logSizes, RateFit.logs(losses), order, Jackknife.quantile(losses));
    }

    /** Number of sample sizes. */
    int sizes() {
        return logSizes.length;
    }

    /** Log quantile at a sample size. */
    double logQuantile(int size) {
        return logQuantiles[0][size];
    }

    /** Whether the slopes of {@link #measured} over the lower and the upper half of the sizes differ, at the level of 5 %. */
    boolean measuredIsCurved() {
        return curved(logQuantiles);
    }

    /** Whether those of {@link #pooled} differ. */
    boolean pooledIsCurved() {
        return curved(meanLogs);
    }

    private boolean curved(double[][] values) {
        int half = half();
        double[] change = new double[values.length];
        for (int g = 0; g < change.length; g++) {
            change[g] = line(values[g], sizes() - half, sizes()).slope()
                    - line(values[g], 0, half).slope();
        }
        return Math.abs(change[0]) > student * Math.sqrt(covariance(change, change));
    }

    /** Number of sizes in each half; an odd number of sizes shares the middle one. */
    int half() {
        return (sizes() + 1) / 2;
    }

    /**
     * The line through the log quantiles of a window of sizes.
     *
     * @param from first size
     * @param to after the last size, at least {@code from + 2}
     */
    Window measured(int from, int to) {
        return window(logQuantiles, from, to, (line, omitted) -> 0);
    }

    /**
     * The line through the mean log losses of a window of sizes plus the quantile of their residuals.
     *
     * @param from first size
     * @param to after the last size, at least {@code from + 2}
     */
    Window pooled(int from, int to) {
        return window(meanLogs, from, to, (line, omitted) -> residualQuantile(line, omitted, from, to));
    }

    /** By how much a line is raised. */
    private interface Rise {
        double of(PowerLaw.Line line, int omitted);
    }

    private Window window(double[][] values, int from, int to, Rise rise) {
        double centre = SampleStatistics.mean(Arrays.copyOfRange(logSizes, from, to), to - from);
        double[] levels = new double[values.length];
        double[] slopes = new double[values.length];
        for (int g = 0; g < levels.length; g++) {
            PowerLaw.Line line = line(values[g], from, to);
            levels[g] = line.intercept() + line.slope() * centre + rise.of(line, g - 1);
            slopes[g] = line.slope();
        }
        return new Window(
                centre,
                levels[0],
                slopes[0],
                covariance(levels, levels),
                covariance(levels, slopes),
                covariance(slopes, slopes),
                student);
    }

    private double residualQuantile(PowerLaw.Line line, int omitted, int from, int to) {
        double[] residuals = new double[(to - from) * logLosses[0].length];
        int count = 0;
        for (int s = from; s < to; s++) {
            for (double loss : SampleStatistics.present(logLosses[s], omitted)) {
                residuals[count++] = loss - line.intercept() - line.slope() * logSizes[s];
            }
        }
        return HarrellDavis.quantile(SampleStatistics.sorted(Arrays.copyOf(residuals, count)), order);
    }

    private PowerLaw.Line line(double[] values, int from, int to) {
        double[] equal = new double[sizes()];
        Arrays.fill(equal, 1);
        return PowerLaw.Line.fit(logSizes, values, equal, from, to);
    }

    /** Jackknife covariance of two statistics; element 0, of all seeds, does not enter. */
    private static double covariance(double[] left, double[] right) {
        int count = left.length - 1;
        double meanLeft = 0;
        double meanRight = 0;
        for (int g = 1; g <= count; g++) {
            meanLeft += left[g];
            meanRight += right[g];
        }
        meanLeft /= count;
        meanRight /= count;
        double sum = 0;
        for (int g = 1; g <= count; g++) {
            sum += (left[g] - meanLeft) * (right[g] - meanRight);
        }
        return sum * (count - 1) / count;
    }

    /**
     * A line with its uncertainty.
     *
     * @param centre mean of log n
     * @param level log quantile at the centre
     * @param slope slope
     * @param varianceOfLevel jackknife variance of the level
     * @param covariance of level and slope
     * @param varianceOfSlope of the slope
     * @param student quantile of order .975 of Student's distribution
     */
    record Window(
            double centre,
            double level,
            double slope,
            double varianceOfLevel,
            double covariance,
            double varianceOfSlope,
            double student) {

        /** Half the width of the 95 % interval of the slope. */
        double slopeHalfWidth() {
            return student * Math.sqrt(varianceOfSlope);
        }

        /** Whether the 95 % interval of the slope lies below zero. */
        boolean falls() {
            return slope + slopeHalfWidth() < 0;
        }

        /** Upper end of the 95 % interval of the log quantile at a size. */
        double upperLimit(double logSize) {
            double z = logSize - centre;
            return level
                    + slope * z
                    + student * Math.sqrt(Math.max(0, varianceOfLevel + 2 * covariance * z + varianceOfSlope * z * z));
        }

        /** Log n at which the line meets a log quantile. */
        double crossing(double logTarget) {
            return centre + (logTarget - level) / slope;
        }

        /**
         * The 95 % interval of {@link #crossing} (Fieller): all log n at which the interval of the log quantile holds the target, the
         * roots of {@code (level - target + slope z)^2 = t^2 (v_ll + 2 v_ls z + v_ss z^2)}. It is bounded if the line {@link #falls}, as
         * it must here.
         */
        double[] crossingInterval(double logTarget) {
            double difference = level - logTarget;
            double t2 = student * student;
            double a = slope * slope - t2 * varianceOfSlope;
            double halfB = difference * slope - t2 * covariance;
            double c = difference * difference - t2 * varianceOfLevel;
            double root = Math.sqrt(Math.max(0, halfB * halfB - a * c));
            return new double[] {centre + (-halfB - root) / a, centre + (-halfB + root) / a};
        }
    }
}
