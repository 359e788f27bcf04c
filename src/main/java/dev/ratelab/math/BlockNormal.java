package dev.ratelab.math;

/**
 * The Gaussian error linear unit {@code z Phi(z)} (exact, not its hyperbolic-tangent approximation) and its first two
 * derivatives by block; {@code Phi} is the standard normal distribution function and {@code phi} its density.
 *
 * <p>Algorithm: with {@code a = |z|}, {@code Phi(-a) = exp(-a^2 / 2) P(u) / (a + 5)}, where {@code P} is the degree-22
 * interpolant at Chebyshev points in {@code u = 1.25 - 11.25 / (a + 5)} (relative error below 2e-17 for {@code a <= 40}; the
 * substitution follows Shepherd and Laframboise, Math. Comp. 36, 1981). The rounding error of {@code a^2} is found by
 * Dekker's product and put back, so that the relative error does not grow in the tail. {@code Phi} equals
 * {@code (1 + erf(z / sqrt 2)) / 2}.
 */
public final class BlockNormal {
    /** Beyond this argument {@code exp(-z^2 / 2)} counts as zero; it does from 37.7 on. */
    private static final double LARGE = 40;

    /** {@code 2^27 + 1}: splits a number into halves of 26 bits. */
    private static final double SPLITTER = 134217729;

    private static final double INVERSE_ROOT_2_PI = 0.3989422804014327;
    private static final double SHIFT = 5;
    private static final double U_LIMIT = 1.25;
    private static final double U_FACTOR = 11.25;

    // P, lowest degree first: src/test/python/activation_coefficients.py.
    private static final double P0 = 0x1.b30b52fe27788p-1;
    private static final double P1 = -0x1.66a356c45da88p-1;
    private static final double P2 = 0x1.effffeef936bep-2;
    private static final double P3 = -0x1.1ccb5a7d925efp-2;
    private static final double P4 = 0x1.092dacfb3f498p-3;
    private static final double P5 = -0x1.7c6f6bcd468c3p-5;
    private static final double P6 = 0x1.704159f467f15p-7;
    private static final double P7 = -0x1.d3c9e376e91b8p-11;
    private static final double P8 = -0x1.1694e08f4f67dp-11;
    private static final double P9 = 0x1.9ffe8453d2ac3p-13;
    private static final double P10 = 0x1.0e3dfae297eb8p-18;
    private static final double P11 = -0x1.332ea9ae3d6d6p-16;
    private static final double P12 = 0x1.09f21bd4e485ap-19;
    private static final double P13 = 0x1.b5f9bbbb875d7p-20;
    private static final double P14 = -0x1.5166d0301db84p-22;
    private static final double P15 = -0x1.63a57a0503da0p-23;
    private static final double P16 = 0x1.4162146356ee8p-25;
    private static final double P17 = 0x1.4e4d5b70c8eb4p-26;
    private static final double P18 = -0x1.069ff24c3191cp-28;
    private static final double P19 = -0x1.3a19c4ad3384fp-29;
    private static final double P20 = 0x1.4ec21b4f48e07p-32;
    private static final double P21 = 0x1.8afe1c5ce5c26p-33;
    private static final double P22 = -0x1.dc76a950d3b45p-37;

    private BlockNormal() {}

    /**
     * {@code z Phi(z)}, {@code Phi + z phi}, {@code phi (2 - z^2)}; relative errors below 3e-15 but near the zeros of the
     * derivatives at {@code z = -0.752} and {@code |z| = sqrt 2}, where absolute errors are below 3e-16. Where
     * {@code |z| > 37.6}, {@code phi} counts as zero. {@code NaN} stays {@code NaN}.
     *
     * @param z not modified unless it is {@code value}
     * @param scratch three arrays; modified
     * @param value modified; may be {@code z}
     * @param first modified; {@code null} if not wanted
     * @param second modified; {@code null} if not wanted
     */
    public static void gelu(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        double[] density = scratch[0];
        double[] tail = scratch[1];
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double a = Math.min(Math.abs(z[i]), LARGE);
            tail[i] = a * a;
        }
        BlockExp.decay(tail, 0.5, density, tail);
        correctExponential(z, density, tail);
        upperPolynomial(tail, scratch[2]);
        lowerPolynomial(tail, scratch[2]);
        tails(z, scratch[2], density, tail);
        if (first != null) {
            for (int i = 0; i < BlockKernels.ROWS; i++) {
                first[i] = cumulative(z[i], tail[i]) + Math.max(Math.min(z[i], LARGE), -LARGE) * density[i];
            }
        }
        if (second != null) {
            for (int i = 0; i < BlockKernels.ROWS; i++) {
                double a = Math.min(Math.abs(z[i]), LARGE);
                second[i] = density[i] * (2 - a * a);
            }
        }
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            value[i] = Math.max(z[i], -LARGE) * cumulative(z[i], tail[i]);
        }
    }

    /** {@code Phi(z)} from {@code tail = Phi(-|z|)}. */
    private static double cumulative(double z, double tail) {
        double notNegative = Signs.notNegative(z);
        return notNegative - (2 * notNegative - 1) * tail;
    }

    /**
     * Puts the rounding error of {@code z^2} back.
     *
     * @param exponential in: {@code exp} of the rounded {@code -z^2 / 2}; out: {@code exp(-z^2 / 2)}
     * @param u out: the argument of the polynomial
     */
    private static void correctExponential(double[] z, double[] exponential, double[] u) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double a = Math.min(Math.abs(z[i]), LARGE);
            double spread = SPLITTER * a;
            double head = spread - (spread - a);
            double rest = a - head;
            double roundingOfSquare = ((head * head - a * a) + 2 * head * rest) + rest * rest;
            exponential[i] -= exponential[i] * (0.5 * roundingOfSquare);
            u[i] = U_LIMIT - U_FACTOR / (a + SHIFT);
        }
    }

    /** The terms from degree 11 on, divided by {@code u^11}; in one loop with the others the compiler would not vectorise them. */
    private static void upperPolynomial(double[] u, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double p = P22;
            p = p * u[i] + P21;
            p = p * u[i] + P20;
            p = p * u[i] + P19;
            p = p * u[i] + P18;
            p = p * u[i] + P17;
            p = p * u[i] + P16;
            p = p * u[i] + P15;
            p = p * u[i] + P14;
            p = p * u[i] + P13;
            p = p * u[i] + P12;
            out[i] = p * u[i] + P11;
        }
    }

    /** Adds the terms below degree 11. A Horner's rule that starts from {@code out} is not vectorised. */
    private static void lowerPolynomial(double[] u, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double x = u[i];
            double p = P10;
            p = p * x + P9;
            p = p * x + P8;
            p = p * x + P7;
            p = p * x + P6;
            p = p * x + P5;
            p = p * x + P4;
            p = p * x + P3;
            p = p * x + P2;
            p = p * x + P1;
            double square = x * x;
            double fourth = square * square;
            out[i] = (p * x + P0) + fourth * fourth * square * x * out[i];
        }
    }

    /**
     * @param density in: {@code exp(-z^2 / 2)}; out: {@code phi(z)}
     * @param tail out: {@code Phi(-|z|)}
     */
    private static void tails(double[] z, double[] polynomial, double[] density, double[] tail) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double a = Math.min(Math.abs(z[i]), LARGE);
            tail[i] = density[i] * (polynomial[i] / (a + SHIFT));
            density[i] = INVERSE_ROOT_2_PI * density[i];
        }
    }
}
