package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;

/**
 * The log density of one Gaussian, {@code constant - |z|^2 / 2} with {@code z = R y}, {@code y = x - centre}, and its
 * derivatives by centre and parameters of {@code R}. With {@code s = R_kk} for the logarithm of a diagonal entry and
 * {@code s = 1} else,
 *
 * <pre>
 *   d2u/dcentre2              = -R'R
 *   d2u/dcentre_m dR_kj       = s (R_km y_j + z_k 1{m = j})
 *   d2u/dR_kj dR_kl           = -s_j s_l y_j y_l - 1{j = l = k} z_k R_kk y_k    (other rows: 0)
 * </pre>
 *
 * <p>The centre begins at {@code theta[centre]}, the parameters of {@code R} follow.
 */
final class GaussianKernel {
    private GaussianKernel() {}

    /** The log density on a block. */
    static void values(double[] theta, int centre, double constant, Block block, double[] out) {
        int dimension = block.columns().length;
        double[][] factor = TriangularFactor.read(theta, centre + dimension, dimension);
        double[] z = Block.newArray();
        BlockKernels.fill(constant, out);
        for (int k = 0; k < dimension; k++) {
            standardise(factor[k], k, theta, centre, block, z);
            subtractHalfSquare(z, out);
        }
    }

    /** {@code z_k = sum_{j <= k} R_kj (x_j - centre_j)}. */
    private static void standardise(double[] row, int k, double[] theta, int centre, Block block, double[] z) {
        BlockKernels.fill(0, z);
        for (int j = 0; j <= k; j++) {
            addScaledDifference(row[j], block.columns()[j], theta[centre + j], z);
        }
    }

    private static void addScaledDifference(double factor, double[] x, double centre, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] += factor * (x[i] - centre);
        }
    }

    private static void subtractHalfSquare(double[] z, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] -= 0.5 * z[i] * z[i];
        }
    }

    /** Derivatives by the centre, then by the parameters of {@code R}, from {@code columns[at]} on. */
    static void columns(double[] theta, int centre, Block block, double[][] columns, int at) {
        int dimension = block.columns().length;
        double[][] factor = TriangularFactor.read(theta, centre + dimension, dimension);
        int first = at + dimension;
        for (int j = 0; j < dimension; j++) {
            BlockKernels.fill(0, columns[at + j]);
        }
        for (int k = 0; k < dimension; k++) {
            double[] z = columns[first + TriangularFactor.index(k, k)];
            standardise(factor[k], k, theta, centre, block, z);
            for (int j = 0; j <= k; j++) {
                BlockKernels.addScaled(factor[k][j], z, columns[at + j]);
            }
            for (int j = 0; j < k; j++) {
                double[] column = columns[first + TriangularFactor.index(k, j)];
                negatedProduct(z, block.columns()[j], theta[centre + j], 1, 0, column);
            }
            negatedProduct(z, block.columns()[k], theta[centre + k], factor[k][k], 1, z);
        }
    }

    /** {@code out = constant - factor z (x - centre)}. */
    private static void negatedProduct(
            double[] z, double[] x, double centre, double factor, double constant, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = constant - factor * z[i] * (x[i] - centre);
        }
    }

    /** Adds the weighted sum of second derivatives; returns the sum of the weights. */
    static double addCurvature(
            double[] theta, int centre, Block block, double[] weight, RowSums sums, double[][] hessian) {
        int dimension = block.columns().length;
        double[][] factor = TriangularFactor.read(theta, centre + dimension, dimension);
        double[][] y = GateKernels.arrays(dimension);
        double[] first = new double[dimension];
        double[][] second = new double[dimension][dimension];
        for (int j = 0; j < dimension; j++) {
            GateKernels.shift(block.columns()[j], -theta[centre + j], y[j]);
            first[j] = sums.dot(weight, y[j]);
        }
        sums.addSquares(weight, y, second, 0);
        double total = sums.sum(weight);
        double[][] precision = TriangularFactor.precision(factor);
        for (int j = 0; j < dimension; j++) {
            for (int l = 0; l < dimension; l++) {
                hessian[centre + j][centre + l] -= total * precision[j][l];
            }
        }
        for (int k = 0; k < dimension; k++) {
            addRow(factor[k], k, first, second, centre, centre + dimension, hessian);
        }
        return total;
    }

    /**
     * The second derivatives that involve row {@code k} of {@code R}, from weighted sums of {@code y} and {@code y y'}.
     */
    private static void addRow(
            double[] row, int k, double[] first, double[][] second, int centre, int parameters, double[][] hessian) {
        double sumOfZ = 0;
        double sumOfProduct = 0;
        for (int j = 0; j <= k; j++) {
            sumOfZ += row[j] * first[j];
            sumOfProduct += row[j] * second[j][k];
        }
        for (int j = 0; j <= k; j++) {
            int at = parameters + TriangularFactor.index(k, j);
            double scale = j == k ? row[k] : 1;
            for (int m = 0; m <= k; m++) {
                double value = scale * (row[m] * first[j] + (m == j ? sumOfZ : 0));
                RowSums.addSymmetric(hessian, centre + m, at, value);
            }
            for (int l = 0; l <= j; l++) {
                double other = l == k ? row[k] : 1;
                RowSums.addSymmetric(
                        hessian, at, parameters + TriangularFactor.index(k, l), -scale * other * second[j][l]);
            }
        }
        int diagonal = parameters + TriangularFactor.index(k, k);
        hessian[diagonal][diagonal] -= row[k] * sumOfProduct;
    }
}
