package dev.ratelab.rates;

import dev.ratelab.math.Elementary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One loss of two settings whose fits see the same data: only pairs of certified fits of one sample size and seed count, at sizes with at
 * least three of them.
 *
 * @param logSizes log n of those sizes, ascending; owned by the record
 * @param base losses of the one setting, one row a size, one column a seed, {@code NaN} where there is no pair; owned by the record
 * @param other those of the other setting
 */
record PairedLosses(double[] logSizes, double[][] base, double[][] other) {

    /** Pairs the usable losses of two settings. */
    static PairedLosses of(List<Observation> base, List<Observation> other) {
        LossTable first = LossTable.of(base);
        LossTable second = LossTable.of(other);
        int[] seeds = first.seeds();
        double[][] firstLosses = first.losses(seeds);
        double[][] secondLosses = second.losses(seeds);
        List<Integer> secondSizes = second.sampleSizes();
        List<Double> logSizes = new ArrayList<>();
        List<double[]> left = new ArrayList<>();
        List<double[]> right = new ArrayList<>();
        for (int s = 0; s < firstLosses.length; s++) {
            int size = first.sampleSizes().get(s);
            int place = secondSizes.indexOf(size);
            if (place >= 0 && keepPairs(firstLosses[s], secondLosses[place]) >= RateFit.MIN_SEEDS) {
                logSizes.add(Elementary.log(size));
                left.add(firstLosses[s]);
                right.add(secondLosses[place]);
            }
        }
        return new PairedLosses(
                logSizes.stream().mapToDouble(Double::doubleValue).toArray(),
                left.toArray(new double[0][]),
                right.toArray(new double[0][]));
    }

    /** Removes losses without a partner. Returns the number of pairs. */
    private static int keepPairs(double[] left, double[] right) {
        int pairs = 0;
        for (int g = 0; g < left.length; g++) {
            if (Double.isNaN(left[g]) || Double.isNaN(right[g])) {
                left[g] = Double.NaN;
                right[g] = Double.NaN;
            } else {
                pairs++;
            }
        }
        return pairs;
    }

    /** Number of sample sizes with enough pairs. */
    int sizes() {
        return logSizes.length;
    }

    /** Difference of a number, that of the other setting less that of the base; at least two sizes are needed. */
    Difference difference(ToDoubleFunction<PowerLaw> statistic) {
        return Jackknife.of(logSizes, other).minus(Jackknife.of(logSizes, base), statistic);
    }
}
