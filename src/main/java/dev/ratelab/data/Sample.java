package dev.ratelab.data;

import dev.ratelab.model.Block;
import java.util.Optional;

/**
 * A data set of {@code n} rows {@code (x_1, ..., x_d, y)}, stored as blocks of columns for the kernels. Immutable: the arrays
 * that it hands out are shared and must not be modified.
 */
public final class Sample {
    private final Block[] blocks;
    private final int size;
    private final int dimension;
    private final boolean weighted;

    private Sample(Block[] blocks, int size, int dimension, boolean weighted) {
        this.blocks = blocks;
        this.size = size;
        this.dimension = dimension;
        this.weighted = weighted;
    }

    /**
     * Copies columns into a sample whose rows stand for one observation each.
     *
     * @param x {@code x[j][row]}: d columns of n rows, d at least 1; not modified
     * @param y n responses; not modified
     * @throws IllegalArgumentException if there is no row, or the columns differ in length
     */
    public static Sample of(double[][] x, double[] y) {
        return of(x, y, Optional.empty());
    }

    /**
     * Copies columns into a sample whose rows carry weights.
     *
     * @param x {@code x[j][row]}: d columns of n rows, d at least 1; not modified
     * @param y n responses; not modified
     * @param weights {@code weights[row]}: how many observations the row stands for, positive and finite, not necessarily
     *     whole; not modified
     * @throws IllegalArgumentException if there is no row, the columns differ in length, or a weight is not positive and
     *     finite
     */
    public static Sample of(double[][] x, double[] y, double[] weights) {
        if (weights.length != y.length) {
            throw new IllegalArgumentException(
                    "there are " + weights.length + " row weights, the response has " + y.length + " rows");
        }
        for (int row = 0; row < weights.length; row++) {
            if (!(weights[row] > 0 && weights[row] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the weight of row " + row + " is " + weights[row] + "; it must be positive and finite");
            }
        }
        return of(x, y, Optional.of(weights));
    }

    private static Sample of(double[][] x, double[] y, Optional<double[]> weights) {
        int size = y.length;
        if (size == 0 || x.length == 0) {
            throw new IllegalArgumentException("a sample needs at least one row and one input column");
        }
        for (double[] column : x) {
            if (column.length != size) {
                throw new IllegalArgumentException(
                        "an input column has " + column.length + " rows, the response has " + size);
            }
        }
        Block[] blocks = new Block[(size + Block.ROWS - 1) / Block.ROWS];
        for (int b = 0; b < blocks.length; b++) {
            int from = b * Block.ROWS;
            int rows = Math.min(Block.ROWS, size - from);
            double[][] columns = new double[x.length][];
            for (int j = 0; j < x.length; j++) {
                columns[j] = slice(x[j], from, rows);
            }
            double[] response = slice(y, from, rows);
            blocks[b] = weights.isPresent()
                    ? new Block(columns, response, slice(weights.get(), from, rows), rows)
                    : new Block(columns, response, rows);
        }
        return new Sample(blocks, size, x.length, weights.isPresent());
    }

    private static double[] slice(double[] column, int from, int rows) {
        double[] array = Block.newArray();
        System.arraycopy(column, from, array, 0, rows);
        return array;
    }

    /** Number of rows n. */
    public int size() {
        return size;
    }

    /** Number of inputs d. */
    public int dimension() {
        return dimension;
    }

    /** Sum of the weights of the rows: the number of observations that they stand for. */
    public double totalWeight() {
        if (!weighted) {
            return size;
        }
        double sum = 0;
        for (int row = 0; row < size; row++) {
            sum += weight(row);
        }
        return sum;
    }

    /** Whether the rows carry weights of their own; if not, each weighs one. */
    public boolean weighted() {
        return weighted;
    }

    /** Number of blocks; all but the last are full. */
    public int blockCount() {
        return blocks.length;
    }

    /** Block {@code index}, from 0. */
    public Block block(int index) {
        return blocks[index];
    }

    /** Input coordinate {@code j} (from 0) of a row (from 0). */
    public double x(int j, int row) {
        return blocks[row / Block.ROWS].columns()[j][row % Block.ROWS];
    }

    /** Response of a row (from 0). */
    public double y(int row) {
        return blocks[row / Block.ROWS].response()[row % Block.ROWS];
    }

    /** How many observations a row (from 0) stands for. */
    public double weight(int row) {
        return blocks[row / Block.ROWS].weight()[row % Block.ROWS];
    }
}
