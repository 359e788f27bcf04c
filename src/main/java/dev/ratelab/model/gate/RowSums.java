package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import java.util.Arrays;

/** Weighted sums over the rows of one block, in a fixed order of additions. Not safe for use by several threads. */
final class RowSums {
    private final double[] partial = new double[BlockKernels.HALF];
    private final double[] work = new double[BlockKernels.ROWS];

    /** {@code sum_rows w}. */
    double sum(double[] w) {
        Arrays.fill(partial, 0);
        BlockKernels.add(partial, w);
        return BlockKernels.fold(partial);
    }

    /** {@code sum_rows w x}. */
    double dot(double[] w, double[] x) {
        Arrays.fill(partial, 0);
        BlockKernels.addProduct(partial, w, x);
        return BlockKernels.fold(partial);
    }

    /** Adds {@code sum_rows w x_j x_l} to {@code matrix[at + j][at + l]} for all {@code j} and {@code l}. */
    void addSquares(double[] w, double[][] x, double[][] matrix, int at) {
        for (int j = 0; j < x.length; j++) {
            BlockKernels.multiply(w, x[j], work);
            for (int l = 0; l <= j; l++) {
                addSymmetric(matrix, at + j, at + l, dot(work, x[l]));
            }
        }
    }

    /** Adds a value to an entry and to the one across the diagonal; to a diagonal entry once. */
    static void addSymmetric(double[][] matrix, int a, int b, double value) {
        matrix[a][b] += value;
        if (a != b) {
            matrix[b][a] += value;
        }
    }
}
