package dev.ratelab.target;

import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import java.util.Optional;

/**
 * What the fits of a setting estimate: the truth, or its {@link Projection} on a family that does not hold it.
 *
 * @param kind {@link #TRUTH} or {@link #PROJECTION}
 * @param status how the search for the projection ended; empty for the truth
 * @param start what near-truth starts are near to
 * @param losses distances from the target; absent if the target was not found
 * @param message what is wrong with the target, for every row; empty if nothing is
 */
public record Target(String kind, String status, Truth start, Optional<LossEvaluator> losses, String message) {
    /** The target of fits whose family holds the truth. */
    public static final String TRUTH = "truth";

    /** The target of other fits: the best approximation of the truth by the fitted family. */
    public static final String PROJECTION = "projection";

    /** The target of a setting at a sample size, on which it depends if the truth moves: a function of study, setting and size only. */
    public static Target of(Study study, Setting setting, int sampleSize) {
        Truth truth = study.truth(setting, sampleSize);
        if (!study.misSpecified(setting)) {
            return new Target(TRUTH, "", truth, Optional.of(LossEvaluator.of(truth)), "");
        }
        Projection projection = Projection.of(
                truth,
                setting.model(truth),
                study.bounds(),
                study.stop(),
                study.grid().nodes());
        if (projection.status() == FitStatus.NON_FINITE) {
            throw new StudyException("the projection of the truth on the fitted family is not finite");
        }
        Truth start = projection.inPlaceOf(truth);
        Optional<LossEvaluator> losses = projection.found()
                ? Optional.of(LossEvaluator.of(truth, start.model(), start.atoms()))
                : Optional.empty();
        return new Target(PROJECTION, projection.outcome(), start, losses, projection.message());
    }
}
