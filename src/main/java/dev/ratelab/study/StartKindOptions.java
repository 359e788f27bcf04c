package dev.ratelab.study;

import dev.ratelab.fit.Estimate;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.Losses;
import dev.ratelab.model.MixtureOfExperts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which losses are measured at what each kind of start alone would have led to: the block {@code start-kinds}.
 *
 * @param metrics names of the losses, at least one
 */
public record StartKindOptions(List<String> metrics) {
    /** The key of the block in a study file. */
    public static final String KEY = "start-kinds";

    /** Key of the names of the losses. */
    public static final String METRICS = "metrics";

    /** What such losses have, for messages. */
    public static final String PURPOSE = "a value for each kind of start";

    public StartKindOptions {
        metrics = List.copyOf(metrics);
        DistanceNames.require(metrics, METRICS, PURPOSE);
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        return Map.of(METRICS, StudyText.list(metrics, StudyText::quoted));
    }

    /**
     * The losses of one fit by the names of {@link Losses#startKindNames}; absent where no start of the kind is certified or the loss is
     * undefined.
     */
    public Map<String, Double> losses(MixtureOfExperts model, Estimate estimate, LossEvaluator evaluator) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (String metric : metrics) {
            put(found, Losses.oracleStart(metric), model, estimate.oracleParameters(), evaluator, metric);
            put(found, Losses.randomStart(metric), model, estimate.randomParameters(), evaluator, metric);
        }
        return found;
    }

    private static void put(
            Map<String, Double> found,
            String name,
            MixtureOfExperts model,
            double[] parameters,
            LossEvaluator evaluator,
            String metric) {
        if (parameters.length > 0) {
            double loss = evaluator.loss(model, model.toAtoms(parameters), metric);
            if (Double.isFinite(loss)) {
                found.put(name, loss);
            }
        }
    }
}
