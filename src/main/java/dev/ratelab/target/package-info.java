/**
 * What fits aim at: the truth, or, where the fitted family does not hold it, its projection on that family.
 *
 * <p>Regression: the parameters that minimise {@code E (f_theta(X) - f*(X))^2}; density: those that maximise
 * {@code E log p_theta(Y | X)} under the truth. Both are found and certified as estimates are.
 */
package dev.ratelab.target;
