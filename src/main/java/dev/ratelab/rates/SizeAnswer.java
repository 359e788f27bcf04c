package dev.ratelab.rates;

import dev.ratelab.math.Elementary;
import dev.ratelab.theory.Prediction;
import java.util.List;
import java.util.Locale;

/**
 * What the losses of a setting say of the sample size at which one meets a target, by the rules of {@link RequiredSampleSize}.
 *
 * @param reach how the number is known
 * @param sampleSize the number, not rounded; {@code NaN} unless it is known, as are the ends of its interval
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param line the line that was solved; null if there was nothing to fit
 * @param reason one sentence with the numbers that decided
 */
record SizeAnswer(Reach reach, double sampleSize, double low, double high, QuantileLine.Window line, String reason) {
    private static final int LEAST_LOSSES = 5;

    private static SizeAnswer unknown(Reach reach, QuantileLine.Window line, String reason) {
        return new SizeAnswer(reach, Double.NaN, Double.NaN, Double.NaN, line, reason);
    }

    private static SizeAnswer atMost(int smallest, QuantileLine.Window line, String reason) {
        return new SizeAnswer(Reach.AT_MOST, smallest, Double.NaN, smallest, line, reason);
    }

    /**
     * The answer of a setting.
     *
     * @param losses of the table, by size; not modified
     * @param prediction what theory says of the loss
     */
    static SizeAnswer of(LossTable table, double[][] losses, Prediction prediction, double target, double probability) {
        String problem = problem(table, losses, probability);
        if (prediction.notIdentified()) {
            return unknown(
                    Reach.NOT_REACHABLE,
                    problem.isEmpty() ? all(quantiles(table, losses, probability)) : null,
                    "the data do not identify it: " + prediction.source());
        }
        if (!problem.isEmpty()) {
            return unknown(Reach.UNDECIDED, null, problem);
        }
        return solve(table, quantiles(table, losses, probability), prediction, target);
    }

    private static QuantileLine quantiles(LossTable table, double[][] losses, double probability) {
        return QuantileLine.of(table.logSizes(), losses, probability);
    }

    private static QuantileLine.Window all(QuantileLine quantiles) {
        return quantiles.measured(0, quantiles.sizes());
    }

    private static String problem(LossTable table, double[][] losses, double probability) {
        List<Integer> sizes = table.sampleSizes();
        double needed = Math.max(LEAST_LOSSES, RequiredSampleSize.up(1 / Math.min(probability, 1 - probability)));
        for (int s = 0; s < losses.length; s++) {
            int count = 0;
            for (double loss : losses[s]) {
                count += Double.isNaN(loss) ? 0 : 1;
                if (loss <= 0) {
                    return text("a loss at n = %d is %s, it has no logarithm", sizes.get(s), loss);
                }
            }
            if (count < needed) {
                return text(
                        "%d certified losses at n = %d, probability %s needs %.0f",
                        count, sizes.get(s), probability, needed);
            }
            if (table.certifiedShare(s) < TrustChecks.MIN_CERTIFIED_SHARE) {
                return text(
                        "only %s of the fits at n = %d are certified, %s are needed",
                        Percent.text(table.certifiedShare(s), 0, TrustChecks.MIN_CERTIFIED_SHARE),
                        sizes.get(s),
                        Percent.text(TrustChecks.MIN_CERTIFIED_SHARE, 0));
            }
        }
        return sizes.size() < RateFit.MIN_SIZES
                ? sizes.size() + " sample sizes, " + RateFit.MIN_SIZES + " are needed"
                : "";
    }

    private static SizeAnswer solve(LossTable table, QuantileLine quantiles, Prediction prediction, double target) {
        List<Integer> sizes = table.sampleSizes();
        int smallest = sizes.get(0);
        double logSmallest = Elementary.log(smallest);
        double logLargest = Elementary.log(sizes.get(sizes.size() - 1));
        double logTarget = Elementary.log(target);
        boolean curved = quantiles.measuredIsCurved();
        QuantileLine.Window inside = curved ? local(quantiles, logTarget) : all(quantiles);
        if (inside.upperLimit(logSmallest) <= logTarget && inside.upperLimit(logLargest) <= logTarget) {
            return atMost(smallest, inside, "reached at the smallest sample size already");
        }
        if (inside.falls() && inside.crossing(logTarget) <= logLargest) {
            return crossing(table, inside, curved, prediction, logTarget);
        }
        curved = quantiles.pooledIsCurved();
        QuantileLine.Window beyond =
                quantiles.pooled(curved ? quantiles.sizes() - quantiles.half() : 0, quantiles.sizes());
        if (!beyond.falls()) {
            for (int s = 0; s < quantiles.sizes(); s++) {
                if (quantiles.logQuantile(s) <= logTarget) {
                    return unknown(
                            Reach.UNDECIDED,
                            beyond,
                            text("met at n = %d, but the error does not fall over these sizes", sizes.get(s)));
                }
            }
            return doesNotFall(beyond, slope(beyond, curved));
        }
        // Two lines may differ on which side of the largest size the crossing lies: then that of the quantiles is
        // believed.
        return inside.falls() && beyond.crossing(logTarget) <= logLargest
                ? crossing(table, inside, quantiles.measuredIsCurved(), prediction, logTarget)
                : crossing(table, beyond, curved, prediction, logTarget);
    }

    private static String slope(QuantileLine.Window line, boolean curved) {
        double half = line.slopeHalfWidth();
        return text("slope of the quantile %.3f [%.3f, %.3f]", line.slope(), line.slope() - half, line.slope() + half)
                + (curved ? ", of the sizes near the target, for it changes with n" : "");
    }

    private static SizeAnswer doesNotFall(QuantileLine.Window line, String slope) {
        double low = line.slope() - line.slopeHalfWidth();
        double high = line.slope() + line.slopeHalfWidth();
        boolean flat = low >= -Judgement.FLAT_SLOPE && high <= Judgement.FLAT_SLOPE;
        return low > 0 || flat
                ? unknown(Reach.NOT_REACHABLE, line, slope + ": it does not fall")
                : unknown(Reach.UNDECIDED, line, slope + " holds zero: more seeds or sizes are needed");
    }

    /** The answer of a line that falls. */
    private static SizeAnswer crossing(
            LossTable table, QuantileLine.Window line, boolean curved, Prediction prediction, double logTarget) {
        List<Integer> sizes = table.sampleSizes();
        int smallest = sizes.get(0);
        int largest = sizes.get(sizes.size() - 1);
        double crossing = Elementary.exp(line.crossing(logTarget));
        double[] interval = line.crossingInterval(logTarget);
        double low = Elementary.exp(interval[0]);
        double high = Elementary.exp(interval[1]);
        String slope = slope(line, curved);
        if (crossing <= smallest && high <= smallest) {
            return atMost(smallest, line, slope + "; the target is met below the smallest sample size");
        }
        if (crossing <= smallest) {
            return new SizeAnswer(
                    Reach.INSIDE,
                    smallest,
                    Double.NaN,
                    high,
                    line,
                    slope + "; the target may be met below the smallest sample size");
        }
        if (crossing <= largest) {
            String end = high > largest ? text("; the upper end lies beyond n = %d", largest) : "";
            return new SizeAnswer(Reach.INSIDE, crossing, low, high, line, slope + end);
        }
        String beyond = text("; %.3g times the largest sample size", crossing / largest)
                + (prediction.behaviour() == Prediction.Behaviour.SLOW
                        ? "; in the worst case theory lets it fall more slowly than every power"
                        : "");
        return new SizeAnswer(
                crossing <= RequiredSampleSize.FAR * largest ? Reach.EXTRAPOLATED : Reach.FAR_EXTRAPOLATED,
                crossing,
                low,
                high,
                line,
                slope + beyond);
    }

    /**
     * The line through the two sizes on either side of the last crossing of the target, or if it does not fall through two on either
     * side; the half at the end if there is no crossing.
     */
    private static QuantileLine.Window local(QuantileLine quantiles, double logTarget) {
        int sizes = quantiles.sizes();
        int half = quantiles.half();
        int above = sizes - 1;
        while (above >= 0 && quantiles.logQuantile(above) <= logTarget) {
            above--;
        }
        if (above == sizes - 1) {
            return quantiles.measured(sizes - half, sizes);
        }
        if (above < 0) {
            return quantiles.measured(0, half);
        }
        QuantileLine.Window nearest = quantiles.measured(above, above + 2);
        return nearest.falls() ? nearest : quantiles.measured(Math.max(0, above - 1), Math.min(sizes, above + 3));
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
