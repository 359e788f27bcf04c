package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import java.util.List;

/**
 * One row of the table {@code rates}: a loss of a setting, its measured and its predicted rate. Undefined numbers are
 * {@code NaN} here and null in the table.
 *
 * @param setting id of all coordinates but sample size and seed
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param problem id of the problem
 * @param fittedExperts number of fitted atoms k
 * @param metric the loss
 * @param slope slope of log mean loss on log n, see {@link RateFit}
 * @param slopeLow lower (more negative) end of its 95 % interval
 * @param slopeHigh upper end
 * @param slopeMedian slope of log median loss
 * @param slopeMeanLog slope of mean log loss
 * @param predictedSlope the slope that theory predicts; {@code NaN} if there is no prediction
 * @param predictionSource where the prediction comes from, or why there is none
 * @param predictionStatus how well the prediction is known: {@code proved-seen}, {@code recalled}, {@code derived} or
 *     {@code unknown}
 * @param verdict how the two compare, see {@link Judgement}
 * @param verdictReason one sentence with the numbers that decided
 * @param smallestSampleSize smallest n of the window
 * @param largestSampleSize largest n
 * @param sizes number of sample sizes
 * @param seeds number of seeds with a certified loss at any size
 * @param certifiedShare share of all fits in the window that did not fail
 * @param slopeWithoutSmallest slope without the smallest sample size
 * @param lowerHalfSlope slope over the lower half of the sizes
 * @param upperHalfSlope slope over the upper half
 * @param localSlopes slopes between neighbouring sizes, ascending
 * @param interceptLog log of the fitted loss at n = 1
 * @param inference what stands beside the slope, and whether to trust it
 */
public record RateRow(
        String setting,
        String gate,
        String expert,
        String problem,
        int fittedExperts,
        LossName metric,
        double slope,
        double slopeLow,
        double slopeHigh,
        double slopeMedian,
        double slopeMeanLog,
        double predictedSlope,
        String predictionSource,
        String predictionStatus,
        Verdict verdict,
        String verdictReason,
        int smallestSampleSize,
        int largestSampleSize,
        int sizes,
        int seeds,
        double certifiedShare,
        double slopeWithoutSmallest,
        double lowerHalfSlope,
        double upperHalfSlope,
        List<Double> localSlopes,
        double interceptLog,
        Inference inference) {

    public RateRow {
        localSlopes = List.copyOf(localSlopes);
    }
}
