/**
 * What a fit maximises, and its derivatives: the log likelihood of the density problem, minus the squared residuals over twice the noise
 * variance in regression, nats.
 *
 * <p>One pass over the rows, in blocks, gives first and second derivatives by the predictors (scores, means, log variances); the families
 * turn them into derivatives by the parameters. Sums form a fixed tree over chunks of rows, so that they have the same bits wherever the
 * rows are.
 */
package dev.ratelab.fit.objective;
