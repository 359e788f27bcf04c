package dev.ratelab.math;

/**
 * Scalar elementary functions whose bits are the same on every JVM and CPU.
 *
 * <p>They delegate to {@link StrictMath}, whose results are fixed by the Java specification (fdlibm). {@code Math.exp} and its
 * like may differ between JVMs and are not used in any stored number. Loops over rows use {@link BlockExp} instead, which is
 * several times faster.
 */
public final class Elementary {
    private Elementary() {}

    /** {@code e^x}. */
    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    /** Natural logarithm. */
    public static double log(double x) {
        return StrictMath.log(x);
    }

    /** {@code e^x - 1}, without cancellation near zero. */
    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    /** Cosine of an angle in radians. */
    public static double cos(double x) {
        return StrictMath.cos(x);
    }

    /** {@code x^y}. */
    public static double pow(double x, double y) {
        return StrictMath.pow(x, y);
    }

    /**
     * {@code log sum_i exp(values[i])} without overflow; {@code -Infinity} for no values.
     *
     * @param values not modified
     */
    public static double logSumExp(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        if (Double.isInfinite(max)) {
            return max;
        }
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.exp(value - max);
        }
        return max + StrictMath.log(sum);
    }
}
