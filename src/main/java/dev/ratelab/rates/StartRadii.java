package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.Elementary;
import dev.ratelab.run.FitRow;
import java.util.List;

/**
 * The check {@link TrustChecks#START_RADIUS}: it compares with the same fits from other start radii. The data are the same, so each seed
 * is compared with itself.
 *
 * @param fits the fits of a setting, sorted by sample size and seed, at least one; not modified
 * @param others fits of each of the settings that differ in the radius of their starts only, sorted; not modified
 */
record StartRadii(List<FitRow> fits, List<List<FitRow>> others) {
    /** Difference of mean log losses that changes no conclusion. */
    private static final double LEVEL_TOLERANCE = 0.2;

    /**
     * What the interval of a difference of mean log losses may reach for a check to pass: a shift of .4 at one end of two decades of n moves
     * a slope by {@code .4 / log 100 = .087}, less than {@link TrustChecks#SLOPE_MARGIN}.
     */
    static final double LEVEL_MARGIN = 0.4;

    /** The check of one loss. */
    TrustCheck check(LossName metric) {
        if (fits.get(0).fitted().startRadiusFactor() != 1) {
            return TrustCheck.notChecked(
                    TrustChecks.START_RADIUS, "this setting is there to check the one with the factor 1");
        }
        if (others.isEmpty()) {
            return TrustCheck.notChecked(TrustChecks.START_RADIUS, "the study has no grid.start-radius-factors");
        }
        TrustCheck worst = null;
        for (List<FitRow> other : others) {
            TrustCheck check = compare(metric, other);
            if (worst == null || isWorse(check, worst)) {
                worst = check;
            }
        }
        return worst;
    }

    /** Orders results: a failure, what could not be checked, what had no power; then the larger difference. */
    private static boolean isWorse(TrustCheck check, TrustCheck other) {
        int difference = check.status().severity() - other.status().severity();
        return difference == 0 ? Math.abs(check.number()) > Math.abs(other.number()) : difference > 0;
    }

    private TrustCheck compare(LossName metric, List<FitRow> other) {
        double factor = other.get(0).fitted().startRadiusFactor();
        PairedLosses paired = PairedLosses.of(Observation.of(fits, metric), Observation.of(other, metric));
        if (paired.sizes() < RateFit.MIN_SIZES) {
            return TrustCheck.notChecked(
                    TrustChecks.START_RADIUS,
                    "too few fits are certified both at the given radii and at those times " + factor);
        }
        Difference slope = paired.difference(law -> law.line().slope());
        Difference level = paired.difference(law -> SampleStatistics.mean(law.logMeans(), law.logMeans().length));
        if (!slope.defined() || !level.defined()) {
            return TrustCheck.notChecked(TrustChecks.START_RADIUS, "a mean loss has no logarithm");
        }
        CheckStatus bySlope = slope.judge(TrustChecks.SLOPE_TOLERANCE, TrustChecks.SLOPE_MARGIN);
        CheckStatus status = CheckStatus.worse(bySlope, level.judge(LEVEL_TOLERANCE, LEVEL_MARGIN));
        return TrustCheck.of(
                TrustChecks.START_RADIUS,
                status,
                bySlope == status ? slope.value() : level.value(),
                "with start radii times %s the slope changes by %.3f +- %.3f and losses by a factor of %.2f (within +-"
                        + " %s)",
                factor,
                slope.value(),
                slope.halfWidth(),
                Elementary.exp(level.value()),
                Percent.text(Elementary.expm1(level.halfWidth()), 0));
    }
}
