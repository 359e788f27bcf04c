package dev.ratelab.random;

import dev.ratelab.math.Elementary;

/**
 * The inverse of the standard normal distribution function, to about 16 significant digits.
 *
 * <p>Source: Wichura, <i>Algorithm AS 241: the percentage points of the normal distribution</i>, Applied Statistics 37
 * (1988) 477-484, routine PPND16: rational functions of {@code 0.425^2 - (p - 0.5)^2} in the centre and of
 * {@code sqrt(-log(min(p, 1 - p)))} in the tails. Plain arithmetic and {@link Elementary#log} only, so bits are the
 * same on every JVM.
 */
// Digits as published.
@SuppressWarnings("FloatingPointLiteralPrecision")
public final class NormalQuantile {
    private static final double CENTRE = 0.425;
    private static final double FAR_TAIL = 5;

    private static final int BLOCK = 256;

    // Numbers, not arrays: loops over rows with arrays of coefficients are not vectorised.
    private static final double CENTRE_TOP_0 = 3.3871328727963666080e0;
    private static final double CENTRE_TOP_1 = 1.3314166789178437745e2;
    private static final double CENTRE_TOP_2 = 1.9715909503065514427e3;
    private static final double CENTRE_TOP_3 = 1.3731693765509461125e4;
    private static final double CENTRE_TOP_4 = 4.5921953931549871457e4;
    private static final double CENTRE_TOP_5 = 6.7265770927008700853e4;
    private static final double CENTRE_TOP_6 = 3.3430575583588128105e4;
    private static final double CENTRE_TOP_7 = 2.5090809287301226727e3;
    private static final double CENTRE_BOTTOM_1 = 4.2313330701600911252e1;
    private static final double CENTRE_BOTTOM_2 = 6.8718700749205790830e2;
    private static final double CENTRE_BOTTOM_3 = 5.3941960214247511077e3;
    private static final double CENTRE_BOTTOM_4 = 2.1213794301586595867e4;
    private static final double CENTRE_BOTTOM_5 = 3.9307895800092710610e4;
    private static final double CENTRE_BOTTOM_6 = 2.8729085735721942674e4;
    private static final double CENTRE_BOTTOM_7 = 5.2264952788528545610e3;

    private static final double[] CENTRE_TOP = {
        CENTRE_TOP_0, CENTRE_TOP_1, CENTRE_TOP_2, CENTRE_TOP_3, CENTRE_TOP_4, CENTRE_TOP_5, CENTRE_TOP_6, CENTRE_TOP_7
    };
    private static final double[] CENTRE_BOTTOM = {
        1,
        CENTRE_BOTTOM_1,
        CENTRE_BOTTOM_2,
        CENTRE_BOTTOM_3,
        CENTRE_BOTTOM_4,
        CENTRE_BOTTOM_5,
        CENTRE_BOTTOM_6,
        CENTRE_BOTTOM_7
    };
    private static final double[] TAIL_TOP = {
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
    };
    private static final double[] TAIL_BOTTOM = {
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] FAR_TOP = {
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
    };
    private static final double[] FAR_BOTTOM = {
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };

    private NormalQuantile() {}

    /**
     * The {@code z} with {@code P(Z <= z) = probability} for a standard normal {@code Z}.
     *
     * @param probability in [0, 1]; 0 gives {@code -Infinity}, 1 gives {@code Infinity}, anything else outside gives
     *     {@code NaN}
     */
    public static double of(double probability) {
        double q = probability - 0.5;
        if (Math.abs(q) <= CENTRE) {
            double r = CENTRE * CENTRE - q * q;
            return q * polynomial(CENTRE_TOP, r) / polynomial(CENTRE_BOTTOM, r);
        }
        double tail = q < 0 ? probability : 1 - probability;
        if (!(tail > 0)) {
            double limit = tail == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            return q < 0 ? -limit : limit;
        }
        double r = Math.sqrt(-Elementary.log(tail));
        double z = r <= FAR_TAIL
                ? polynomial(TAIL_TOP, r - 1.6) / polynomial(TAIL_BOTTOM, r - 1.6)
                : polynomial(FAR_TOP, r - FAR_TAIL) / polynomial(FAR_BOTTOM, r - FAR_TAIL);
        return q < 0 ? -z : z;
    }

    /**
     * Replaces probabilities by {@link #of} them, with the same bits.
     *
     * <p>The central formula is computed for all, in loops that the compiler vectorises; then the tails, about one number in seven of
     * uniform ones, are computed one by one.
     *
     * @param probabilities modified
     */
    static void ofAll(double[] probabilities) {
        double[] block = new double[BLOCK];
        double[] top = new double[BLOCK];
        for (int from = 0; from < probabilities.length; from += BLOCK) {
            int count = Math.min(BLOCK, probabilities.length - from);
            System.arraycopy(probabilities, from, block, 0, count);
            centreTop(block, top);
            centreQuotient(block, top);
            for (int i = 0; i < count; i++) {
                double probability = block[i];
                probabilities[from + i] = Math.abs(probability - 0.5) <= CENTRE ? top[i] : of(probability);
            }
        }
    }

    private static void centreTop(double[] probability, double[] out) {
        for (int i = 0; i < BLOCK; i++) {
            double q = probability[i] - 0.5;
            double r = CENTRE * CENTRE - q * q;
            double value = CENTRE_TOP_7;
            value = value * r + CENTRE_TOP_6;
            value = value * r + CENTRE_TOP_5;
            value = value * r + CENTRE_TOP_4;
            value = value * r + CENTRE_TOP_3;
            value = value * r + CENTRE_TOP_2;
            value = value * r + CENTRE_TOP_1;
            out[i] = q * (value * r + CENTRE_TOP_0);
        }
    }

    private static void centreQuotient(double[] probability, double[] out) {
        for (int i = 0; i < BLOCK; i++) {
            double q = probability[i] - 0.5;
            double r = CENTRE * CENTRE - q * q;
            double value = CENTRE_BOTTOM_7;
            value = value * r + CENTRE_BOTTOM_6;
            value = value * r + CENTRE_BOTTOM_5;
            value = value * r + CENTRE_BOTTOM_4;
            value = value * r + CENTRE_BOTTOM_3;
            value = value * r + CENTRE_BOTTOM_2;
            value = value * r + CENTRE_BOTTOM_1;
            out[i] /= value * r + 1;
        }
    }

    private static double polynomial(double[] coefficients, double r) {
        double value = coefficients[coefficients.length - 1];
        for (int power = coefficients.length - 2; power >= 0; power--) {
            value = value * r + coefficients[power];
        }
        return value;
    }
}
