package dev.ratelab.run;

import dev.ratelab.data.Rows;
import dev.ratelab.fit.Estimator;
import dev.ratelab.loss.Dendrogram;
import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.study.MergeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Losses of one fit after its atoms have been merged. */
final class MergedLosses {
    private MergedLosses() {}

    /**
     * Merges the atoms and measures the losses again. Nothing is fitted again.
     *
     * @param model the fitted family; its gate allows merging
     * @param atoms the estimate; finite
     * @param trueAtoms number of atoms of the target; an estimate of no more than these is left as it is
     * @param evaluator the losses
     * @return the losses after merging; undefined ones are absent
     */
    static Map<LossName, Double> of(
            MergeOptions options,
            MixtureOfExperts model,
            Rows sample,
            List<Atom> atoms,
            int trueAtoms,
            LossEvaluator evaluator) {
        List<Dendrogram.Level> levels = Dendrogram.of(model, atoms);
        Map<LossName, Double> found = new LinkedHashMap<>();
        if (options.to().contains(MergeOptions.TRUE_EXPERTS)) {
            List<Atom> merged =
                    levels.get(Math.max(0, atoms.size() - trueAtoms)).atoms();
            for (LossName metric : options.metrics()) {
                put(found, metric.in(Derivation.MERGED), loss(evaluator, model, merged, metric));
            }
        }
        if (options.to().contains(MergeOptions.DIC)) {
            double[] logLikelihoods = levels.stream()
                    .mapToDouble(level -> logLikelihood(model, sample, level.atoms()))
                    .toArray();
            OptionalInt chosen = Dendrogram.chosen(levels, logLikelihoods, sample.totalWeight());
            if (chosen.isPresent()) {
                List<Atom> merged = levels.get(chosen.getAsInt()).atoms();
                for (LossName metric : options.metrics()) {
                    put(found, metric.in(Derivation.MERGED_BY_CRITERION), loss(evaluator, model, merged, metric));
                }
                found.put(LossName.MERGED_DIC_EXPERTS, (double) merged.size());
            }
        }
        return found;
    }

    private static double logLikelihood(MixtureOfExperts model, Rows sample, List<Atom> atoms) {
        MixtureOfExperts merged = model.withAtoms(atoms.size());
        return Estimator.logLikelihood(merged, sample, merged.toParameters(atoms));
    }

    private static double loss(LossEvaluator evaluator, MixtureOfExperts model, List<Atom> atoms, LossName metric) {
        return evaluator.loss(model.withAtoms(atoms.size()), atoms, metric);
    }

    private static void put(Map<LossName, Double> found, LossName name, double value) {
        if (Double.isFinite(value)) {
            found.put(name, value);
        }
    }
}
