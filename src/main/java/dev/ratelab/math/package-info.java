/**
 * Numeric kernels that know nothing of models: elementary functions, log-sum-exp, small linear algebra, Gauss
 * quadrature, sums.
 *
 * <p>Everything here gives the same bits on every JVM and CPU: it uses only {@code + - * /}, square roots and integer
 * bit operations, sums in a fixed order, and is the only package that may call {@link java.lang.StrictMath}.
 * {@code Math.exp} and its like may differ between JVMs and are used nowhere. Log-sum-exp is
 * {@code m + log sum_i exp(a_i - m)} with {@code m = max_i a_i}. {@link dev.ratelab.math.Activation} and the classes
 * {@code Block...} evaluate elementary functions for the {@link dev.ratelab.math.BlockKernels#ROWS} rows of a block.
 *
 * <h2>Why these are not a library's</h2>
 *
 * <p>Commons Math 3.6.1 is plain Java and gives the same bits everywhere. It makes the QR factors here, the linear
 * systems of EM's expert steps, the nodes over which losses average, and the distributions of {@code rates}. What is
 * kept by hand either fails there on our matrices, or is stored: then a last bit is enough to keep it.
 * <ul>
 *   <li>{@link dev.ratelab.math.SymmetricEigen}: Commons Math's eigenvectors are NaN for 52 of the 3,825 Hessians
 *       that two seeds of the study {@code gaussian-gate-model-4} decompose, with entries of 1e-300 beside others of
 *       1. It does not converge for {@code {{1, 0, e}, {0, 2, e}, {e, e, 3}}} with {@code e = 1e-160}.
 *   <li>{@link dev.ratelab.math.SingularValues}: the smallest of singular values between 1 and 1e-15 is right to
 *       8e-16 of itself, in Commons Math to 1 %. Verdicts on identifiability depend on it, and worst-case truths are
 *       stored.
 *   <li>{@link dev.ratelab.math.NonNegativeLeastSquares}: Commons Math has none.
 *   <li>{@link dev.ratelab.math.Cholesky}: Commons Math multiplies by reciprocals where this divides. Of 2,000
 *       factors 1,462 are equal in two dimensions and 163 in five. Correlated inputs, Gaussian gates and losses are
 *       stored.
 *   <li>{@link dev.ratelab.math.GaussRule}: no rule of 3 to 160 nodes has the bits of Commons Math. Fits to nodes are
 *       stored with these, losses with those; at 64 nodes both are right to 2e-13 of a weight.
 *   <li>{@link dev.ratelab.math.ChiSquare}: 692 of 700 quantiles differ, by up to 1e-9. Radii of identified sets are
 *       stored.
 *   <li>Elementary functions: {@code Math.exp} differs from {@code StrictMath.exp} for one number in ten, and may
 *       differ between JVMs. {@link dev.ratelab.math.BlockExp} takes 4 ns a number, {@code StrictMath} 17,
 *       {@code FastMath} 15.
 *   <li>BLAS: Spark ML and Breeze take theirs by machine; see {@code conf/spark-required.properties}.
 * </ul>
 *
 * <p>So it is with study files, though that is not mathematics: HOCON reads {@code seeds = 20, seeds = 5} as 5, and
 * nothing in a missing {@code include}, without a word. Its library has no switch for either, so the readers refuse
 * both.
 */
package dev.ratelab.math;
