/**
 * Data: the known truth, the distribution of inputs, the law of the noise, the quadrature design, and samples held in columns.
 *
 * <p>{@code x} has {@code d} columns of {@code n} rows, {@code y} has {@code n} rows. A data set depends on the truth, the sample
 * size and the seed only, never on what is fitted to it, so that two estimators see the same data. Rows may be in memory, made anew for
 * each pass, or elsewhere ({@link dev.ratelab.data.Rows}): what is computed from all of them has the same bits.
 */
package dev.ratelab.data;
