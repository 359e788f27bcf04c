/**
 * Counter-based random numbers: every number is a pure function of (key, purpose, row, variate), so it does not depend
 * on the order or the machine in which numbers are made.
 *
 * <p>A 128-bit key comes from SHA-256 of a canonical text; {@link dev.ratelab.random.Philox} turns key and counter into
 * bits; {@link dev.ratelab.random.NormalQuantile} turns uniform numbers into normal ones and
 * {@link dev.ratelab.random.Quantiles} into those of other laws.
 */
package dev.ratelab.random;
