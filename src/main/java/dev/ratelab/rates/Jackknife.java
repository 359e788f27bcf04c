package dev.ratelab.rates;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A fitted line and the lines without one seed each: what the jackknife-t intervals that {@link RateFit} describes are made of.
 *
 * @param law the line of all seeds
 * @param without element g is the line without the seed of column g; owned by the record
 * @param degreesOfFreedom smallest number of losses at any size, less one
 */
record Jackknife(PowerLaw law, PowerLaw[] without, int degreesOfFreedom) {
    private static final double TAIL = 0.025;

    /**
     * Fits the lines.
     *
     * @param logSizes log n, ascending, at least two; not modified
     * @param losses one row a sample size, one column a seed, {@code NaN} where there is no loss, at least three losses
     *     in each row; not modified
     */
    static Jackknife of(double[] logSizes, double[][] losses) {
        PowerLaw[] without = new PowerLaw[losses[0].length];
        for (int g = 0; g < without.length; g++) {
            without[g] = PowerLaw.fit(logSizes, losses, g);
        }
        return new Jackknife(PowerLaw.fit(logSizes, losses, PowerLaw.NONE), without, degreesOfFreedom(losses));
    }

    /** Half the width of the 95 % interval of a number that depends smoothly on the losses. */
    double halfWidth(ToDoubleFunction<PowerLaw> statistic) {
        return quantile(1) * standardError(values(statistic));
    }

    /** Half the width of the 95 % interval of a number of which the values without each seed are given. */
    double halfWidthOf(IntToDoubleFunction withoutSeed) {
        double[] values = new double[without.length];
        for (int g = 0; g < values.length; g++) {
            values[g] = withoutSeed.applyAsDouble(g);
        }
        return quantile(1) * standardError(values);
    }

    /**
     * The difference of a number between this and another fit, with an interval that counts the seeds of both together: each is
     * left out of both.
     *
     * @param other a fit with the same seeds in the same columns
     */
    Difference minus(Jackknife other, ToDoubleFunction<PowerLaw> statistic) {
        double[] differences = values(statistic);
        double[] others = other.values(statistic);
        for (int g = 0; g < differences.length; g++) {
            differences[g] -= others[g];
        }
        int degrees = Math.min(degreesOfFreedom, other.degreesOfFreedom);
        return new Difference(
                statistic.applyAsDouble(law) - statistic.applyAsDouble(other.law),
                quantile(degrees, 1) * standardError(differences));
    }

    /** Quantile of Student's distribution for two-sided intervals that hold together, {@code comparisons} of them. */
    double quantile(int comparisons) {
        return quantile(degreesOfFreedom, comparisons);
    }

    /** Quantile of Student's distribution for the two-sided interval of a number that depends on losses, given by sizes. */
    static double quantile(double[][] losses) {
        return quantile(degreesOfFreedom(losses), 1);
    }

    private static double quantile(int degreesOfFreedom, int comparisons) {
        return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability(1 - TAIL / comparisons);
    }

    /** Jackknife standard error of a number that depends smoothly on the losses. */
    double standardError(ToDoubleFunction<PowerLaw> statistic) {
        return standardError(values(statistic));
    }

    private double[] values(ToDoubleFunction<PowerLaw> statistic) {
        double[] values = new double[without.length];
        for (int g = 0; g < values.length; g++) {
            values[g] = statistic.applyAsDouble(without[g]);
        }
        return values;
    }

    private static int degreesOfFreedom(double[][] losses) {
        return Arrays.stream(losses)
                        .mapToInt(row -> SampleStatistics.present(row, PowerLaw.NONE).length)
                        .min()
                        .orElseThrow()
                - 1;
    }

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
