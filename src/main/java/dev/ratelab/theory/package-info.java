/**
 * What theory predicts: exponents of convergence with their source and with how well that source is known.
 *
 * <p>A loss {@code L} that falls like {@code n^-e}, up to powers of {@code log n}, is a line of slope {@code -e} in
 * {@code log L} against {@code log n}; predictions are given as that slope.
 */
package dev.ratelab.theory;
