package dev.ratelab.testing;

import dev.ratelab.data.Truth;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses by the texts of their names. */
public final class LossTexts {
    private LossTexts() {}

    /** The losses of an estimate. */
    public static Map<String, Double> compute(Truth truth, MixtureOfExperts model, List<Atom> estimate) {
        return of(LossEvaluator.of(truth).evaluate(model, estimate).losses());
    }

    /** The same losses in the same order. */
    public static Map<String, Double> of(Map<LossName, Double> losses) {
        Map<String, Double> texts = new LinkedHashMap<>();
        losses.forEach((name, loss) -> texts.put(name.text(), loss));
        return texts;
    }
}
