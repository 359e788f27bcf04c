package dev.ratelab.rates;

import java.util.Collections;
import java.util.List;

/**
 * How one loss of certified fits falls with the sample size. {@link RateFit} says how these are computed; undefined numbers are {@code NaN}.
 *
 * @param mean slope of log mean loss on log n
 * @param interceptLog intercept of the line: log loss at n = 1
 * @param median slope of log median loss, equal weights; undefined if a median is not positive. The jackknife is not consistent for
 *     quantiles, so it has no interval
 * @param meanLog slope of mean log loss, equal weights; undefined if a loss is not positive
 * @param ratio slope of log mean loss on {@code log(N / log N)}, with the same weights: that of a bound {@code (log N / N)^e} is
 *     {@code -e} exactly; undefined if N, the sample size over the noise variance, is below 3
 * @param local slopes of log mean loss between neighbouring sizes, ascending, one fewer than sizes
 * @param withoutSmallest element j is the slope without the {@code j + 1} smallest sizes, with the same weights, while at least three
 *     sizes remain
 * @param lowerHalf slope over the lower half of the sizes, with the same weights; an odd number of sizes shares the middle one between
 *     the halves
 * @param upperHalf slope over the upper half
 */
public record Slopes(
        Slope mean,
        double interceptLog,
        double median,
        Slope meanLog,
        Slope ratio,
        List<Double> local,
        List<Double> withoutSmallest,
        double lowerHalf,
        double upperHalf) {

    public Slopes {
        local = List.copyOf(local);
        withoutSmallest = List.copyOf(withoutSmallest);
    }

    /** Nothing is known of so many sizes. */
    static Slopes undefined(int sizes) {
        double nan = Double.NaN;
        return new Slopes(
                Slope.UNDEFINED,
                nan,
                nan,
                Slope.UNDEFINED,
                Slope.UNDEFINED,
                Collections.nCopies(sizes - 1, nan),
                Collections.nCopies(Math.max(0, sizes - RateFit.MIN_SIZES), nan),
                nan,
                nan);
    }

    /** Slope without the smallest sample size; {@code NaN} if fewer than three remain. */
    public double withoutTheSmallest() {
        return withoutSmallest.isEmpty() ? Double.NaN : withoutSmallest.get(0);
    }
}
