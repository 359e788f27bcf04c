package dev.ratelab.study;

import java.io.Serializable;

/**
 * A fit that is to be made.
 *
 * @param key its coordinates
 * @param predictedCost predicted cost in arbitrary units, positive, see {@link Plan}
 */
public record PlannedFit(FitKey key, double predictedCost) implements Serializable {}
