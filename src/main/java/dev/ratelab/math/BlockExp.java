package dev.ratelab.math;

/**
 * The exponential function of a block of arguments: at most zero, as needed for softmax weights after the maximum is
 * subtracted ({@link #expOfDifference}), or any ({@link #exp}).
 *
 * <p>Algorithm: {@code x = k log 2 + r} with {@code |r| <= log(2) / 2}; {@code k} is rounded by adding {@code 1.5 * 2^52};
 * {@code log 2} is split into a head of 35 bits, which makes {@code k * head} exact, and a tail (Cody and Waite);
 * {@code e^r = 1 + r + r^2 q(r)} with {@code q} the degree-9 interpolant at Chebyshev points (relative error below 4e-18);
 * the factor {@code 2^k} is added to the exponent bits. The bit operations stand in a loop of their own: in one loop with the
 * polynomial they would stop the compiler from vectorising it.
 *
 * <p>Error below one unit in the last place on {@code [-708, 0]}. Below -708 the result is {@code e^-708}, about 3.3e-308,
 * not zero; {@code NaN} stays {@code NaN}. Arguments up to 709 are valid. {@link #exp} and {@code decay} differ at the ends:
 * they compute the power of two as a number of its own, which is zero below about -708.7 and infinite above about 709.4.
 */
public final class BlockExp {
    /** Largest power of two of {@link #expRelative}; itself one. */
    public static final int RELATIVE_LIMIT = 256;

    private static final double SMALLEST_ARGUMENT = -708;

    /** Its {@code k} is -1023, whose power of two has the bits of zero. */
    private static final double ZERO_ARGUMENT = -709;

    /** Its {@code k} is 1024, whose power of two has the bits of infinity. */
    private static final double INFINITE_ARGUMENT = 709.75;

    private static final double INVERSE_LOG_2 = 1.4426950408889634;
    private static final double ROUNDING = 6755399441055744.0;
    private static final long BITS_OF_ROUNDING = 0x4338000000000000L;
    private static final double LOG_2_HEAD = 0x1.62e42fef8p-1;
    private static final double LOG_2_TAIL = 0x1.1cf79abc9e3b4p-36;
    private static final double Q0 = 0x1.0000000000001p-1;
    private static final double Q1 = 0x1.5555555555556p-3;
    private static final double Q2 = 0x1.5555555553d63p-5;
    private static final double Q3 = 0x1.11111111109b3p-7;
    private static final double Q4 = 0x1.6c16c1788bd90p-10;
    private static final double Q5 = 0x1.a01a01a7c41d5p-13;
    private static final double Q6 = 0x1.a019b90d2ae7ap-16;
    private static final double Q7 = 0x1.71de0dae63bb3p-19;
    private static final double Q8 = 0x1.289185613a3d6p-22;
    private static final double Q9 = 0x1.af38a9b0ec855p-26;
    private static final int MANTISSA_BITS = 52;
    private static final long BITS_OF_ONE = 1023L << MANTISSA_BITS;

    private BlockExp() {}

    /**
     * {@code out = exp(a - shift)} for a block.
     *
     * @param a not modified
     * @param shift not modified
     * @param scratch of a block's length; modified
     * @param out modified; may be {@code a}
     */
    public static void expOfDifference(double[] a, double[] shift, double[] scratch, double[] out) {
        polynomial(a, shift, scratch, out);
        scaleByPowerOfTwo(scratch, out);
    }

    /**
     * {@code exp(a - m)} and {@code exp(b - m)} with the larger {@code m} of {@code a} and {@code b} for a block: one of the two is one, so
     * that a single exponential serves both. The bits are those of {@link #expOfDifference}.
     *
     * @param a modified: {@code exp(a - m)}
     * @param b modified: {@code exp(b - m)}
     * @param power of a block's length; modified
     * @param smaller of a block's length; modified
     */
    public static void expOfPair(double[] a, double[] b, double[] power, double[] smaller) {
        polynomialOfDistance(a, b, power, smaller);
        scaleByPowerOfTwo(power, smaller);
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double first = Signs.notNegative(a[i] - b[i]);
            a[i] = first + (1 - first) * smaller[i];
            b[i] = (1 - first) + first * smaller[i];
        }
    }

    private static void polynomialOfDistance(double[] a, double[] b, double[] power, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = Math.max(-Math.abs(a[i] - b[i]), SMALLEST_ARGUMENT);
            double t = x * INVERSE_LOG_2 + ROUNDING;
            double k = t - ROUNDING;
            double r = x - k * LOG_2_HEAD - k * LOG_2_TAIL;
            power[i] = t;
            out[i] = 1 + (r + r * r * quotient(r));
        }
    }

    /**
     * {@code out = exp(a - reference)} for a block whose differences lie within {@code +-}{@value #RELATIVE_LIMIT} times
     * {@code log 2}, with errors below one unit in the last place; nothing is clamped.
     *
     * @param a not modified
     * @param reference not modified
     * @param scratch of a block's length; modified
     * @param out modified; may be {@code a}
     * @return whether all differences are that small; if not, or if one is {@code NaN}, {@code out} means nothing
     */
    public static boolean expRelative(double[] a, double[] reference, double[] scratch, double[] out) {
        relativePolynomial(a, reference, scratch, out);
        return scaleByModeratePowerOfTwo(scratch, out);
    }

    private static void relativePolynomial(double[] a, double[] reference, double[] power, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = a[i] - reference[i];
            double t = x * INVERSE_LOG_2 + ROUNDING;
            double k = t - ROUNDING;
            double r = x - k * LOG_2_HEAD - k * LOG_2_TAIL;
            power[i] = t;
            out[i] = 1 + (r + r * r * quotient(r));
        }
    }

    /** The bits of {@code t} are those of the rounding constant plus {@code k}: one check of all upper bits serves a block. */
    private static boolean scaleByModeratePowerOfTwo(double[] power, double[] out) {
        long seen = 0;
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            long bits = Double.doubleToRawLongBits(power[i]);
            seen |= bits - (BITS_OF_ROUNDING - RELATIVE_LIMIT);
            out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(out[i]) + (bits << MANTISSA_BITS));
        }
        return (seen & -2L * RELATIVE_LIMIT) == 0;
    }

    private static void polynomial(double[] a, double[] shift, double[] power, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = Math.max(a[i] - shift[i], SMALLEST_ARGUMENT);
            double t = x * INVERSE_LOG_2 + ROUNDING;
            double k = t - ROUNDING;
            double r = x - k * LOG_2_HEAD - k * LOG_2_TAIL;
            power[i] = t;
            out[i] = 1 + (r + r * r * quotient(r));
        }
    }

    private static void scaleByPowerOfTwo(double[] power, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            out[i] = Double.longBitsToDouble(
                    Double.doubleToRawLongBits(out[i]) + (Double.doubleToRawLongBits(power[i]) << MANTISSA_BITS));
        }
    }

    /**
     * {@code out = exp(a)} for a block, of any sign.
     *
     * <p>Error below one unit in the last place on {@code [-708, 709]}. Zero below -708.8, infinite from 709.5 on (from 709.4
     * on it may be), {@code NaN} for {@code NaN}.
     *
     * @param a not modified
     * @param scratch of a block's length; modified
     * @param out modified; may be {@code a}
     */
    public static void exp(double[] a, double[] scratch, double[] out) {
        reduce(a, scratch, out);
        powerOfTwo(scratch);
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            out[i] = scratch[i] * (1 + out[i]);
        }
    }

    /**
     * {@code decay = e} and {@code complement = 1 - e} with {@code e = exp(-factor |a|)} for a block.
     *
     * <p>The complement is computed from {@code e^r - 1}, so that it keeps its relative accuracy where {@code e} is near one.
     * Errors below two units in the last place while {@code factor |a| <= 708}; beyond 708.8 they are 0 and 1, in between
     * {@code e} is below 3.4e-308. {@code NaN} stays {@code NaN}.
     *
     * @param a not modified
     * @param factor at least 0; a power of two, or its product with an entry of {@code a} is rounded
     * @param decay modified; not {@code a}
     * @param complement modified; may be {@code a}
     */
    static void decay(double[] a, double factor, double[] decay, double[] complement) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = Math.max(-factor * Math.abs(a[i]), ZERO_ARGUMENT);
            double t = x * INVERSE_LOG_2 + ROUNDING;
            double k = t - ROUNDING;
            double r = x - k * LOG_2_HEAD - k * LOG_2_TAIL;
            decay[i] = t;
            complement[i] = r + r * r * quotient(r);
        }
        powerOfTwo(decay);
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double power = decay[i];
            double minusOne = complement[i];
            decay[i] = power * (1 + minusOne);
            complement[i] = (1 - power) - power * minusOne;
        }
    }

    private static void reduce(double[] a, double[] power, double[] minusOne) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = Math.min(Math.max(a[i], ZERO_ARGUMENT), INFINITE_ARGUMENT);
            double t = x * INVERSE_LOG_2 + ROUNDING;
            double k = t - ROUNDING;
            double r = x - k * LOG_2_HEAD - k * LOG_2_TAIL;
            power[i] = t;
            minusOne[i] = r + r * r * quotient(r);
        }
    }

    /** {@code (e^r - 1 - r) / r^2} for {@code |r| <= log(2) / 2}. */
    private static double quotient(double r) {
        double q = Q9;
        q = q * r + Q8;
        q = q * r + Q7;
        q = q * r + Q6;
        q = q * r + Q5;
        q = q * r + Q4;
        q = q * r + Q3;
        q = q * r + Q2;
        q = q * r + Q1;
        return q * r + Q0;
    }

    /** Turns {@code k + 1.5 * 2^52} into {@code 2^k}; -1023 gives 0 and 1024 gives infinity. */
    private static void powerOfTwo(double[] power) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            power[i] = Double.longBitsToDouble((Double.doubleToRawLongBits(power[i]) << MANTISSA_BITS) + BITS_OF_ONE);
        }
    }
}
