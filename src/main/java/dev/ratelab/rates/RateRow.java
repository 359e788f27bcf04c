package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import java.util.List;

/**
 * One row of the table {@code rates}: a loss of a setting, its measured and its predicted rate. Undefined numbers are
 * {@code NaN} here and null in the table.
 *
 * @param setting the setting
 * @param metric the loss
 * @param slopes how the loss falls, from certified fits
 * @param slopeFinite slope of log mean loss over all finite losses, certified or not
 * @param slopeWorst slope with each failure as the worst finite loss of its size
 * @param predicted the slope that theory predicts
 * @param judgement how the two compare
 * @param window the sample sizes and fits that the slopes come from
 * @param decayLaw power of n or of log n, see {@link DecayComparison}
 * @param decayReason one sentence with the numbers that decided
 * @param trust the checks
 */
public record RateRow(
        SettingCoordinates setting,
        LossName metric,
        Slopes slopes,
        double slopeFinite,
        double slopeWorst,
        PredictedSlope predicted,
        Judgement judgement,
        Window window,
        DecayLaw decayLaw,
        String decayReason,
        Trust trust) {

    /**
     * What theory says.
     *
     * @param slope the slope that it predicts; {@code NaN} if there is no prediction
     * @param source where the prediction comes from, or why there is none
     * @param status how well the prediction is known: {@code proved-seen}, {@code recalled}, {@code derived} or {@code unknown}
     */
    public record PredictedSlope(double slope, String source, String status) {}

    /**
     * The sample sizes and fits of a rate.
     *
     * @param smallest smallest n
     * @param largest largest n
     * @param sizes number of sample sizes
     * @param seeds number of seeds with a certified loss at any size
     * @param certifiedShare share of all fits that did not fail
     */
    public record Window(int smallest, int largest, int sizes, int seeds, double certifiedShare) {
        /** The window of a fitted rate. */
        static Window of(RateFit fit) {
            List<Integer> sizes = fit.sampleSizes();
            return new Window(
                    sizes.get(0), sizes.get(sizes.size() - 1), sizes.size(), fit.seeds(), fit.certifiedShare());
        }
    }

    /** Slope of log mean loss on log n. */
    public double slope() {
        return slopes.mean().value();
    }

    /** How measured and predicted slope compare. */
    public Verdict verdict() {
        return judgement.verdict();
    }
}
