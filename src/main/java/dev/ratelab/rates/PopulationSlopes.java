package dev.ratelab.rates;

import java.util.List;

/**
 * Slopes of the three populations of fits: if they disagree, the slope is a matter of which fits count.
 *
 * @param finite slope over all finite losses; {@code NaN} if undefined
 * @param worst slope with each failure as the worst finite loss of its size; {@code NaN} if undefined
 * @param check whether they agree with that of the certified fits
 */
record PopulationSlopes(double finite, double worst, TrustCheck check) {

    static PopulationSlopes of(List<Observation> observations) {
        LossTable table = LossTable.of(observations);
        double[] logSizes = table.logSizes();
        Jackknife certified = fit(table, logSizes, Population.CERTIFIED);
        Jackknife finite = fit(table, logSizes, Population.FINITE);
        Jackknife worst = fit(table, logSizes, Population.FAILURES_AS_WORST);
        return new PopulationSlopes(slope(finite), slope(worst), check(certified, finite, worst));
    }

    /** The line of a population; null if it has too few sizes or losses for one. */
    private static Jackknife fit(LossTable table, double[] logSizes, Population population) {
        if (logSizes.length < RateFit.MIN_SIZES) {
            return null;
        }
        double[][] losses = table.losses(table.allSeeds(), population);
        if (!RateFit.hasEnough(losses)) {
            return null;
        }
        Jackknife fit = Jackknife.of(logSizes, losses);
        return Double.isFinite(fit.law().line().slope()) ? fit : null;
    }

    private static double slope(Jackknife fit) {
        return fit == null ? Double.NaN : fit.law().line().slope();
    }

    private static TrustCheck check(Jackknife certified, Jackknife finite, Jackknife worst) {
        if (certified == null || finite == null || worst == null) {
            return TrustCheck.notChecked(TrustChecks.POPULATIONS, "a population of fits has no slope");
        }
        Difference byFinite = finite.minus(certified, law -> law.line().slope());
        Difference byWorst = worst.minus(certified, law -> law.line().slope());
        if (!byFinite.defined() || !byWorst.defined()) {
            return TrustCheck.notChecked(
                    TrustChecks.POPULATIONS, "a population of fits has a slope without an interval");
        }
        CheckStatus status = CheckStatus.worse(
                byFinite.judge(TrustChecks.SLOPE_TOLERANCE, TrustChecks.SLOPE_MARGIN),
                byWorst.judge(TrustChecks.SLOPE_TOLERANCE, TrustChecks.SLOPE_MARGIN));
        return TrustCheck.of(
                TrustChecks.POPULATIONS,
                status,
                Math.abs(byFinite.value()) > Math.abs(byWorst.value()) ? byFinite.value() : byWorst.value(),
                "the slope is %.3f over certified fits, %.3f over all finite ones (difference +- %.3f), %.3f with"
                        + " failures as the worst of their size (+- %.3f)",
                slope(certified),
                slope(finite),
                byFinite.halfWidth(),
                slope(worst),
                byWorst.halfWidth());
    }
}
