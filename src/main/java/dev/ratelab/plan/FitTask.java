package dev.ratelab.plan;

import java.io.Serializable;
import java.util.List;

/**
 * Fits that one task makes, one after the other.
 *
 * @param fits at least one
 */
public record FitTask(List<PlannedFit> fits) implements Serializable {

    public FitTask {
        fits = List.copyOf(fits);
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("a task needs at least one fit");
        }
    }

    /** Sum of the predicted times of its fits, milliseconds. */
    public double predictedMillis() {
        return PlannedFit.totalMillis(fits);
    }
}
