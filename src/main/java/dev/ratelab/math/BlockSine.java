package dev.ratelab.math;

/**
 * Sine and cosine by block.
 *
 * <p>Algorithm: {@code z = k pi / 2 + r} with {@code |r| <= pi / 4}; {@code pi / 2} is split into two heads of 33 bits, whose
 * products with {@code |k| < 2^20} are exact, and a tail (Cody and Waite); polynomials of degree 13 (sine) and 14 (cosine) in
 * {@code r}, interpolants at Chebyshev points with relative errors below 2e-17. Rows with {@code |z| > 2^20} (about
 * 1,048,576) are computed by {@link StrictMath} one by one: the same bits everywhere, but slow.
 */
public final class BlockSine {
    private static final double LARGE = 0x1p20;
    private static final double TWO_OVER_PI = 0.6366197723675814;
    private static final double ROUNDING = 6755399441055744.0;
    private static final double HALF_PI_HEAD = 0x1.921fb544p+0;
    private static final double HALF_PI_MIDDLE = 0x1.0b4611a6p-34;
    private static final double HALF_PI_TAIL = 0x1.3198a2e037073p-69;

    // src/test/python/activation_coefficients.py
    private static final double S0 = -0x1.5555555555555p-3;
    private static final double S1 = 0x1.1111111110bb1p-7;
    private static final double S2 = -0x1.a01a019e8357dp-13;
    private static final double S3 = 0x1.71de37961e4c6p-19;
    private static final double S4 = -0x1.ae600a926c89ap-26;
    private static final double S5 = 0x1.5e0af186af739p-33;
    private static final double C0 = 0x1.5555555555555p-5;
    private static final double C1 = -0x1.6c16c16c16966p-10;
    private static final double C2 = 0x1.a01a019f4e867p-16;
    private static final double C3 = -0x1.27e4fa17a41b4p-22;
    private static final double C4 = 0x1.1eeb68b109173p-29;
    private static final double C5 = -0x1.907d7aebd5e3dp-37;

    private BlockSine() {}

    /**
     * {@code sin z}, {@code cos z}, {@code -sin z}; errors below two units in the last place, also next to the zeros.
     * {@code NaN} for {@code +-Infinity} and {@code NaN}.
     *
     * @param z not modified unless it is {@code value}
     * @param scratch two arrays; modified
     * @param value modified; may be {@code z}
     * @param first modified; {@code null} if not wanted
     * @param second modified; {@code null} if not wanted
     */
    public static void sine(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        double[] sine = scratch[0];
        double[] cosine = scratch[1];
        sineAndCosine(z, sine, cosine);
        if (anyLarge(z)) {
            replaceLarge(z, sine, cosine);
        }
        if (first != null) {
            System.arraycopy(cosine, 0, first, 0, BlockKernels.ROWS);
        }
        if (second != null) {
            BlockKernels.scale(-1, sine, second);
        }
        System.arraycopy(sine, 0, value, 0, BlockKernels.ROWS);
    }

    /** Four loops: in one, the compiler would find too much to vectorise. */
    private static void sineAndCosine(double[] z, double[] sine, double[] cosine) {
        double[] rest = sine;
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double k = (z[i] * TWO_OVER_PI + ROUNDING) - ROUNDING;
            rest[i] = ((z[i] - k * HALF_PI_HEAD) - k * HALF_PI_MIDDLE) - k * HALF_PI_TAIL;
        }
        cosineOfRest(rest, cosine);
        sineOfRest(rest);
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double k = (z[i] * TWO_OVER_PI + ROUNDING) - ROUNDING;
            // k = 2 half + odd and half = 2 m + negative with odd and negative 0 or 1: exact selections by quadrant.
            double half = ((k - 0.5) * 0.5 + ROUNDING) - ROUNDING;
            double odd = k - 2 * half;
            double sign = 1 - 2 * (half - 2 * (((half - 0.5) * 0.5 + ROUNDING) - ROUNDING));
            double s = sine[i];
            double c = cosine[i];
            sine[i] = sign * ((1 - odd) * s + odd * c);
            cosine[i] = sign * ((1 - odd) * c - odd * s);
        }
    }

    private static void sineOfRest(double[] r) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double v = r[i] * r[i];
            double s = S5;
            s = s * v + S4;
            s = s * v + S3;
            s = s * v + S2;
            s = s * v + S1;
            s = s * v + S0;
            r[i] += r[i] * v * s;
        }
    }

    private static void cosineOfRest(double[] r, double[] cosine) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double v = r[i] * r[i];
            double c = C5;
            c = c * v + C4;
            c = c * v + C3;
            c = c * v + C2;
            c = c * v + C1;
            c = c * v + C0;
            double head = 1 - 0.5 * v;
            cosine[i] = head + (((1 - head) - 0.5 * v) + v * v * c);
        }
    }

    private static boolean anyLarge(double[] z) {
        long signs = 0;
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            signs |= Double.doubleToRawLongBits(LARGE - Math.abs(z[i]));
        }
        return signs < 0;
    }

    private static void replaceLarge(double[] z, double[] sine, double[] cosine) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            if (Math.abs(z[i]) > LARGE) {
                sine[i] = StrictMath.sin(z[i]);
                cosine[i] = StrictMath.cos(z[i]);
            }
        }
    }
}
