/**
 * The gates: the scores {@code u_i(x; theta)}, their derivatives by block, bounds and invariances.
 *
 * <p>Adding the same function of {@code x} to all scores leaves softmax weights {@code exp(u_i) / sum_l exp(u_l)} as they are.
 * Bounds of such gates are therefore on the pairwise differences of their parameters, which neither the choice of the anchor
 * nor the labels of the atoms change.
 */
package dev.ratelab.model.gate;
