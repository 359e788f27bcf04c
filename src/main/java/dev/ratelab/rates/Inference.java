package dev.ratelab.rates;

import dev.ratelab.study.TruthPoint;
import java.util.List;

/**
 * What stands beside the slope of a rate, and whether to trust it. Undefined numbers are {@code NaN}.
 *
 * @param startRadiusFactor what the radii of the starts near the truth were multiplied by; 1 in a base setting
 * @param truthPath where the truth is at each sample size, {@code fixed} or a worst-case path
 * @param slopeMeanLogLow lower end of the 95 % interval of the slope of mean log loss
 * @param slopeMeanLogHigh upper end
 * @param ratioSlope slope of log mean loss on {@code log(n / log n)}
 * @param ratioSlopeLow lower end of its 95 % interval
 * @param ratioSlopeHigh upper end
 * @param slopeFinite slope of log mean loss over all finite losses, certified or not
 * @param slopeWorst slope with each failure as the worst finite loss of its size
 * @param slopesWithoutSmallest element j is the slope without the {@code j + 1} smallest sizes
 * @param decayLaw power of n or of log n, see {@link DecayComparison}
 * @param decayReason one sentence with the numbers that decided
 * @param trust the checks
 */
public record Inference(
        double startRadiusFactor,
        String truthPath,
        double slopeMeanLogLow,
        double slopeMeanLogHigh,
        double ratioSlope,
        double ratioSlopeLow,
        double ratioSlopeHigh,
        double slopeFinite,
        double slopeWorst,
        List<Double> slopesWithoutSmallest,
        DecayLaw decayLaw,
        String decayReason,
        Trust trust) {

    public Inference {
        slopesWithoutSmallest = List.copyOf(slopesWithoutSmallest);
    }

    /** What is known of a rate that was stored before there were checks. */
    public static Inference unknown() {
        double nan = Double.NaN;
        return new Inference(
                1,
                TruthPoint.FIXED.path(),
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                List.of(),
                DecayLaw.UNDEFINED,
                "not computed",
                Trust.none());
    }
}
