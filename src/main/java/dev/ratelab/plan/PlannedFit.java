package dev.ratelab.plan;

import dev.ratelab.run.FitKey;
import java.io.Serializable;

/**
 * A fit that is to be made.
 *
 * @param key its coordinates
 * @param predictedMillis predicted time, milliseconds, positive, see {@link CostModel}
 */
public record PlannedFit(FitKey key, double predictedMillis) implements Serializable {}
