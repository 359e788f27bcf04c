package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.model.Problem;
import dev.ratelab.study.FitRow;
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
            TrustGates gates = new TrustGates(rows, otherRadii(first, settings));
            for (LossName metric : Observation.metrics(rows)) {
                if (metric.descriptive()) {
                    continue;
                }
                List<Observation> observations = Observation.of(rows, metric);
                RateFit fit = RateFit.of(observations, noiseVariance(rows));
                PopulationSlopes populations = PopulationSlopes.of(observations);
                rates.add(row(first, fit, populations, gates, prediction(first, trueExperts, metric)));
            }
        }
        return rates;
    }

    /** The noise variance that a regression was told; 1 where it is estimated. A fit that has failed may have no atoms. */
    private static double noiseVariance(List<FitRow> rows) {
        for (FitRow row : rows) {
            if (row.problem().equals(Problem.REGRESSION.id()) && !row.atoms().isEmpty()) {
                return row.atoms().get(0).variance();
            }
        }
        return 1;
    }

    /** The settings that differ from a setting in the radius of their starts only. */
    private static List<List<FitRow>> otherRadii(FitRow setting, Collection<List<FitRow>> settings) {
        return settings.stream()
                .filter(rows -> sameFamily(rows.get(0), setting)
                        && rows.get(0).startRadiusFactor() != setting.startRadiusFactor())
                .toList();
    }

    private static boolean sameFamily(FitRow first, FitRow second) {
        return first.gate().equals(second.gate())
                && first.expert().equals(second.expert())
                && first.problem().equals(second.problem())
                && first.fittedExperts() == second.fittedExperts()
                && first.truthPoint().path().equals(second.truthPoint().path());
    }

    /** What theory says of a loss of a setting, of which one fit is given. */
    static Prediction prediction(FitRow setting, int trueExperts, LossName metric) {
        if (setting.target().equals(FitRow.PROJECTION)) {
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
                setting.gate(), setting.expert(), setting.problem(), setting.fittedExperts(), trueExperts, metric);
    }

    private static void requireSameSetting(FitRow first, FitRow row) {
        if (!sameFamily(first, row) || first.startRadiusFactor() != row.startRadiusFactor()) {
            throw new IllegalArgumentException("fits of setting " + row.setting()
                    + " disagree on gate, expert, problem, number of experts, start radius or path of the truth: n = "
                    + first.sampleSize()
                    + ", seed "
                    + first.seed() + " and n = " + row.sampleSize() + ", seed " + row.seed());
        }
    }

    private static RateRow row(
            FitRow coordinates, RateFit fit, PopulationSlopes populations, TrustGates gates, Prediction prediction) {
        // Where no population has a slope there is nothing to trust or not.
        boolean anySlope = fit.defined() || Double.isFinite(populations.finite());
        Trust trust = anySlope ? gates.of(fit, populations) : Trust.none();
        Judgement judgement = Judgement.of(fit, prediction, trust);
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
                fit.interceptLog(),
                new Inference(
                        coordinates.startRadiusFactor(),
                        coordinates.truthPoint().path(),
                        fit.slopeMeanLogLow(),
                        fit.slopeMeanLogHigh(),
                        fit.ratioSlope(),
                        fit.ratioSlopeLow(),
                        fit.ratioSlopeHigh(),
                        populations.finite(),
                        populations.worst(),
                        fit.slopesWithoutSmallest(),
                        fit.decay().law(),
                        fit.decay().reason(),
                        trust));
    }
}
