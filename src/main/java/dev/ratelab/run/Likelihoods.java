package dev.ratelab.run;

import java.io.Serializable;

/**
 * Log likelihoods of one data set, sums over rows of {@code log p(y | x)}, nats. Undefined ones are {@code NaN}.
 *
 * @param estimate at the estimate
 * @param oracle best certified end point of the oracle starts
 * @param random best certified end point of the random starts
 * @param uncertifiedGain by how much the best start of any status ended above the kept one, at least 0
 * @param truth at the true parameters
 */
public record Likelihoods(double estimate, double oracle, double random, double uncertifiedGain, double truth)
        implements Serializable {
    /** What is known of a fit that failed. */
    static final Likelihoods UNKNOWN = new Likelihoods(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
