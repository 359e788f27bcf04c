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

    /**
     * What a check that compares two estimates finds: {@code failed} if the difference {@link #exceeds} the tolerance, else {@code
     * passed} if its whole interval lies within the margin of equivalence, else {@code no-power}. So a difference as large as the margin
     * passes in at most 2.5 % of studies, however few seeds they have. Both numbers must be {@link #defined}.
     *
     * @param tolerance largest difference that changes no conclusion
     * @param margin what the interval may reach, at least the tolerance
     */
    CheckStatus judge(double tolerance, double margin) {
        if (exceeds(tolerance)) {
            return CheckStatus.FAILED;
        }
        return reach() <= margin ? CheckStatus.PASSED : CheckStatus.NO_POWER;
    }

    /** The largest absolute difference that the interval holds. */
    double reach() {
        return Math.abs(value) + halfWidth;
    }

    /** Whether difference and uncertainty are numbers. */
    boolean defined() {
        return Double.isFinite(value) && Double.isFinite(halfWidth);
    }
}
