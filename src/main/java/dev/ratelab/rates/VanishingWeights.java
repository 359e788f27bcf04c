package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.run.FitRow;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the smallest weights tend to zero: then the parameters of their experts are not estimated. The mean of their logarithm
 * is what tells: they range over decades, and their mean is that of the few that do not vanish.
 */
final class VanishingWeights {
    /** Weights that stay away from zero have the slope zero; this allows for small samples. */
    private static final double VANISHING_SLOPE = -0.1;

    /** A weight below this counts as vanished. */
    private static final double VANISHED_WEIGHT = 1e-3;

    private static final double MANY_AT_ZERO = 0.1;

    private VanishingWeights() {}

    /** The check {@link TrustChecks#VANISHING_WEIGHTS} of the fits of a setting, sorted by sample size. */
    static TrustCheck check(List<FitRow> fits) {
        RateFit weights = RateFit.of(Observation.of(fits, LossName.MIN_WEIGHT));
        int largest = fits.get(fits.size() - 1).sampleSize();
        double[] last = fits.stream()
                .filter(row -> row.sampleSize() == largest && row.status().certified())
                .map(row -> row.losses().get(LossName.MIN_WEIGHT))
                .filter(weight -> weight != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (last.length == 0) {
            return TrustCheck.notChecked(
                    TrustChecks.VANISHING_WEIGHTS,
                    "no certified fit at the largest size has the loss " + LossName.MIN_WEIGHT);
        }
        Arrays.sort(last);
        double median = SampleStatistics.quantile(last, 0.5);
        long atGateBound = fits.stream()
                .filter(row -> row.sampleSize() == largest && row.status().certified())
                .filter(row -> row.certificate().activeBounds().contains(ParameterBounds.GATE_BIAS_DIFFERENCE)
                        || row.certificate().activeBounds().contains(ParameterBounds.GATE_WEIGHT_DIFFERENCE))
                .count();
        long gone = Arrays.stream(last).filter(weight -> weight == 0).count();
        boolean falls = weights.slopes().meanLog().high() < VANISHING_SLOPE || gone > MANY_AT_ZERO * last.length;
        return TrustCheck.of(
                TrustChecks.VANISHING_WEIGHTS,
                falls || median < VANISHED_WEIGHT ? CheckStatus.FAILED : CheckStatus.PASSED,
                weights.defined() ? weights.slopes().meanLog().value() : median,
                "the log of the smallest weight of an expert has the slope %.3f in [%.3f, %.3f] and the median %.2g at"
                        + " n = %d, where %s of the fits are at a bound of the gate",
                weights.slopes().meanLog().value(),
                weights.slopes().meanLog().low(),
                weights.slopes().meanLog().high(),
                median,
                largest,
                Percent.text((double) atGateBound / last.length, 0));
    }
}
