package dev.ratelab.rates;

/**
 * A difference of two estimates.
 *
 * @param value the difference; {@code NaN} if one of them is undefined
 * @param halfWidth half the width of its interval
 */
record Difference(double value, double halfWidth) {

    /** Whether the difference is larger than a tolerance and than its uncertainty. */
    boolean exceeds(double tolerance) {
        return Math.abs(value) > tolerance && Math.abs(value) > halfWidth;
    }

    /** Whether difference and uncertainty are numbers. */
    boolean defined() {
        return Double.isFinite(value) && Double.isFinite(halfWidth);
    }
}
