package dev.ratelab.model;

/**
 * One block of input rows as columns.
 *
 * @param columns {@code columns[j][row]}: input coordinate {@code j}; each array has {@link #LENGTH} entries of which the
 *     first {@code rows} are data and the rest are zero; shared, not modified
 * @param response {@code response[row]}, laid out like a column; shared, not modified
 * @param rows number of rows in use, 1 to {@link #ROWS}
 */
public record Block(double[][] columns, double[] response, int rows) {

    /** Rows of a full block. Stored numbers depend on it: part of the format, never tuned by machine. */
    public static final int ROWS = 512;

    /** Half a block: sums add row {@code i} and row {@code i + HALF} in one statement. */
    public static final int HALF = ROWS / 2;

    /**
     * Length of a block array: six more than its rows, so that header and data together are a multiple of 64 bytes and all
     * block arrays share one alignment.
     */
    public static final int LENGTH = ROWS + 6;

    /** A zero-filled array of the length of a block. */
    public static double[] newArray() {
        return new double[LENGTH];
    }
}
