package dev.ratelab.data;

import dev.ratelab.model.Block;

/**
 * A data set of {@code n} rows {@code (x_1, ..., x_d, y)}, stored as blocks of columns for the kernels. Immutable: the arrays
 * that it hands out are shared and must not be modified.
 */
public final class Sample {
    private final Block[] blocks;
    private final int size;
    private final int dimension;

    private Sample(Block[] blocks, int size, int dimension) {
        this.blocks = blocks;
        this.size = size;
        this.dimension = dimension;
    }

    /**
     * Copies columns into a sample.
     *
     * @param x {@code x[j][row]}: d columns of n rows, d at least 1; not modified
     * @param y n responses; not modified
     * @throws IllegalArgumentException if there is no row, or the columns differ in length
     */
    public static Sample of(double[][] x, double[] y) {
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
            blocks[b] = new Block(columns, slice(y, from, rows), rows);
        }
        return new Sample(blocks, size, x.length);
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
}
