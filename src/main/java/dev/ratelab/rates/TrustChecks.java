package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The checks of the rates of one setting. Those that are about its fits are the same for every loss. This class is immutable.
 *
 * <table>
 *   <caption>Checks in the order in which a failure is named</caption>
 *   <tr><td>{@link #DEFICIT}</td><td>fails if at some size more than 10 % of the fits are more than .1 nat short of the best
 *     likelihood known for their data ({@link Deficits})</td></tr>
 *   <tr><td>{@link #CERTIFIED}</td><td>fails if at some size fewer than 90 % of the fits are certified</td></tr>
 *   <tr><td>{@link #POPULATIONS}</td><td>fails if the slope over all finite losses, or that with failures as the worst loss of their
 *     size, differs from the slope over certified fits by more than .05 and its uncertainty</td></tr>
 *   <tr><td>{@link #START_RADIUS}</td><td>fails if with start radii times another factor the slope differs by more than .05, or the
 *     losses by more than 22 % on average, and by more than their uncertainty</td></tr>
 *   <tr><td>{@link #VANISHING_WEIGHTS}</td><td>fails if the smallest weight of an expert falls faster than {@code n^-.1} (the whole
 *     interval does), is below .001 in most fits at the largest size, or zero in more than 10 % of them</td></tr>
 *   <tr><td>{@link #SMALL_SIZES}</td><td>fails if without the smallest sizes, up to half of them, the slope differs by more than .05 and
 *     its uncertainty</td></tr>
 *   <tr><td>{@link #PRE_ASYMPTOTIC}</td><td>warns if the slopes of the lower and the upper half differ significantly</td></tr>
 *   <tr><td>{@link #BOUNDS}</td><td>warns if more than 10 % of the certified fits at the largest size are at a bound</td></tr>
 *   <tr><td>{@link #STARTS}</td><td>warns if in more than a third of the certified fits one start alone reached the optimum</td></tr>
 * </table>
 *
 * <p>The three that compare slopes pass only if the whole interval of each difference lies within {@link #SLOPE_MARGIN} (of levels: within
 * {@link StartRadii#LEVEL_MARGIN}); if they neither fail nor pass they are {@code no-power}, which is a warning ({@link Difference#judge}).
 */
final class TrustChecks {
    static final String DEFICIT = "likelihood-deficit";
    static final String CERTIFIED = "certified";
    static final String POPULATIONS = "populations";
    static final String START_RADIUS = "start-radius";
    static final String VANISHING_WEIGHTS = "vanishing-weights";
    static final String SMALL_SIZES = "small-sizes";
    static final String PRE_ASYMPTOTIC = "pre-asymptotic";
    static final String BOUNDS = "bounds";
    static final String STARTS = "starts";

    /** Smallest share of certified fits at any sample size. */
    static final double MIN_CERTIFIED_SHARE = 0.9;

    /** A deficit of this many nats is no rounding: it is a tenth of what moves a likelihood-ratio test. */
    static final double DEFICIT_NATS = 0.1;

    /** Largest share of fits with a deficit at any size. */
    static final double MAX_DEFICIT_SHARE = 0.1;

    /** Difference of two slopes that changes no conclusion. */
    static final double SLOPE_TOLERANCE = 0.05;

    /**
     * What the interval of a difference of slopes may reach for a check to pass. The rates to be told apart, {@code n^-1/2} and {@code
     * n^-1/4}, differ by 1/4: a slope that is moved by less than .1 stays on its own side of the middle between them, which is .125 away.
     */
    static final double SLOPE_MARGIN = 0.1;

    /** Losses that fall as they should with an expert that has vanished. */
    private static final Set<LossName> PREDICTIONS =
            Set.of(LossName.HELLINGER, LossName.REGRESSION_L2, LossName.GATE_L2);

    private static final double MANY_AT_BOUND = 0.1;
    private static final double MANY_SINGLE = 1 / 3.0;

    private final StartRadii startRadii;
    private final TrustCheck deficit;
    private final TrustCheck vanishing;
    private final TrustCheck bounds;
    private final TrustCheck starts;

    /**
     * Judges the fits of a setting.
     *
     * @param fits the fits, sorted by sample size and seed, at least one; not modified
     * @param otherRadii fits of each of the settings that differ in the radius of their starts only, sorted; not modified
     */
    TrustChecks(List<FitRow> fits, List<List<FitRow>> otherRadii) {
        startRadii = new StartRadii(fits, otherRadii);
        SortedMap<Integer, List<FitRow>> bySize =
                fits.stream().collect(Collectors.groupingBy(FitRow::sampleSize, TreeMap::new, Collectors.toList()));
        deficit = deficit(
                bySize, new Deficits(otherRadii.stream().flatMap(List::stream).toList()));
        vanishing = VanishingWeights.check(fits);
        bounds = bounds(bySize);
        starts = starts(fits);
    }

    /**
     * All checks of one loss.
     *
     * @param rate the rate of that loss in this setting
     */
    Trust of(RateFit rate, PopulationSlopes populations) {
        return new Trust(List.of(
                deficit,
                certified(rate),
                populations.check(),
                startRadii.check(rate.metric()),
                PREDICTIONS.contains(rate.metric())
                        ? TrustCheck.notChecked(
                                VANISHING_WEIGHTS, "a loss of predictions does not need the parameters of every expert")
                        : vanishing,
                rate.smallSizes(),
                preAsymptotic(rate),
                bounds,
                starts));
    }

    /** Whether enough fits are certified. */
    static TrustCheck certified(RateFit rate) {
        double share = rate.smallestCertifiedShare();
        return TrustCheck.of(
                CERTIFIED,
                share < MIN_CERTIFIED_SHARE ? CheckStatus.FAILED : CheckStatus.PASSED,
                share,
                share < MIN_CERTIFIED_SHARE
                        ? "only %s of the fits at n = %d are certified, %s are needed"
                        : "%s of the fits at n = %d are certified, the smallest share of all sizes; %s are needed",
                Percent.text(share, 1, MIN_CERTIFIED_SHARE),
                rate.leastCertifiedSize(),
                Percent.text(MIN_CERTIFIED_SHARE, 0));
    }

    private static TrustCheck preAsymptotic(RateFit rate) {
        if (Double.isNaN(rate.curvature().low())) {
            return TrustCheck.notChecked(PRE_ASYMPTOTIC, "no slope");
        }
        return TrustCheck.of(
                PRE_ASYMPTOTIC,
                rate.curved() ? CheckStatus.WARNED : CheckStatus.PASSED,
                rate.slopes().upperHalf() - rate.slopes().lowerHalf(),
                "the slope is %.3f over the smaller and %.3f over the larger sizes; their difference lies in [%.3f,"
                        + " %.3f]",
                rate.slopes().lowerHalf(),
                rate.slopes().upperHalf(),
                rate.curvature().low(),
                rate.curvature().high());
    }

    private static TrustCheck deficit(SortedMap<Integer, List<FitRow>> bySize, Deficits deficits) {
        double worstShare = -1;
        int worstSize = 0;
        double median = 0;
        for (List<FitRow> cell : bySize.values()) {
            double[] known = cell.stream()
                    .mapToDouble(deficits::of)
                    .filter(nats -> !Double.isNaN(nats))
                    .toArray();
            double share =
                    Arrays.stream(known).filter(nats -> nats > DEFICIT_NATS).count() / (double) known.length;
            if (share >= worstShare) {
                worstShare = share;
                worstSize = cell.get(0).sampleSize();
                Arrays.sort(known);
                median = SampleStatistics.quantile(known, 0.5);
            }
        }
        if (worstShare < 0) {
            return TrustCheck.notChecked(DEFICIT, "no fit has a log likelihood");
        }
        return TrustCheck.of(
                DEFICIT,
                worstShare > MAX_DEFICIT_SHARE ? CheckStatus.FAILED : CheckStatus.PASSED,
                worstShare,
                "%s of the fits at n = %d are more than %.1f nat short of the best likelihood known for their data"
                        + " (median %.2g nats), %s may be",
                Percent.text(worstShare, 0, MAX_DEFICIT_SHARE),
                worstSize,
                DEFICIT_NATS,
                median,
                Percent.text(MAX_DEFICIT_SHARE, 0));
    }

    private static TrustCheck bounds(SortedMap<Integer, List<FitRow>> bySize) {
        int largest = bySize.lastKey();
        List<FitRow> certified = bySize.get(largest).stream()
                .filter(row -> row.status().certified())
                .toList();
        if (certified.isEmpty()) {
            return TrustCheck.notChecked(BOUNDS, "no fit at the largest size is certified");
        }
        double share = (double) certified.stream()
                        .filter(row -> !row.certificate().activeBounds().isEmpty())
                        .count()
                / certified.size();
        List<String> names = certified.stream()
                .flatMap(row -> row.certificate().activeBounds().stream())
                .distinct()
                .sorted()
                .toList();
        return TrustCheck.of(
                BOUNDS,
                share > MANY_AT_BOUND ? CheckStatus.WARNED : CheckStatus.PASSED,
                share,
                "%s of the fits at n = %d are at a bound%s",
                Percent.text(share, 0, MANY_AT_BOUND),
                largest,
                names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
    }

    private static TrustCheck starts(List<FitRow> fits) {
        List<FitRow> several = fits.stream()
                .filter(row -> row.status().certified() && row.starts().starts() > 1)
                .toList();
        if (several.isEmpty()) {
            return TrustCheck.notChecked(STARTS, "no certified fit has more than one start");
        }
        double share = (double) several.stream()
                        .filter(row -> row.starts().atOptimum() == 1)
                        .count()
                / several.size();
        return TrustCheck.of(
                STARTS,
                share > MANY_SINGLE ? CheckStatus.WARNED : CheckStatus.PASSED,
                share,
                "in %s of the fits one start alone reached the kept optimum",
                Percent.text(share, 0, MANY_SINGLE));
    }
}
