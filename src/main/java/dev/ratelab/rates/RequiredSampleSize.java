package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.theory.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The number of samples at which a loss of a setting is at most a target with a given probability over data sets.
 *
 * <p><b>Estimate.</b> At each sample size the quantile of that probability of the certified losses is estimated on the logarithmic scale
 * ({@link HarrellDavis}). Inside the range of sizes a line of log quantile on log n with equal weights is solved for the target; where
 * the slopes of the lower and the upper half of the sizes differ significantly, it goes only through the two sizes on either side of the
 * last crossing of the target (local interpolation). Beyond the largest size the line of mean log loss is solved instead, raised by the
 * quantile of its residuals of all sizes together; the line of the upper half where the slopes of the halves differ significantly. A
 * trend of the spread of losses is thus believed where it is seen, and not extrapolated.
 *
 * <p><b>Interval.</b> 95 %, by Fieller's theorem from the jackknife over seeds: all n at which the interval of the line holds the target.
 * It is bounded if and only if the interval of the slope excludes zero.
 *
 * <p>The first of these rules that applies decides:
 *
 * <ol>
 *   <li>{@code not-reachable} if theory says that the data do not identify what the loss measures: what is seen to be small then is where
 *       fits start, or what bounds leave;
 *   <li>{@code undecided} if there are fewer than three sizes, too few certified losses at a size ({@code 1 / min(p, 1 - p)}, at least
 *       five), fewer than 90 % certified fits at a size, or a loss that is not positive;
 *   <li>{@code at-most} if the upper limit of the line is no more than the target at the smallest and the largest size;
 *   <li>if neither line falls significantly, {@code not-reachable} if the interval of the slope is above zero, or lies within -.05 and
 *       .05; else {@code undecided};
 *   <li>{@code at-most}, {@code inside}, {@code extrapolated} and {@code far-extrapolated} by where the crossing lies: up to the smallest
 *       size, up to the largest, up to {@link #FAR} times that, or beyond.
 * </ol>
 *
 * @param setting id of all coordinates but sample size and seed
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param problem id of the problem
 * @param fittedExperts number of fitted atoms k
 * @param metric the loss
 * @param target largest loss that is wanted, positive
 * @param probability with which it is wanted, in (0, 1)
 * @param reach how the number is known
 * @param sampleSize required number of samples, a whole number; {@code NaN} unless {@link Reach#known}
 * @param low lower end of its 95 % interval, rounded down; {@code NaN} for {@code at-most}
 * @param high upper end, rounded up
 * @param slope slope of the line that was solved; {@code NaN} if there is none
 * @param slopeLow lower (more negative) end of its 95 % interval
 * @param slopeHigh upper end
 * @param smallestSampleSize smallest n of the fits
 * @param largestSampleSize largest n
 * @param seeds number of seeds with a certified loss at any size
 * @param certifiedShare smallest share of certified fits at any size; the probability among all fits is at least {@code probability
 *     certifiedShare}, and all numbers are those of the certified ones
 * @param reason one sentence with the numbers that decided
 */
public record RequiredSampleSize(
        String setting,
        String gate,
        String expert,
        String problem,
        int fittedExperts,
        LossName metric,
        double target,
        double probability,
        Reach reach,
        double sampleSize,
        double low,
        double high,
        double slope,
        double slopeLow,
        double slopeHigh,
        int smallestSampleSize,
        int largestSampleSize,
        int seeds,
        double certifiedShare,
        String reason) {

    /** Beyond this many times the largest sample size a number is marked as {@link Reach#FAR_EXTRAPOLATED}. */
    public static final double FAR = 10;

    private static final double NEARLY_WHOLE = 1e-9;

    /**
     * The required sample size of every setting.
     *
     * @param fits in any order; the result has the same bits for each. Not modified
     * @param trueExperts number of true atoms k*, at least 1
     * @param metric the loss
     * @param target largest loss that is wanted, positive and finite
     * @param probability with which it is wanted, in (0, 1)
     * @return sorted by setting; settings in which no fit has the loss and those with other start radii are left out
     * @throws IllegalArgumentException if a number is out of its range, the metric measures no distance, or two fits have the same
     *     setting, sample size and seed
     */
    public static List<RequiredSampleSize> compute(
            List<FitRow> fits, int trueExperts, LossName metric, double target, double probability) {
        requireRange(metric, target, probability);
        List<RequiredSampleSize> found = new ArrayList<>();
        for (List<FitRow> rows : Observation.bySetting(fits).values()) {
            boolean base = rows.get(0).fitted().startRadiusFactor() == 1;
            if (base && Observation.metrics(rows).contains(metric)) {
                Prediction prediction = Rates.prediction(rows.get(0), trueExperts, metric);
                found.add(of(rows.get(0), Observation.of(rows, metric), prediction, target, probability));
            }
        }
        return found;
    }

    private static void requireRange(LossName metric, double target, double probability) {
        if (metric.descriptive()) {
            throw new IllegalArgumentException("metric = '" + metric + "' measures no distance from the truth");
        }
        if (!(target > 0 && target < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("target = " + target + " must be a finite number > 0");
        }
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability = " + probability + " must be in (0, 1)");
        }
    }

    /**
     * The required sample size of one setting.
     *
     * @param coordinates one fit of the setting
     * @param observations its losses, at least one, in any order; not modified
     * @param prediction what theory says of the loss
     */
    static RequiredSampleSize of(
            FitRow coordinates,
            List<Observation> observations,
            Prediction prediction,
            double target,
            double probability) {
        LossTable table = LossTable.of(observations);
        double[][] losses = table.losses(table.seeds());
        SizeAnswer answer = SizeAnswer.of(table, losses, prediction, target, probability);
        List<Integer> sizes = table.sampleSizes();
        QuantileLine.Window line = answer.line();
        double half = line == null ? Double.NaN : line.slopeHalfWidth();
        double certified = table.certifiedShare(RateFit.leastCertified(table));
        return new RequiredSampleSize(
                coordinates.setting(),
                coordinates.fitted().gate(),
                coordinates.fitted().expert(),
                coordinates.fitted().problem(),
                coordinates.fitted().fittedExperts(),
                observations.get(0).metric(),
                target,
                probability,
                answer.reach(),
                up(answer.sampleSize()),
                down(answer.low()),
                up(answer.high()),
                line == null ? Double.NaN : line.slope(),
                line == null ? Double.NaN : line.slope() - half,
                line == null ? Double.NaN : line.slope() + half,
                sizes.get(0),
                sizes.get(sizes.size() - 1),
                losses[0].length,
                certified,
                certified == 1 || !answer.reach().known()
                        ? answer.reason()
                        : answer.reason() + condition(certified, probability));
    }

    private static String condition(double certified, double probability) {
        return String.format(
                Locale.ROOT,
                "; of certified fits: at some size only %s are, so the probability among all is from %.3g on",
                Percent.text(certified, 0),
                probability * certified);
    }

    /** Rounded up, unless that is due to the last digits: sizes go through logarithms. */
    static double up(double size) {
        return Math.ceil(size * (1 - NEARLY_WHOLE));
    }

    private static double down(double size) {
        return Math.floor(size * (1 + NEARLY_WHOLE));
    }
}
