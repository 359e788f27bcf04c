package dev.ratelab.fit.objective;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import java.util.Arrays;

/**
 * The sums {@code sum_n W_n c_a(n) c_b(n)} over all columns {@code a} of one predictor and {@code b} of another: one block of
 * {@code J'WJ}.
 *
 * <p>When both predictors have the same columns the sums are symmetric and only {@code b >= a} are kept.
 */
final class WeightedProducts {
    /** The constant column; compared by reference, so that no product with it is computed. */
    static final double[] ONES = ones();

    private final int rows;
    private final int columns;
    private final boolean symmetric;
    private final double[][] sums;

    WeightedProducts(int rows, int columns, boolean symmetric) {
        this.rows = rows;
        this.columns = columns;
        this.symmetric = symmetric;
        this.sums = new double[symmetric ? rows * (rows + 1) / 2 : rows * columns]
                [BlockKernels.HALF + BlockKernels.PADDING];
    }

    private static double[] ones() {
        double[] array = Block.newArray();
        Arrays.fill(array, 1);
        return array;
    }

    /**
     * Adds one block.
     *
     * @param weight W; not modified
     * @param left columns of the first predictor
     * @param right columns of the second predictor; the same array when symmetric
     * @param scratch modified
     */
    void add(double[] weight, double[][] left, double[][] right, double[] scratch) {
        if (columns == 2 && right[0] == ONES && rows == 2 && symmetric) {
            BlockKernels.addMoments2(sums[0], sums[1], sums[2], weight, right[1]);
            return;
        }
        if (columns == 1 && right[0] == ONES && rows > 1 && left[0] == ONES) {
            BlockKernels.addMoments1(sums[0], sums[1], weight, left[1]);
            for (int a = 2; a < rows; a++) {
                BlockKernels.addProduct(sums[a], weight, left[a]);
            }
            return;
        }
        int index = 0;
        for (int a = 0; a < rows; a++) {
            double[] product = weight;
            if (left[a] != ONES) {
                BlockKernels.multiply(weight, left[a], scratch);
                product = scratch;
            }
            int b = symmetric ? a : 0;
            if (b == 0 && right[0] == ONES) {
                if (columns == 1) {
                    BlockKernels.add(sums[index++], product);
                    continue;
                }
                BlockKernels.addMoments1(sums[index], sums[index + 1], product, right[1]);
                index += 2;
                b = 2;
            }
            addColumns(index, product, right, b);
            index += columns - b;
        }
    }

    /** Adds the products of a weight with the columns from one on to the sums from an index on. */
    private void addColumns(int firstIndex, double[] product, double[][] right, int firstColumn) {
        int index = firstIndex;
        int b = firstColumn;
        for (; b + 3 <= columns; b += 3) {
            BlockKernels.addProducts3(
                    sums[index], sums[index + 1], sums[index + 2], product, right[b], right[b + 1], right[b + 2]);
            index += 3;
        }
        if (b + 2 <= columns) {
            BlockKernels.addProducts2(sums[index], sums[index + 1], product, right[b], right[b + 1]);
        } else if (b < columns) {
            BlockKernels.addProduct(sums[index], product, right[b]);
        }
    }

    /** Sum {@code index} since the sums were last cleared, which it then is. */
    double drain(int index) {
        return Predictor.drain(sums[index]);
    }

    /**
     * Adds the sums to a matrix and clears them.
     *
     * @param leftIndex row of the matrix for each column of the first predictor
     * @param rightIndex column of the matrix for each column of the second
     * @param mirror whether the transposed block is to be added too (the predictors differ)
     * @param matrix modified
     */
    void drainInto(int[] leftIndex, int[] rightIndex, boolean mirror, double[][] matrix) {
        int index = 0;
        for (int a = 0; a < rows; a++) {
            for (int b = symmetric ? a : 0; b < columns; b++) {
                double sum = BlockKernels.fold(sums[index]);
                Arrays.fill(sums[index], 0);
                index++;
                addEntry(leftIndex[a], rightIndex[b], mirror, sum, matrix);
                if (symmetric && a != b) {
                    addEntry(leftIndex[b], rightIndex[a], mirror, sum, matrix);
                }
            }
        }
    }

    private static void addEntry(int row, int column, boolean mirror, double sum, double[][] matrix) {
        matrix[row][column] += sum;
        if (mirror) {
            matrix[column][row] += sum;
        }
    }
}
