package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.model.Problem;
import dev.ratelab.run.FitRow;
import dev.ratelab.target.Target;
import dev.ratelab.theory.PredictedExponents;
import dev.ratelab.theory.Prediction;
import java.util.ArrayList;
import java.util.Collection;
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
        Collection<List<FitRow>> settings = Observation.bySetting(fits).values();
        for (List<FitRow> rows : settings) {
            FitRow first = rows.get(0);
            for (FitRow row : rows) {
                requireSameSetting(first, row);
            }
            TrustChecks checks = new TrustChecks(rows, otherRadii(first, settings));
            for (LossName metric : Observation.metrics(rows)) {
                if (metric.descriptive()) {
                    continue;
                }
                List<Observation> observations = Observation.of(rows, metric);
                RateFit fit = RateFit.of(observations, noiseVariance(rows));
                PopulationSlopes populations = PopulationSlopes.of(observations);
                rates.add(row(first, fit, populations, checks, prediction(first, trueExperts, metric)));
            }
        }
        return rates;
    }

    /** The noise variance that a regression was told; 1 where it is estimated. A fit that has failed may have no atoms. */
    private static double noiseVariance(List<FitRow> rows) {
        for (FitRow row : rows) {
            if (row.fitted().problem().equals(Problem.REGRESSION.id())
                    && !row.atoms().isEmpty()) {
                return row.atoms().get(0).variance();
            }
        }
        return 1;
    }

    /** The settings that differ from a setting in the radius of their starts only. */
    private static List<List<FitRow>> otherRadii(FitRow setting, Collection<List<FitRow>> settings) {
        return settings.stream()
                .filter(rows -> sameFamily(rows.get(0), setting)
                        && rows.get(0).fitted().startRadiusFactor()
                                != setting.fitted().startRadiusFactor())
                .toList();
    }

    private static boolean sameFamily(FitRow first, FitRow second) {
        return SettingCoordinates.of(first).sameButForStartRadius(SettingCoordinates.of(second));
    }

    /** What theory says of a loss of a setting, of which one fit is given. */
    static Prediction prediction(FitRow setting, int trueExperts, LossName metric) {
        if (setting.target().equals(Target.PROJECTION)) {
            return Prediction.unknown(
                    "the fit is mis-specified: its loss is a distance from the projection of the truth,"
                            + " the theory covers families that hold the truth");
        }
        if (setting.truthPoint().moved()) {
            return Prediction.unknown(
                    "the truth is the worst case of each sample size: rates predicted for a fixed truth"
                            + " do not say how its errors fall; diagnose --modulus does");
        }
        return PredictedExponents.of(
                setting.fitted().gate(),
                setting.fitted().expert(),
                setting.fitted().problem(),
                setting.fitted().fittedExperts(),
                trueExperts,
                metric);
    }

    private static void requireSameSetting(FitRow first, FitRow row) {
        if (!sameFamily(first, row)
                || first.fitted().startRadiusFactor() != row.fitted().startRadiusFactor()) {
            throw new IllegalArgumentException("fits of setting " + row.setting()
                    + " disagree on gate, expert, problem, number of experts, start radius or path of the truth: n = "
                    + first.sampleSize()
                    + ", seed "
                    + first.seed() + " and n = " + row.sampleSize() + ", seed " + row.seed());
        }
    }

    private static RateRow row(
            FitRow coordinates, RateFit fit, PopulationSlopes populations, TrustChecks checks, Prediction prediction) {
        // Where no population has a slope there is nothing to trust or not.
        boolean anySlope = fit.defined() || Double.isFinite(populations.finite());
        Trust trust = anySlope ? checks.of(fit, populations) : Trust.none();
        Judgement judgement = Judgement.of(fit, prediction, trust);
        return new RateRow(
                SettingCoordinates.of(coordinates),
                fit.metric(),
                fit.slopes(),
                populations.finite(),
                populations.worst(),
                new RateRow.PredictedSlope(prediction.slope(), prediction.source(), prediction.status()),
                judgement,
                RateRow.Window.of(fit),
                fit.decay().law(),
                fit.decay().reason(),
                trust);
    }
}
