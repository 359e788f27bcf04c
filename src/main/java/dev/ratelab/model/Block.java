package dev.ratelab.model;

import dev.ratelab.math.BlockKernels;
import java.io.Serializable;
import java.util.Arrays;

/**
 * One block of input rows as columns.
 *
 * @param columns {@code columns[j][row]}: input coordinate {@code j}; each array has {@link #LENGTH} entries of which the
 *     first {@code rows} are data and the rest are zero; shared, not modified
 * @param response {@code response[row]}, laid out like a column; shared, not modified
 * @param weight {@code weight[row]}: how many observations the row stands for, laid out like a column; shared, not modified
 * @param rows number of rows in use, 1 to {@link #ROWS}
 */
public record Block(double[][] columns, double[] response, double[] weight, int rows) implements Serializable {

    /** Rows of a full block. */
    public static final int ROWS = BlockKernels.ROWS;

    /** Length of a block array, padded so that all block arrays share one alignment. */
    public static final int LENGTH = ROWS + BlockKernels.PADDING;

    private static final double[] ONES = newOnes(ROWS);

    /** A block of rows that stand for one observation each. */
    public Block(double[][] columns, double[] response, int rows) {
        this(columns, response, rows == ROWS ? ONES : newOnes(rows), rows);
    }

    /** A zero-filled array of the length of a block. */
    public static double[] newArray() {
        return new double[LENGTH];
    }

    private static double[] newOnes(int rows) {
        double[] ones = newArray();
        Arrays.fill(ones, 0, rows, 1);
        return ones;
    }
}
