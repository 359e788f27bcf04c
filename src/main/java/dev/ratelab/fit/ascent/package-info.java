/**
 * How a fit climbs from a start to a certified point: starts, EM and Gauss-Newton as warm-up, Newton steps with their radius, shortcuts
 * over condensed rows, the rule that ends them, and the certificate of the end point.
 *
 * <p>Every way ends in exactly one {@link dev.ratelab.fit.ascent.FitStatus}; what it is worth is in its {@link
 * dev.ratelab.fit.ascent.Certificate}.
 */
package dev.ratelab.fit.ascent;
