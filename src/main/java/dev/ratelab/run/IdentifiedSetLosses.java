package dev.ratelab.run;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.IdentifiedSet;
import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.study.IdentifiedSetOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The radii of the identified set of one fit, as losses of that fit. */
final class IdentifiedSetLosses {
    private IdentifiedSetLosses() {}

    /**
     * Searches for the radius of each metric.
     *
     * @param target where losses are distances from, as starts are
     * @param evaluator the losses
     * @param key key of the fit's random streams
     * @return the losses of the set; the level alone where no radius was found
     */
    static Map<LossName, Double> of(
            IdentifiedSetOptions options,
            MixtureOfExperts model,
            ParameterBounds bounds,
            Rows sample,
            Estimate estimate,
            Truth target,
            LossEvaluator evaluator,
            String key) {
        double nats = options.level().nats(model.freeParameterCount());
        Map<LossName, Double> found = new LinkedHashMap<>();
        for (LossName metric : options.metrics()) {
            // A set for each metric: what the search of one has met must not move that of another.
            Optional<IdentifiedSet.Radius> radius = new IdentifiedSet(model, bounds, sample, estimate, nats)
                    .radius(
                            theta -> evaluator.loss(model, model.toAtoms(theta), metric),
                            target,
                            options.starts(),
                            key);
            radius.ifPresent(largest -> {
                found.put(metric.in(Derivation.IDENTIFIED_SET), largest.loss());
                found.put(metric.in(Derivation.DEFICIT), largest.deficit());
                found.put(metric.in(Derivation.GAIN), largest.gain());
                found.put(metric.in(Derivation.AGREEING), (double) largest.agreeing());
            });
        }
        found.put(LossName.IDENTIFIED_SET_NATS, nats);
        return found;
    }
}
