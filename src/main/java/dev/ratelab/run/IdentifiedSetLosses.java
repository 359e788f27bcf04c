package dev.ratelab.run;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.IdentifiedSet;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.Losses;
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
     * @return by the names of {@link Losses#identifiedSetNames}; the level alone where no radius was found
     */
    static Map<String, Double> of(
            IdentifiedSetOptions options,
            MixtureOfExperts model,
            ParameterBounds bounds,
            Rows sample,
            Estimate estimate,
            Truth target,
            LossEvaluator evaluator,
            String key) {
        double nats = options.level().nats(model.freeParameterCount());
        Map<String, Double> found = new LinkedHashMap<>();
        for (String metric : options.metrics()) {
            // A set for each metric: what the search of one has met must not move that of another.
            Optional<IdentifiedSet.Radius> radius = new IdentifiedSet(model, bounds, sample, estimate, nats)
                    .radius(
                            theta -> evaluator.loss(model, model.toAtoms(theta), metric),
                            target,
                            options.starts(),
                            key);
            radius.ifPresent(largest -> {
                String name = Losses.identifiedSet(metric);
                found.put(name, largest.loss());
                found.put(name + Losses.DEFICIT, largest.deficit());
                found.put(name + Losses.GAIN, largest.gain());
                found.put(name + Losses.AGREEING, (double) largest.agreeing());
            });
        }
        found.put(Losses.IDENTIFIED_SET_NATS, nats);
        return found;
    }
}
