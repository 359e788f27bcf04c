package dev.ratelab.math;

import java.util.Optional;

/** The Cholesky factor of a small matrix and its linear systems, in plain arithmetic with a fixed order of sums. */
public final class Cholesky {
    private Cholesky() {}

    /**
     * The lower triangular {@code L} with {@code L L' = A} and a positive diagonal.
     *
     * @param matrix {@code A}, symmetric, d rows of d numbers; only its lower triangle is read; not modified
     * @return {@code [row][column]}, zero above the diagonal; empty if a pivot is not positive or not finite: then
     *     {@code A} is not positive definite to working precision
     */
    public static Optional<double[][]> lower(double[][] matrix) {
        int size = matrix.length;
        double[][] lower = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double rest = matrix[row][column];
                for (int k = 0; k < column; k++) {
                    rest -= lower[row][k] * lower[column][k];
                }
                if (column < row) {
                    lower[row][column] = rest / lower[column][column];
                } else if (rest > 0 && rest < Double.POSITIVE_INFINITY) {
                    lower[row][row] = Math.sqrt(rest);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(lower);
    }

    /**
     * Solves {@code L L' x = b} by substitution, forward and backward.
     *
     * @param lower the factor {@code L}; not modified
     * @param right {@code b}, d numbers; not modified
     * @return {@code x}: a new array
     */
    public static double[] solve(double[][] lower, double[] right) {
        double[] x = right.clone();
        for (int row = 0; row < x.length; row++) {
            for (int k = 0; k < row; k++) {
                x[row] -= lower[row][k] * x[k];
            }
            x[row] /= lower[row][row];
        }
        for (int row = x.length - 1; row >= 0; row--) {
            for (int k = row + 1; k < x.length; k++) {
                x[row] -= lower[k][row] * x[k];
            }
            x[row] /= lower[row][row];
        }
        return x;
    }
}
