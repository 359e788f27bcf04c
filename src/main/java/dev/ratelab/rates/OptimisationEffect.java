package dev.ratelab.rates;

import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rate of a loss would be if one kind of start alone had been made: the slopes of log mean loss on log n of the best certified
 * end points of either kind, on the same data.
 *
 * <p>The difference of the slopes has a jackknife-t interval that leaves a seed out of both. It counts the data sets on which both kinds
 * have a loss, at sizes with at least {@value RateFit#MIN_SEEDS} of them; each slope by itself counts all of its own. Undefined numbers
 * are {@code NaN}.
 *
 * @param coordinates the setting
 * @param metric the loss
 * @param kept the slope of the fits, which keep the best of all starts
 * @param oracle slope of starts near the truth alone
 * @param random slope of starts from the data alone
 * @param difference slope of starts from the data less that of starts near the truth
 * @param differenceLow lower end of its 95 % interval
 * @param differenceHigh upper end
 */
public record OptimisationEffect(
        SettingCoordinates coordinates,
        LossName metric,
        double kept,
        double oracle,
        double random,
        double difference,
        double differenceLow,
        double differenceHigh) {

    /**
     * The effect on one loss in every setting that has stored it for both kinds of start.
     *
     * @param fits in any order; the result has the same bits for each. Not modified
     * @param metric the loss
     * @return sorted by setting; empty if no fit has the loss of both kinds
     */
    public static List<OptimisationEffect> compute(List<FitRow> fits, LossName metric) {
        List<OptimisationEffect> found = new ArrayList<>();
        if (!metric.derivable()) {
            return found;
        }
        LossName oracleMetric = metric.in(Derivation.ORACLE_START);
        LossName randomMetric = metric.in(Derivation.RANDOM_START);
        for (List<FitRow> rows : Observation.bySetting(fits).values()) {
            if (!Observation.metrics(rows).containsAll(List.of(oracleMetric, randomMetric))) {
                continue;
            }
            List<Observation> oracle = Observation.of(rows, oracleMetric);
            List<Observation> random = Observation.of(rows, randomMetric);
            PairedLosses paired = PairedLosses.of(oracle, random);
            Difference difference = paired.sizes() < RateFit.MIN_SIZES
                    ? new Difference(Double.NaN, Double.NaN)
                    : paired.difference(law -> law.line().slope());
            FitRow first = rows.get(0);
            found.add(new OptimisationEffect(
                    SettingCoordinates.of(first),
                    metric,
                    RateFit.of(Observation.of(rows, metric)).slope(),
                    RateFit.of(oracle).slope(),
                    RateFit.of(random).slope(),
                    difference.value(),
                    difference.value() - difference.halfWidth(),
                    difference.value() + difference.halfWidth()));
        }
        return found;
    }
}
