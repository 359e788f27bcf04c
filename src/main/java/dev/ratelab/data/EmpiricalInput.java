package dev.ratelab.data;

import dev.ratelab.random.Stream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * The rows of a data set: drawn with replacement, each with the same probability (variate 0 of a stream chooses the row), or
 * taken in order from the first.
 */
public final class EmpiricalInput implements InputDistribution {
    /** The name of these inputs in study files. */
    public static final String ID = "empirical";

    /** The most numbers (rows times columns) that a study can hold. */
    public static final int MOST_NUMBERS = 100_000;

    private final double[][] columns;
    private final boolean resample;
    private final String digest;

    private EmpiricalInput(double[][] columns, boolean resample, String digest) {
        this.columns = columns;
        this.resample = resample;
        this.digest = digest;
    }

    /**
     * A data set.
     *
     * @param columns {@code columns[j][row]}: d columns of at least one row, finite; not modified
     * @param resample whether rows are drawn with replacement
     * @throws IllegalArgumentException if there are no rows, the columns differ in length, a number is not finite, or
     *     there are more than {@value #MOST_NUMBERS} of them
     */
    public static EmpiricalInput of(double[][] columns, boolean resample) {
        if (columns.length == 0 || columns[0].length == 0) {
            throw new IllegalArgumentException("empirical inputs need at least one row and one column");
        }
        int rows = columns[0].length;
        if ((long) rows * columns.length > MOST_NUMBERS) {
            throw new IllegalArgumentException(rows + " rows of " + columns.length + " inputs are "
                    + (long) rows * columns.length + " numbers; a study holds at most " + MOST_NUMBERS);
        }
        double[][] copy = new double[columns.length][rows];
        ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES + Double.BYTES * rows * columns.length)
                .putInt(rows)
                .putInt(columns.length);
        for (int j = 0; j < copy.length; j++) {
            InputChecks.requireFinite(columns[j]);
            if (columns[j].length != rows) {
                throw new IllegalArgumentException(
                        "column " + (j + 1) + " has " + columns[j].length + " rows, the first has " + rows);
            }
            for (int row = 0; row < rows; row++) {
                copy[j][row] = columns[j][row] + 0.0;
                bytes.putDouble(copy[j][row]);
            }
        }
        return new EmpiricalInput(copy, resample, sha256(bytes.array()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The same rows, drawn with replacement or taken in order. */
    public EmpiricalInput withResample(boolean drawn) {
        return new EmpiricalInput(columns, drawn, digest);
    }

    /** Number of rows of the data set. */
    public int rows() {
        return columns[0].length;
    }

    /** Coordinate {@code j} (from 0) of a row (from 0) of the data set. */
    public double value(int j, int row) {
        return columns[j][row];
    }

    /** Whether rows are drawn with replacement; if not, a sample is the first rows in order. */
    public boolean resample() {
        return resample;
    }

    /**
     * SHA-256, as 64 hexadecimal digits, of the number of rows and of columns (32 bits each) and all numbers (64 bits each,
     * column by column), big-endian; negative zero is zero.
     */
    public String digest() {
        return digest;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public OptionalInt dimension() {
        return OptionalInt.of(columns.length);
    }

    @Override
    public int mostRows() {
        return resample ? Integer.MAX_VALUE : rows();
    }

    @Override
    public int variates(int dimension) {
        return resample ? 1 : 0;
    }

    @Override
    public double[] numbers() {
        double[] numbers = new double[columns.length * rows()];
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(columns[j], 0, numbers, j * rows(), rows());
        }
        return numbers;
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        InputChecks.requireDimension(this, x.length);
        if (sampleSize > mostRows()) {
            throw new IllegalArgumentException("a sample of " + sampleSize + " rows needs more than the " + rows()
                    + " rows of the empirical inputs, which are taken in order");
        }
        for (int i = 0; i < x[0].length; i++) {
            int row = resample ? stream.integer(from + i, firstVariate, rows()) : from + i;
            for (int j = 0; j < x.length; j++) {
                x[j][i] = columns[j][row];
            }
        }
    }
}
