package dev.ratelab.random;

import dev.ratelab.math.Elementary;

/** Turns uniform numbers into numbers of other laws, with the same bits on every JVM. */
public final class Quantiles {
    /** The fewest degrees of freedom of {@link #student}: below, values overflow. */
    public static final double FEWEST_DEGREES_OF_FREEDOM = 0.1;

    private Quantiles() {}

    /**
     * A number of Student's t distribution: {@code sqrt(nu (u^(-2 / nu) - 1)) cos(2 pi v)}, where {@code nu} is the number of
     * degrees of freedom and {@code u} and {@code v} are independent and uniform on (0, 1).
     *
     * <p>Source: Bailey, <i>Polar generation of random variates with the t-distribution</i>, Mathematics of Computation 62
     * (1994) 779-781, doi:10.1090/S0025-5718-1994-1219702-8, the form without rejection. It holds for fractional {@code nu}.
     *
     * @param u in (0, 1)
     * @param v in (0, 1)
     * @param degreesOfFreedom {@code nu}, at least {@value #FEWEST_DEGREES_OF_FREEDOM}
     */
    public static double student(double u, double v, double degreesOfFreedom) {
        double exponent = -2 / degreesOfFreedom * Elementary.log(u);
        // Half the exponent outside the root, so that nothing overflows before the value itself would.
        double radius = Elementary.exp(exponent / 2) * Math.sqrt(degreesOfFreedom * -Elementary.expm1(-exponent));
        return radius * Elementary.cos(2 * Math.PI * v);
    }

    /**
     * The quantile of the Laplace distribution with mean zero and variance one, whose density is
     * {@code exp(-sqrt(2) |z|) / sqrt(2)}. It is odd about 1/2.
     *
     * @param probability in (0, 1)
     */
    public static double laplace(double probability) {
        double tail = Math.min(probability, 1 - probability);
        double size = -Elementary.log(2 * tail) / Math.sqrt(2);
        return probability < 0.5 ? -size : size;
    }
}
