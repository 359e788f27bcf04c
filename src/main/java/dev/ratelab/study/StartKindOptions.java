package dev.ratelab.study;

import dev.ratelab.fit.Estimate;
import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.study.StudyKeys.OfDerived;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which losses are measured at what each kind of start alone would have led to: the block {@code start-kinds}.
 *
 * @param metrics names of the losses, at least one
 */
public record StartKindOptions(List<LossName> metrics) {
    /** What such losses have, for messages. */
    public static final String PURPOSE = "a value for each kind of start";

    public StartKindOptions {
        metrics = List.copyOf(metrics);
        DistanceNames.require(metrics, PURPOSE);
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        return Map.of(OfDerived.METRICS, DistanceNames.text(metrics));
    }

    /**
     * The losses of one fit, of both kinds of start; absent where no start of the kind is certified or the loss is
     * undefined.
     */
    public Map<LossName, Double> losses(MixtureOfExperts model, Estimate estimate, LossEvaluator evaluator) {
        Map<LossName, Double> found = new LinkedHashMap<>();
        for (LossName metric : metrics) {
            put(found, metric.in(Derivation.ORACLE_START), model, estimate.oracleParameters(), evaluator, metric);
            put(found, metric.in(Derivation.RANDOM_START), model, estimate.randomParameters(), evaluator, metric);
        }
        return found;
    }

    private static void put(
            Map<LossName, Double> found,
            LossName name,
            MixtureOfExperts model,
            double[] parameters,
            LossEvaluator evaluator,
            LossName metric) {
        if (parameters.length > 0) {
            double loss = evaluator.loss(model, model.toAtoms(parameters), metric);
            if (Double.isFinite(loss)) {
                found.put(name, loss);
            }
        }
    }
}
