package dev.ratelab.model.gate;

import dev.ratelab.math.Cholesky;
import dev.ratelab.math.Elementary;
import java.util.Arrays;

/**
 * The inverse Cholesky factor {@code R} of a covariance: lower triangular with positive diagonal, {@code R' R} the
 * precision.
 *
 * <p>Its parameters, row by row: {@code R_00; R_10, R_11; ...} with the logarithms of the diagonal in place of the
 * diagonal. A covariance is stored by the entries on and above its diagonal, row by row.
 */
final class TriangularFactor {
    private TriangularFactor() {}

    /** Number of parameters. */
    static int count(int dimension) {
        return dimension * (dimension + 1) / 2;
    }

    /** Index of the parameter in row {@code k} and column {@code j <= k}. */
    static int index(int k, int j) {
        return k * (k + 1) / 2 + j;
    }

    /** {@code R} of parameters that begin at {@code theta[first]}. */
    static double[][] read(double[] theta, int first, int dimension) {
        double[][] factor = new double[dimension][dimension];
        for (int k = 0; k < dimension; k++) {
            for (int j = 0; j <= k; j++) {
                double value = theta[first + index(k, j)];
                factor[k][j] = j == k ? Elementary.exp(value) : value;
            }
        }
        return factor;
    }

    /** The inverse of {@link #read}. */
    static void write(double[][] factor, double[] theta, int first) {
        for (int k = 0; k < factor.length; k++) {
            for (int j = 0; j <= k; j++) {
                theta[first + index(k, j)] = j == k ? Elementary.log(factor[k][k]) : factor[k][j];
            }
        }
    }

    /** The log determinant of {@code R}: the sum of the logarithms on its diagonal. */
    static double logDeterminant(double[] theta, int first, int dimension) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            sum += theta[first + index(k, k)];
        }
        return sum;
    }

    /** {@code R' R}. */
    static double[][] precision(double[][] factor) {
        int dimension = factor.length;
        double[][] precision = new double[dimension][dimension];
        for (int j = 0; j < dimension; j++) {
            for (int l = 0; l < dimension; l++) {
                for (int k = Math.max(j, l); k < dimension; k++) {
                    precision[j][l] += factor[k][j] * factor[k][l];
                }
            }
        }
        return precision;
    }

    /** Stores {@code R^-1 R^-T} from {@code out[first]} on. */
    static void writeCovariance(double[][] factor, double[] out, int first) {
        double[][] cholesky = inverse(factor);
        int at = first;
        for (int j = 0; j < factor.length; j++) {
            for (int l = j; l < factor.length; l++) {
                double sum = 0;
                for (int m = 0; m <= j; m++) {
                    sum += cholesky[j][m] * cholesky[l][m];
                }
                out[at++] = sum;
            }
        }
    }

    /** A stored covariance as a symmetric matrix. */
    static double[][] readCovariance(double[] stored, int first, int dimension) {
        double[][] covariance = new double[dimension][dimension];
        int at = first;
        for (int j = 0; j < dimension; j++) {
            for (int l = j; l < dimension; l++) {
                covariance[j][l] = stored[at];
                covariance[l][j] = stored[at++];
            }
        }
        return covariance;
    }

    /** {@code R} of a covariance; numbers that are not finite if it is not positive definite. */
    static double[][] ofCovariance(double[][] covariance) {
        return Cholesky.lower(covariance).map(TriangularFactor::inverse).orElseGet(() -> {
            double[][] undefined = new double[covariance.length][covariance.length];
            for (double[] row : undefined) {
                Arrays.fill(row, Double.NaN);
            }
            return undefined;
        });
    }

    /** The inverse of a lower triangular matrix. */
    private static double[][] inverse(double[][] lower) {
        int dimension = lower.length;
        double[][] inverse = new double[dimension][dimension];
        for (int j = 0; j < dimension; j++) {
            inverse[j][j] = 1 / lower[j][j];
            for (int k = j + 1; k < dimension; k++) {
                double sum = 0;
                for (int m = j; m < k; m++) {
                    sum += lower[k][m] * inverse[m][j];
                }
                inverse[k][j] = -sum / lower[k][k];
            }
        }
        return inverse;
    }
}
