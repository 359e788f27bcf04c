package dev.ratelab.study;

/**
 * A fit that is to be made.
 *
 * @param key its coordinates
 * @param predictedCost predicted cost in arbitrary units, positive, see {@link Plan}
 */
public record PlannedFit(FitKey key, double predictedCost) {}
