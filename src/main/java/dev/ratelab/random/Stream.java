package dev.ratelab.random;

/**
 * A random-access table of independent random numbers with rows and variates (columns). Immutable and safe for use by
 * several threads.
 *
 * <p>The number at {@code (row, variate)} is word {@code row mod 4} of the {@link Philox} block with counter
 * {@code (row div 4, variate, 0, 0)}, so four consecutive rows of a variate cost one block. The methods below read the
 * same word in different forms: a position is used for one of them only.
 */
public final class Stream {
    private static final double UNIT = 0x1p-53;

    private final long key0;
    private final long key1;

    Stream(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /**
     * The 64 random bits of a position.
     *
     * @param row row, at least 0
     * @param variate column, at least 0
     */
    public long bits(long row, int variate) {
        long[] block = new long[Philox.WORDS];
        Philox.block(key0, key1, row >>> 2, variate, 0, 0, block);
        return block[(int) (row & 3)];
    }

    /**
     * A uniform number in the open interval (0, 1): an odd multiple of {@code 2^-53}. All {@code 2^52} of them are
     * equally likely, and {@code 1 - u} is exact and one of them too.
     *
     * @param row row, at least 0
     * @param variate column, at least 0
     */
    public double uniform(long row, int variate) {
        return toUniform(bits(row, variate));
    }

    /**
     * A standard normal number: {@link NormalQuantile} of {@link #uniform}. Its absolute value is at most 8.21.
     *
     * @param row row, at least 0
     * @param variate column, at least 0
     */
    public double normal(long row, int variate) {
        return NormalQuantile.of(uniform(row, variate));
    }

    /**
     * An integer from 0 to {@code bound - 1}: the upper half of the product of {@code bound} and 64 random bits. No
     * probability is off {@code 1 / bound} by more than {@code 2^-64}.
     *
     * @param row row, at least 0
     * @param variate column, at least 0
     * @param bound number of values, at least 1
     */
    public int integer(long row, int variate, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound = " + bound + " must be at least 1");
        }
        return (int) Philox.unsignedMultiplyHigh(bits(row, variate), bound);
    }

    /**
     * Fills {@code out} with {@link #uniform} of the rows {@code fromRow}, {@code fromRow + 1}, ... of one variate.
     *
     * @param out modified
     */
    public void uniforms(long fromRow, int variate, double[] out) {
        long[] block = new long[Philox.WORDS];
        long held = -1;
        for (int i = 0; i < out.length; i++) {
            long row = fromRow + i;
            if (row >>> 2 != held) {
                held = row >>> 2;
                Philox.block(key0, key1, held, variate, 0, 0, block);
            }
            out[i] = toUniform(block[(int) (row & 3)]);
        }
    }

    /**
     * Fills {@code out} with {@link #normal} of the rows {@code fromRow}, {@code fromRow + 1}, ... of one variate.
     *
     * @param out modified
     */
    public void normals(long fromRow, int variate, double[] out) {
        uniforms(fromRow, variate, out);
        NormalQuantile.ofAll(out);
    }

    private static double toUniform(long bits) {
        return ((bits >>> 11) | 1) * UNIT;
    }
}
