package dev.ratelab.study;

import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.StartOptions;
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
    static final String KEY = "start-kinds";

    private static final String METRICS = "metrics";
    private static final String PURPOSE = "a value for each kind of start";

    public StartKindOptions {
        metrics = List.copyOf(metrics);
        DistanceNames.require(metrics, METRICS, PURPOSE);
    }

    /**
     * Reads the block. Default: the loss {@code D1}.
     *
     * @param starts the starts of every fit
     * @throws StudyException if it is refused, or there are not both kinds of starts
     */
    static StartKindOptions read(Node block, StartOptions starts) {
        block.allow(List.of(METRICS));
        if (starts.oracle() == 0 || starts.random() == 0) {
            throw block.refuse("needs starts of both kinds: fit.starts.oracle = " + starts.oracle()
                    + " and fit.starts.random = " + starts.random() + " must both be at least 1");
        }
        return new StartKindOptions(block.find(METRICS)
                .map(node -> DistanceNames.read(node, PURPOSE))
                .orElse(List.of(Losses.D1)));
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        return Map.of(METRICS, StudyText.list(metrics, StudyText::quoted));
    }

    /**
     * The losses of one fit by the names of {@link Losses#startKindNames}; absent where no start of the kind is certified or the loss is
     * undefined.
     */
    Map<String, Double> losses(MixtureOfExperts model, Estimate estimate, LossEvaluator evaluator) {
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
