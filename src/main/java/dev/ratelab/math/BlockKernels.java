package dev.ratelab.math;

/**
 * Loops over one block of rows: the only code whose cost grows with the sample size.
 *
 * <p>Each kernel is one short loop with a compile-time bound over arrays that start at index 0, in plain arithmetic, so that the
 * compiler vectorises it and every JVM computes the same bits. Sums are kept as {@link #HALF} partial sums: entry {@code i}
 * collects rows {@code i} and {@code i + HALF} of every block, and {@link #fold} adds the partial sums by halves. The order of
 * additions therefore does not depend on vector width, and errors grow like those of pairwise summation.
 */
public final class BlockKernels {

    /** Rows of a full block. Stored numbers depend on it: part of the format, never tuned by machine. */
    public static final int ROWS = 512;

    /** Half a block: the number of partial sums. */
    public static final int HALF = ROWS / 2;

    /** Padding that makes header and data of a block array together a multiple of 64 bytes. */
    public static final int PADDING = 6;

    private BlockKernels() {}

    /** {@code sums[i] += w[i] + w[i + HALF]}. */
    public static void add(double[] sums, double[] w) {
        for (int i = 0; i < HALF; i++) {
            sums[i] += w[i] + w[i + HALF];
        }
    }

    /** {@code sums[i] += w[i] x[i] + w[i + HALF] x[i + HALF]}. */
    public static void addProduct(double[] sums, double[] w, double[] x) {
        for (int i = 0; i < HALF; i++) {
            sums[i] += w[i] * x[i] + w[i + HALF] * x[i + HALF];
        }
    }

    /** Adds {@code w} and {@code w x} to two sums. */
    public static void addMoments1(double[] sums0, double[] sums1, double[] w, double[] x) {
        for (int i = 0; i < HALF; i++) {
            sums0[i] += w[i] + w[i + HALF];
            sums1[i] += w[i] * x[i] + w[i + HALF] * x[i + HALF];
        }
    }

    /** Adds {@code w}, {@code w x} and {@code w x^2} to three sums. */
    public static void addMoments2(double[] sums0, double[] sums1, double[] sums2, double[] w, double[] x) {
        for (int i = 0; i < HALF; i++) {
            double first = w[i] * x[i];
            double second = w[i + HALF] * x[i + HALF];
            sums0[i] += w[i] + w[i + HALF];
            sums1[i] += first + second;
            sums2[i] += first * x[i] + second * x[i + HALF];
        }
    }

    /** Adds {@code w x} and {@code w y} to two sums. */
    public static void addProducts2(double[] sumsX, double[] sumsY, double[] w, double[] x, double[] y) {
        for (int i = 0; i < HALF; i++) {
            sumsX[i] += w[i] * x[i] + w[i + HALF] * x[i + HALF];
            sumsY[i] += w[i] * y[i] + w[i + HALF] * y[i + HALF];
        }
    }

    /** Adds {@code w x}, {@code w y} and {@code w z} to three sums. */
    public static void addProducts3(
            double[] sumsX, double[] sumsY, double[] sumsZ, double[] w, double[] x, double[] y, double[] z) {
        for (int i = 0; i < HALF; i++) {
            sumsX[i] += w[i] * x[i] + w[i + HALF] * x[i + HALF];
            sumsY[i] += w[i] * y[i] + w[i + HALF] * y[i + HALF];
            sumsZ[i] += w[i] * z[i] + w[i + HALF] * z[i + HALF];
        }
    }

    /** {@code out = a b}. */
    public static void multiply(double[] a, double[] b, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = a[i] * b[i];
        }
    }

    /** {@code out = -a b}. */
    public static void multiplyNegated(double[] a, double[] b, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = -(a[i] * b[i]);
        }
    }

    /** {@code out = a b - c d}. */
    public static void productDifference(double[] a, double[] b, double[] c, double[] d, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = a[i] * b[i] - c[i] * d[i];
        }
    }

    /** {@code out = a - b}. */
    public static void subtract(double[] a, double[] b, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = a[i] - b[i];
        }
    }

    /** {@code out = a - shift}. */
    public static void subtract(double[] a, double shift, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = a[i] - shift;
        }
    }

    /** {@code out = factor a}. */
    public static void scale(double factor, double[] a, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = factor * a[i];
        }
    }

    /** {@code out += factor a}. */
    public static void addScaled(double factor, double[] a, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] += factor * a[i];
        }
    }

    /** {@code out = value} in every row. */
    public static void fill(double value, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = value;
        }
    }

    /** {@code out = max(out, a)}. */
    public static void maximum(double[] a, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = Math.max(out[i], a[i]);
        }
    }

    /** {@code sum += a}. */
    public static void accumulate(double[] a, double[] sum) {
        for (int i = 0; i < ROWS; i++) {
            sum[i] += a[i];
        }
    }

    /** {@code out = 1 / a}. */
    public static void reciprocal(double[] a, double[] out) {
        for (int i = 0; i < ROWS; i++) {
            out[i] = 1 / a[i];
        }
    }

    /**
     * Adds the partial sums by halves: entries {@code i} and {@code i + length / 2}, then half of that, down to one.
     *
     * @param sums the first {@link #HALF} entries are partial sums; destroyed
     */
    public static double fold(double[] sums) {
        // One call a level: lengths known to the compiler make these loops three times as fast as a loop over levels.
        halve(sums, HALF / 2);
        halve(sums, HALF / 4);
        halve(sums, HALF / 8);
        halve(sums, HALF / 16);
        halve(sums, HALF / 32);
        halve(sums, HALF / 64);
        halve(sums, HALF / 128);
        halve(sums, HALF / 256);
        return sums[0];
    }

    private static void halve(double[] sums, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] += sums[i + length];
        }
    }
}
