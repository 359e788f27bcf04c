package dev.ratelab.math;

import java.util.List;

/**
 * An activation function {@code sigma(z)} of hidden units, with its first two derivatives, evaluated by block.
 *
 * <p>Kernels use plain arithmetic in a fixed order: values have the same bits on every JVM. Instances are immutable and safe
 * for use by several threads.
 */
public final class Activation {

    /** {@code 1 / (1 + e^-z)}: {@link BlockLogistic#sigmoid}. */
    public static final Activation SIGMOID = new Activation("sigmoid", Parity.NONE, 0, 0, true, BlockLogistic::sigmoid);

    /** Hyperbolic tangent: {@link BlockLogistic#tanh}. */
    public static final Activation TANH = new Activation("tanh", Parity.ODD, 0, 0, true, BlockLogistic::tanh);

    /** {@code z Phi(z)} with the normal distribution function: {@link BlockNormal#gelu}. */
    public static final Activation GELU = new Activation("gelu", Parity.NONE, 0, 0, true, BlockNormal::gelu);

    /** {@code z / (1 + e^-z)}: {@link BlockLogistic#silu}. */
    public static final Activation SILU = new Activation("silu", Parity.NONE, 0, 0, true, BlockLogistic::silu);

    /** {@code max(z, 0)}; first derivative 1 for {@code z > 0}, else 0; second derivative 0. Exact. */
    public static final Activation RELU = new Activation("relu", Parity.NONE, 1, 0, false, Activation::relu);

    /** Sine: {@link BlockSine#sine}. */
    public static final Activation SINE =
            new Activation("sine", Parity.ODD, 0, 6.283185307179586, true, BlockSine::sine);

    /** Number of scratch arrays that {@link #evaluate} needs. */
    public static final int SCRATCH = 3;

    /** Largest exponent of {@link #power}. */
    public static final int MAX_DEGREE = 100;

    /** Behaviour under {@code z -> -z}. */
    public enum Parity {
        /** {@code sigma(-z) = -sigma(z)}. */
        ODD,
        /** {@code sigma(-z) = sigma(z)}. */
        EVEN,
        /** Neither. */
        NONE
    }

    private interface Kernel {
        void evaluate(double[] z, double[][] scratch, double[] value, double[] first, double[] second);
    }

    private final String name;
    private final Parity parity;
    private final int homogeneity;
    private final double period;
    private final boolean smooth;
    private final Kernel kernel;

    private Activation(String name, Parity parity, int homogeneity, double period, boolean smooth, Kernel kernel) {
        this.name = name;
        this.parity = parity;
        this.homogeneity = homogeneity;
        this.period = period;
        this.smooth = smooth;
        this.kernel = kernel;
    }

    /**
     * {@code z^p}, computed by {@code p - 1} multiplications: relative error below {@code p * 1.2e-16} where nothing
     * overflows or underflows.
     *
     * @param degree the exponent p, 1 to {@link #MAX_DEGREE}
     */
    public static Activation power(int degree) {
        if (degree < 1 || degree > MAX_DEGREE) {
            throw new IllegalArgumentException("degree = " + degree + " must be between 1 and " + MAX_DEGREE);
        }
        return new Activation(
                "polynomial",
                degree % 2 == 0 ? Parity.EVEN : Parity.ODD,
                degree,
                0,
                true,
                (z, scratch, value, first, second) -> power(degree, z, scratch[0], value, first, second));
    }

    /** The activations without parameters, that is, all but powers. */
    public static List<Activation> named() {
        return List.of(SIGMOID, TANH, GELU, SILU, RELU, SINE);
    }

    /** The name in study files: {@code sigmoid}, {@code tanh}, ...; {@code polynomial} for all powers. */
    public String name() {
        return name;
    }

    /** Behaviour under {@code z -> -z}. */
    public Parity parity() {
        return parity;
    }

    /** The {@code p > 0} with {@code sigma(t z) = t^p sigma(z)} for all {@code t > 0}; 0 if there is none. */
    public int homogeneity() {
        return homogeneity;
    }

    /**
     * The {@code P > 0} with {@code sigma(z + P) = sigma(z)} and {@code sigma(z + P / 2) = -sigma(z)}, rounded; 0 if there is
     * none.
     */
    public double period() {
        return period;
    }

    /** Whether the second derivative exists everywhere. */
    public boolean smooth() {
        return smooth;
    }

    /**
     * Values and derivatives at a block of {@link BlockKernels#ROWS} arguments.
     *
     * @param z arguments; not modified unless it is {@code value}
     * @param scratch {@link #SCRATCH} arrays of at least {@link BlockKernels#ROWS} entries, none of them one of the others;
     *     modified
     * @param value {@code sigma(z)}; modified; may be {@code z}
     * @param first {@code sigma'(z)}; modified; {@code null} if not wanted
     * @param second {@code sigma''(z)}; modified; {@code null} if not wanted
     */
    public void evaluate(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        kernel.evaluate(z, scratch, value, first, second);
    }

    private static void relu(double[] z, double[][] scratch, double[] value, double[] first, double[] second) {
        if (first != null) {
            for (int i = 0; i < BlockKernels.ROWS; i++) {
                first[i] = Signs.positive(z[i]);
            }
        }
        if (second != null) {
            BlockKernels.fill(0, second);
        }
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            value[i] = Math.max(z[i], 0);
        }
    }

    private static void power(int degree, double[] z, double[] lower, double[] value, double[] first, double[] second) {
        BlockKernels.fill(1, lower);
        for (int factor = 2; factor < degree; factor++) {
            BlockKernels.multiply(lower, z, lower);
        }
        if (second != null) {
            BlockKernels.scale((double) degree * (degree - 1), lower, second);
        }
        if (degree > 1) {
            BlockKernels.multiply(lower, z, lower);
        }
        if (first != null) {
            BlockKernels.scale(degree, lower, first);
        }
        BlockKernels.multiply(lower, z, value);
    }
}
