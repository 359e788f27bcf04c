package dev.ratelab.rates;

import java.util.Arrays;

/** Statistics of a short list of numbers; sums run in the order of the list. */
final class SampleStatistics {
    /** Quantile of order .975 of the standard normal distribution. */
    private static final double NORMAL_975 = 1.959963984540054;

    private SampleStatistics() {}

    /** Arithmetic mean of the first {@code count} values; {@code NaN} for none. */
    static double mean(double[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    /** Squared standard error of the mean of the first {@code count} values; {@code NaN} for fewer than two. */
    static double varianceOfMean(double[] values, int count, double mean) {
        if (count < 2) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double deviation = values[i] - mean;
            sum += deviation * deviation;
        }
        return sum / (count - 1) / count;
    }

    /** The values of a row that are there, in order: those that are not {@code NaN}, but for one column that is left out. */
    static double[] present(double[] row, int omitted) {
        double[] present = new double[row.length];
        int count = 0;
        for (int g = 0; g < row.length; g++) {
            if (g != omitted && !Double.isNaN(row[g])) {
                present[count++] = row[g];
            }
        }
        return Arrays.copyOf(present, count);
    }

    /** A sorted copy. */
    static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** Quantile of type 7 of sorted values; {@code NaN} for none. */
    static double quantile(double[] sorted, double order) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = (sorted.length - 1) * order;
        int below = (int) position;
        if (below == sorted.length - 1) {
            return sorted[below];
        }
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    /** Mean of sorted values without the {@code floor(count / 10)} largest; {@code NaN} for none. */
    static double trimmedMean(double[] sorted) {
        return mean(sorted, sorted.length - sorted.length / 10);
    }

    /**
     * The 95 % Wilson score interval of a probability.
     *
     * @return lower and upper end, exactly 0 or 1 if there is no success or no failure; {@code NaN} for no trials
     */
    static double[] wilson(int successes, int trials) {
        double share = (double) successes / trials;
        double z2 = NORMAL_975 * NORMAL_975 / trials;
        double centre = (share + z2 / 2) / (1 + z2);
        double half = Math.sqrt(share * (1 - share) * z2 + z2 * z2 / 4) / (1 + z2);
        return new double[] {successes == 0 ? 0 : centre - half, successes == trials && trials > 0 ? 1 : centre + half};
    }
}
