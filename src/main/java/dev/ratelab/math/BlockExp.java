package dev.ratelab.math;

/**
 * The exponential function of a block of arguments at most zero, as needed for softmax weights after the maximum is
 * subtracted.
 *
 * <p>Algorithm: {@code x = k log 2 + r} with {@code |r| <= log(2) / 2}; {@code k} is rounded by adding {@code 1.5 * 2^52};
 * {@code log 2} is split into a head of 35 bits, which makes {@code k * head} exact, and a tail (Cody and Waite);
 * {@code e^r = 1 + r + r^2 q(r)} with {@code q} the degree-9 interpolant at Chebyshev points (relative error below 4e-18);
 * the factor {@code 2^k} is added to the exponent bits. The bit operations stand in a loop of their own: in one loop with the
 * polynomial they would stop the compiler from vectorising it.
 *
 * <p>Error below one unit in the last place on {@code [-708, 0]}. Below -708 the result is {@code e^-708}, about 3.3e-308,
 * not zero; {@code NaN} stays {@code NaN}. Arguments up to 709 are valid.
 */
public final class BlockExp {
    private static final double SMALLEST_ARGUMENT = -708;
    private static final double INVERSE_LOG_2 = 1.4426950408889634;
    private static final double ROUNDING = 6755399441055744.0;
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

    private static void polynomial(double[] a, double[] shift, double[] power, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = Math.max(a[i] - shift[i], SMALLEST_ARGUMENT);
            double t = x * INVERSE_LOG_2 + ROUNDING;
            double k = t - ROUNDING;
            double r = x - k * LOG_2_HEAD - k * LOG_2_TAIL;
            double q = Q9;
            q = q * r + Q8;
            q = q * r + Q7;
            q = q * r + Q6;
            q = q * r + Q5;
            q = q * r + Q4;
            q = q * r + Q3;
            q = q * r + Q2;
            q = q * r + Q1;
            q = q * r + Q0;
            power[i] = t;
            out[i] = 1 + (r + r * r * q);
        }
    }

    private static void scaleByPowerOfTwo(double[] power, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            out[i] = Double.longBitsToDouble(
                    Double.doubleToRawLongBits(out[i]) + (Double.doubleToRawLongBits(power[i]) << MANTISSA_BITS));
        }
    }
}
