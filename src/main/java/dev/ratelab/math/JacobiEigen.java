package dev.ratelab.math;

import java.util.Arrays;

/** Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, section 8.5). */
public final class JacobiEigen {
    private static final int MAX_SWEEPS = 60;

    private JacobiEigen() {}

    /**
     * Diagonalises a symmetric matrix.
     *
     * @param matrix symmetric and finite; on return the eigenvalues are on the diagonal, in no particular order
     * @param eigenvectors one row for each eigenvalue, replaced by orthonormal eigenvectors
     */
    public static void diagonalise(double[][] matrix, double[][] eigenvectors) {
        int size = matrix.length;
        for (int i = 0; i < size; i++) {
            eigenvectors[i] = new double[size];
            Arrays.fill(eigenvectors[i], 0);
            eigenvectors[i][i] = 1;
        }
        boolean rotated = true;
        for (int sweep = 0; sweep < MAX_SWEEPS && rotated; sweep++) {
            rotated = false;
            for (int p = 0; p < size - 1; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotated |= rotate(matrix, eigenvectors, p, q);
                }
            }
        }
    }

    /** Makes one off-diagonal entry zero; false if it is rounding already. */
    private static boolean rotate(double[][] matrix, double[][] eigenvectors, int p, int q) {
        double entry = matrix[p][q];
        double scale = Math.abs(matrix[p][p]) + Math.abs(matrix[q][q]);
        if (Math.abs(entry) <= 0x1p-54 * scale || Math.abs(entry) < Double.MIN_NORMAL) {
            return false;
        }
        double ratio = (matrix[q][q] - matrix[p][p]) / (2 * entry);
        double tangent = 1 / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
        tangent = ratio < 0 ? -tangent : tangent;
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        for (int i = 0; i < matrix.length; i++) {
            double left = matrix[i][p];
            double right = matrix[i][q];
            matrix[i][p] = cosine * left - sine * right;
            matrix[i][q] = sine * left + cosine * right;
        }
        rotateRows(matrix, p, q, cosine, sine);
        rotateRows(eigenvectors, p, q, cosine, sine);
        matrix[p][q] = 0;
        matrix[q][p] = 0;
        return true;
    }

    private static void rotateRows(double[][] matrix, int p, int q, double cosine, double sine) {
        for (int i = 0; i < matrix.length; i++) {
            double left = matrix[p][i];
            double right = matrix[q][i];
            matrix[p][i] = cosine * left - sine * right;
            matrix[q][i] = sine * left + cosine * right;
        }
    }
}
