package dev.ratelab.rates;

import java.util.List;

/**
 * How much a slope depends on the smallest sample sizes. Leaving out the j smallest gives the slope {@code b_j}, with the same
 * weights, for every j that leaves at least half of the sizes, and three. A power law has the same slope whatever is left out; a
 * loss that bends has the slope that the choice of j gives it.
 *
 * <p>The difference {@code b_j - b} has a jackknife standard error of its own (the two share most of their data), and intervals for all
 * j together are made by Bonferroni's quantile.
 */
final class SmallSizes {
    private SmallSizes() {}

    /**
     * The check {@link TrustChecks#SMALL_SIZES}.
     *
     * @param logSizes log n, ascending; not modified
     * @param sizes the sample sizes
     */
    static TrustCheck check(double[] logSizes, List<Integer> sizes, Jackknife fit) {
        int choices = Math.min(sizes.size() / 2, sizes.size() - RateFit.MIN_SIZES);
        if (choices < 1) {
            return TrustCheck.notChecked(
                    TrustChecks.SMALL_SIZES, "needs more than " + RateFit.MIN_SIZES + " sample sizes");
        }
        Difference worst = null;
        int left = 0;
        for (int from = 1; from <= choices; from++) {
            Difference difference = difference(logSizes, fit, from, choices);
            if (!difference.defined()) {
                return TrustCheck.notChecked(TrustChecks.SMALL_SIZES, "the slope has no interval");
            }
            if (worst == null || isWorse(difference, worst)) {
                worst = difference;
                left = from;
            }
        }
        double slope = fit.law().line().slope();
        return TrustCheck.of(
                TrustChecks.SMALL_SIZES,
                worst.judge(TrustChecks.SLOPE_TOLERANCE, TrustChecks.SLOPE_MARGIN),
                worst.value(),
                "the slope is %.3f, and %.3f without the %d smallest of %d sizes (n below %d): a difference of %.3f +- %.3f",
                slope,
                slope + worst.value(),
                left,
                sizes.size(),
                sizes.get(left),
                worst.value(),
                worst.halfWidth());
    }

    /** A failure before none; then the larger difference, or what reaches further: it decides whether all choices pass. */
    private static boolean isWorse(Difference candidate, Difference other) {
        boolean fails = candidate.exceeds(TrustChecks.SLOPE_TOLERANCE);
        if (fails != other.exceeds(TrustChecks.SLOPE_TOLERANCE)) {
            return fails;
        }
        return fails ? Math.abs(candidate.value()) > Math.abs(other.value()) : candidate.reach() > other.reach();
    }

    private static Difference difference(double[] logSizes, Jackknife fit, int from, int comparisons) {
        return new Difference(
                change(logSizes, fit.law(), from),
                fit.quantile(comparisons) * fit.standardError(without -> change(logSizes, without, from)));
    }

    private static double change(double[] logSizes, PowerLaw law, int from) {
        return PowerLaw.Line.fit(logSizes, law.logMeans(), law.weights(), from, logSizes.length)
                        .slope()
                - law.line().slope();
    }
}
