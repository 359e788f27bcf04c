package dev.ratelab.random;

/**
 * The counter-based generator Philox4x64-10: a bijection of 256-bit counters for each 128-bit key.
 *
 * <p>One round maps {@code (c0, c1, c2, c3)} to
 * {@code (hi(M1 c2) ^ c1 ^ k0, lo(M1 c2), hi(M0 c0) ^ c3 ^ k1, lo(M0 c0))}, where {@code hi} and {@code lo} are the
 * halves of the unsigned 128-bit product; the key grows by {@code (W0, W1)} between the ten rounds. Stateless and safe
 * for use by several threads.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>, SC 2011,
 * doi:10.1145/2063384.2063405.
 */
public final class Philox {
    /** Number of 64-bit words of a counter and of a block. */
    public static final int WORDS = 4;

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2E7470EE14C6C93L;
    private static final long MULTIPLIER_1 = 0xCA5A826395121157L;
    private static final long WEYL_0 = 0x9E3779B97F4A7C15L;
    private static final long WEYL_1 = 0xBB67AE8584CAA73BL;

    private Philox() {}

    /**
     * The block of a counter.
     *
     * @param key0 lower word of the key
     * @param key1 upper word of the key
     * @param counter0 lowest word of the counter
     * @param counter1 second word of the counter
     * @param counter2 third word of the counter
     * @param counter3 highest word of the counter
     * @param block the four words of the result, lowest first; modified
     */
    public static void block(
            long key0, long key1, long counter0, long counter1, long counter2, long counter3, long[] block) {
        long k0 = key0;
        long k1 = key1;
        long c0 = counter0;
        long c1 = counter1;
        long c2 = counter2;
        long c3 = counter3;
        for (int round = 0; round < ROUNDS; round++) {
            long high0 = unsignedMultiplyHigh(MULTIPLIER_0, c0);
            long high1 = unsignedMultiplyHigh(MULTIPLIER_1, c2);
            long low0 = MULTIPLIER_0 * c0;
            long low1 = MULTIPLIER_1 * c2;
            c0 = high1 ^ c1 ^ k0;
            c1 = low1;
            c2 = high0 ^ c3 ^ k1;
            c3 = low0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        block[0] = c0;
        block[1] = c1;
        block[2] = c2;
        block[3] = c3;
    }

    /** The upper 64 bits of the product of two unsigned 64-bit numbers. */
    static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
