package dev.ratelab.math;

/** The chi-square distribution with a whole number of degrees of freedom, with the same bits on every JVM. */
public final class ChiSquare {
    private static final double HALF_LOG_PI = 0.5 * Elementary.log(Math.PI);
    private static final double RESCALE = 0x1p500;
    private static final double LOG_RESCALE = Elementary.log(RESCALE);
    private static final int BISECTIONS = 200;

    private ChiSquare() {}

    /**
     * {@code P(X <= x)}, by the series {@code (x/2)^a e^(-x/2) / Gamma(a + 1) sum_j (x/2)^j / ((a + 1) ... (a + j))} with {@code a}
     * half the degrees of freedom: all of its terms are positive, so nothing cancels (Abramowitz and Stegun 1964, 6.5.29).
     *
     * @param x at least 0
     * @param degreesOfFreedom at least 1
     */
    public static double probability(double x, int degreesOfFreedom) {
        requireDegrees(degreesOfFreedom);
        if (!(x > 0)) {
            return 0;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double a = 0.5 * degreesOfFreedom;
        double half = 0.5 * x;
        double log = a * Elementary.log(half) - half - logGammaOfHalves(degreesOfFreedom + 2);
        double term = 1;
        double sum = 1;
        for (double j = 1; term > 0x1p-60 * sum; j++) {
            term *= half / (a + j);
            sum += term;
            if (sum > RESCALE) {
                term /= RESCALE;
                sum /= RESCALE;
                log += LOG_RESCALE;
            }
        }
        return Math.min(1, sum * Elementary.exp(log));
    }

    /**
     * The {@code x} with {@code P(X <= x) = probability}, by bisection to the last bit but a few.
     *
     * @param probability in (0, 1)
     * @param degreesOfFreedom at least 1
     */
    public static double quantile(double probability, int degreesOfFreedom) {
        requireDegrees(degreesOfFreedom);
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability = " + probability + " must lie between 0 and 1");
        }
        double low = 0;
        double high = degreesOfFreedom;
        while (probability(high, degreesOfFreedom) < probability && high < Double.MAX_VALUE) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                break;
            }
            if (probability(middle, degreesOfFreedom) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** {@code log Gamma(halves / 2)}: a product from {@code Gamma(1) = 1} or {@code Gamma(1/2) = sqrt(pi)} upwards. */
    private static double logGammaOfHalves(int halves) {
        double log = halves % 2 == 0 ? 0 : HALF_LOG_PI;
        for (int h = halves % 2 == 0 ? 2 : 1; h < halves; h += 2) {
            log += Elementary.log(0.5 * h);
        }
        return log;
    }

    private static void requireDegrees(int degreesOfFreedom) {
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException("degrees of freedom = " + degreesOfFreedom + " must be at least 1");
        }
    }
}
