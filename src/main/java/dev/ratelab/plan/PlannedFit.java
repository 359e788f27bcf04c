package dev.ratelab.plan;

import dev.ratelab.run.FitKey;
import java.io.Serializable;
import java.util.List;

/**
 * A fit that is to be made.
 *
 * @param key its coordinates
 * @param predictedMillis predicted time, milliseconds, positive, see {@link CostModel}
 */
public record PlannedFit(FitKey key, double predictedMillis) implements Serializable {

    /** Sum of the predicted times of fits, milliseconds. */
    static double totalMillis(List<PlannedFit> fits) {
        double sum = 0;
        for (PlannedFit fit : fits) {
            sum += fit.predictedMillis;
        }
        return sum;
    }
}
