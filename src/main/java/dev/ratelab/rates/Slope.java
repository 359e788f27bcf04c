package dev.ratelab.rates;

/**
 * A number with its 95 % jackknife-t interval; undefined ones are {@code NaN}.
 *
 * @param value the number
 * @param low lower (of slopes: more negative) end
 * @param high upper end
 */
public record Slope(double value, double low, double high) {
    /** Nothing is known. */
    static final Slope UNDEFINED = new Slope(Double.NaN, Double.NaN, Double.NaN);

    /** The interval of a half-width; what is not finite is undefined. */
    static Slope of(double value, double halfWidth) {
        return new Slope(finiteOrNaN(value), finiteOrNaN(value - halfWidth), finiteOrNaN(value + halfWidth));
    }

    static double finiteOrNaN(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
