/**
 * How far an estimate is from the truth: Voronoi losses between mixing measures, translation-free parameter errors, and
 * distances of predictions.
 *
 * <p>Every loss of this package but the two {@code -unprofiled} ones is invariant under a permutation of the fitted
 * atoms and under the translations of gate parameters that the gate declares as invariances.
 * {@link dev.ratelab.loss.LossName#patterns()} lists all of them.
 */
package dev.ratelab.loss;
