package dev.ratelab.rates;

import dev.ratelab.loss.Losses;
import dev.ratelab.study.FitRow;
import dev.ratelab.theory.PredictedExponents;
import dev.ratelab.theory.Prediction;
import java.util.ArrayList;
import java.util.List;

/** Convergence rates of every loss of every setting. This class is thread-safe. */
public final class Rates {
    private Rates() {}

    /**
     * Fits and judges the rate of every loss of every setting.
     *
     * @param fits in any order; the result has the same bits for each. Not modified
     * @param trueExperts number of true atoms k*, at least 1
     * @return sorted by setting, then by loss in the order of its first appearance in the fits sorted by sample size
     *     and seed
     * @throws IllegalArgumentException if two fits have the same setting, sample size and seed, or fits of one setting
     *     disagree on gate, expert, problem or number of experts
     */
    public static List<RateRow> compute(List<FitRow> fits, int trueExperts) {
        List<RateRow> rates = new ArrayList<>();
        for (List<FitRow> rows : Observation.bySetting(fits).values()) {
            FitRow first = rows.get(0);
            for (FitRow row : rows) {
                requireSameSetting(first, row);
            }
            for (String metric : Observation.metrics(rows)) {
                if (Losses.descriptive(metric)) {
                    continue;
                }
                RateFit fit = RateFit.of(Observation.of(rows, metric));
                rates.add(row(first, fit, prediction(first, trueExperts, metric)));
            }
        }
        return rates;
    }

    /** What theory says of a loss of a setting, of which one fit is given. */
    static Prediction prediction(FitRow setting, int trueExperts, String metric) {
        if (setting.target().equals(FitRow.PROJECTION)) {
            return Prediction.unknown(
                    "the fit is mis-specified: its loss is a distance from the projection of the truth,"
                            + " the theory covers families that hold the truth");
        }
        return PredictedExponents.of(
                setting.gate(), setting.expert(), setting.problem(), setting.fittedExperts(), trueExperts, metric);
    }

    private static void requireSameSetting(FitRow first, FitRow row) {
        if (!first.gate().equals(row.gate())
                || !first.expert().equals(row.expert())
                || !first.problem().equals(row.problem())
                || first.fittedExperts() != row.fittedExperts()) {
            throw new IllegalArgumentException("fits of setting " + row.setting()
                    + " disagree on gate, expert, problem or number of experts: n = " + first.sampleSize() + ", seed "
                    + first.seed() + " and n = " + row.sampleSize() + ", seed " + row.seed());
        }
    }

    private static RateRow row(FitRow coordinates, RateFit fit, Prediction prediction) {
        Judgement judgement = Judgement.of(fit, prediction);
        List<Integer> sizes = fit.sampleSizes();
        return new RateRow(
                fit.setting(),
                coordinates.gate(),
                coordinates.expert(),
                coordinates.problem(),
                coordinates.fittedExperts(),
                fit.metric(),
                fit.slope(),
                fit.slopeLow(),
                fit.slopeHigh(),
                fit.slopeMedian(),
                fit.slopeMeanLog(),
                prediction.slope(),
                prediction.source(),
                prediction.status(),
                judgement.verdict(),
                judgement.reason(),
                sizes.get(0),
                sizes.get(sizes.size() - 1),
                sizes.size(),
                fit.seeds(),
                fit.certifiedShare(),
                fit.slopeWithoutSmallest(),
                fit.lowerHalfSlope(),
                fit.upperHalfSlope(),
                fit.localSlopes(),
                fit.interceptLog());
    }
}
