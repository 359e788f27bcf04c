package dev.ratelab.model;

import dev.ratelab.math.BlockKernels;

/**
 * One block of input rows as columns.
 *
 * @param columns {@code columns[j][row]}: input coordinate {@code j}; each array has {@link #LENGTH} entries of which the
 *     first {@code rows} are data and the rest are zero; shared, not modified
 * @param response {@code response[row]}, laid out like a column; shared, not modified
 * @param rows number of rows in use, 1 to {@link #ROWS}
 */
public record Block(double[][] columns, double[] response, int rows) {

    /** Rows of a full block. */
    public static final int ROWS = BlockKernels.ROWS;

    /** Length of a block array, padded so that all block arrays share one alignment. */
    public static final int LENGTH = ROWS + BlockKernels.PADDING;

    /** A zero-filled array of the length of a block. */
    public static double[] newArray() {
        return new double[LENGTH];
    }
}
