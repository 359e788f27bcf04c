/**
 * Numeric kernels that know nothing of models: elementary functions, log-sum-exp, small linear algebra, sums.
 *
 * <p>Everything here gives the same bits on every JVM and CPU: it uses only {@code + - * /}, square roots and integer bit
 * operations, sums in a fixed order, and is the only package that may call {@link java.lang.StrictMath}. {@code Math.exp} and
 * its like may differ between JVMs and are used nowhere. Log-sum-exp is {@code m + log sum_i exp(a_i - m)} with
 * {@code m = max_i a_i}. {@link dev.ratelab.math.Activation} and the classes {@code Block...} evaluate elementary functions for
 * the {@link dev.ratelab.math.BlockKernels#ROWS} rows of a block.
 */
package dev.ratelab.math;
