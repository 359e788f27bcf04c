package dev.ratelab.math;

/**
 * The logistic function {@code s(z) = 1 / (1 + e^-z)}, functions made of it, and their first two derivatives by block.
 *
 * <p>All are computed from {@code e = exp(-|z|)} (hyperbolic tangent: {@code exp(-2|z|)}) and an accurate {@code 1 - e}
 * ({@link BlockExp}), so that nothing overflows and no tail suffers from cancellation:
 *
 * <pre>
 *   s(z)        max(e, 1{z >= 0}) / (1 + e)
 *   s'(z)       e / (1 + e)^2
 *   1 - 2 s(z)  -sign(z) (1 - e) / (1 + e)
 *   tanh(z)     sign(z) (1 - e) / (1 + e)
 *   log s(z)    min(z, 0) - log(1 + e)
 * </pre>
 *
 * <p>Below about 3.3e-308, {@code e} counts as zero. {@code NaN} stays {@code NaN}; each function takes its limits at
 * {@code +-Infinity}.
 *
 * <p>In all methods: {@code z} is not modified unless it is {@code value}; {@code scratch} holds two arrays and is modified;
 * {@code value} may be {@code z}; {@code first} and {@code second} are modified, or are {@code null} if not wanted, and are
 * neither {@code z} nor {@code value} nor each other. Arrays have at least {@link BlockKernels#ROWS} entries.
 */
public final class BlockLogistic {
    /** Beyond this argument {@code e} is zero. */
    private static final double LARGE = 750;

    // (atanh(w) / w - 1) / w^2 as a polynomial in w^2 <= 1/9: src/test/python/activation_coefficients.py.
    private static final double A0 = 0x1.5555555555555p-2;
    private static final double A1 = 0x1.999999999a3ddp-3;
    private static final double A2 = 0x1.24924923d44c6p-3;
    private static final double A3 = 0x1.c71c727143318p-4;
    private static final double A4 = 0x1.745cf0b0e03bdp-4;
    private static final double A5 = 0x1.3b18b294bebf9p-4;
    private static final double A6 = 0x1.10ac75dc602b1p-4;
    private static final double A7 = 0x1.eb905e8575054p-5;
    private static final double A8 = 0x1.687a6e7c95176p-5;
    private static final double A9 = 0x1.4b0a26c5f2aefp-4;

    private BlockLogistic() {}

    /** {@code out = factor e / (1 + e)^2}. */
    private static void slope(double factor, double[] e, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double d = 1 + e[i];
            out[i] = factor * e[i] / (d * d);
        }
    }

    /** {@code out = -sign(z) factor e (1 - e) / (1 + e)^3}. */
    private static void bend(double factor, double[] z, double[] e, double[] complement, double[] out) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double d = 1 + e[i];
            out[i] = -Signs.sign(z[i]) * (factor * complement[i] * e[i] / (d * d * d));
        }
    }

    /** {@code s(z)}, {@code s' = s (1 - s)}, {@code s'' = s' (1 - 2 s)}; relative errors below 2e-15. */
    public static void sigmoid(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        double[] e = scratch[0];
        double[] complement = scratch[1];
        BlockExp.decay(z, 1, e, complement);
        if (first != null) {
            slope(1, e, first);
        }
        if (second != null) {
            bend(1, z, e, complement, second);
        }
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            value[i] = Math.max(e[i], Signs.notNegative(z[i])) / (1 + e[i]);
        }
    }

    /** {@code tanh(z)}, {@code 1 - tanh^2}, {@code -2 tanh (1 - tanh^2)}; relative errors below 2e-15. */
    public static void tanh(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        double[] e = scratch[0];
        double[] complement = scratch[1];
        BlockExp.decay(z, 2, e, complement);
        if (first != null) {
            slope(4, e, first);
        }
        if (second != null) {
            bend(8, z, e, complement, second);
        }
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            value[i] = Signs.sign(z[i]) * (complement[i] / (1 + e[i]));
        }
    }

    /**
     * {@code z s(z)} (SiLU), {@code s + z s'}, {@code s' (2 + z (1 - 2 s))}; relative errors below 3e-15 but near the zeros of
     * the derivatives at {@code z = -1.278} and {@code |z| = 2.399}, where absolute errors are below 3e-16.
     */
    public static void silu(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        double[] e = scratch[0];
        double[] complement = scratch[1];
        BlockExp.decay(z, 1, e, complement);
        if (first != null) {
            for (int i = 0; i < BlockKernels.ROWS; i++) {
                double d = 1 + e[i];
                double bounded = Math.max(Math.min(z[i], LARGE), -LARGE);
                first[i] = (Math.max(e[i], Signs.notNegative(z[i])) * d + bounded * e[i]) / (d * d);
            }
        }
        if (second != null) {
            for (int i = 0; i < BlockKernels.ROWS; i++) {
                double d = 1 + e[i];
                double size = Math.min(Math.abs(z[i]), LARGE);
                second[i] = e[i] * (2 * d - size * complement[i]) / (d * d * d);
            }
        }
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double s = Math.max(e[i], Signs.notNegative(z[i])) / (1 + e[i]);
            value[i] = Math.max(z[i], -LARGE) * s;
        }
    }

    /**
     * {@code log s(z) = -log(1 + e^-z)}, {@code 1 - s}, {@code -s (1 - s)}; relative errors below 2e-15.
     *
     * <p>{@code log(1 + e) = 2 atanh(e / (2 + e))}. The softplus function is {@code log(1 + e^z) = -log s(-z)}.
     */
    public static void logSigmoid(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        double[] e = scratch[0];
        BlockExp.decay(z, 1, e, scratch[1]);
        if (first != null) {
            for (int i = 0; i < BlockKernels.ROWS; i++) {
                first[i] = Math.max(e[i], 1 - Signs.notNegative(z[i])) / (1 + e[i]);
            }
        }
        if (second != null) {
            slope(-1, e, second);
        }
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            double w = e[i] / (2 + e[i]);
            double v = w * w;
            double a = A9;
            a = a * v + A8;
            a = a * v + A7;
            a = a * v + A6;
            a = a * v + A5;
            a = a * v + A4;
            a = a * v + A3;
            a = a * v + A2;
            a = a * v + A1;
            a = a * v + A0;
            value[i] = Math.min(z[i], 0) - 2 * (w + w * v * a);
        }
    }
}
