/**
 * Estimators and what they report.
 *
 * <p>Density problems maximise the observed log-likelihood {@code sum_j log p(y_j | x_j)}, regression problems minimise
 * {@code sum_j (y_j - f_G(x_j))^2}; EM for the mixture does not compute the second. A fit warms up from each start, is polished
 * by safeguarded Newton steps, and is certified by the predicted gain {@code g' H^-1 g / 2} of a Newton step on the free space
 * (nats). Every fit ends in exactly one {@link dev.ratelab.fit.ascent.FitStatus}; none is redrawn.
 */
package dev.ratelab.fit;
