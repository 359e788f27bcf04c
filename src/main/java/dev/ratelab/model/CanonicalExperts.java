package dev.ratelab.model;

/**
 * True experts for studies that give no numbers.
 *
 * @param parameters {@code [atom][parameter of the atom]}, well-conditioned for inputs as in {@link Gate#canonical}; no two atoms have
 *     the same mean
 * @param variance noise variance that goes with them in the density problem, in squared units of the means: small enough to tell the
 *     means apart
 */
public record CanonicalExperts(double[][] parameters, double variance) {}
