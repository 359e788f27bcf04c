package dev.ratelab.study;

import dev.ratelab.study.StudyKeys.OfLimits;

/**
 * Limits on a whole study. Results do not depend on them.
 *
 * @param maxFailureRate largest share of fits that may fail before the run ends with exit code 3, in [0, 1]
 * @param rowsInMemory the most rows of a data set that one process holds for a fit, at least 1; a fit to more rows is spread
 */
public record Limits(double maxFailureRate, int rowsInMemory) {
    /** The rows that a study allows unless it says otherwise: with one input 160 MB, raw and in standard units. */
    public static final int DEFAULT_ROWS_IN_MEMORY = 5_000_000;

    public static final double DEFAULT_MAX_FAILURE_RATE = 0.05;

    public Limits {
        if (!(maxFailureRate >= 0 && maxFailureRate <= 1)) {
            throw new IllegalArgumentException(
                    OfLimits.MAX_FAILURE_RATE + " = " + maxFailureRate + " must be in [0, 1]");
        }
        if (rowsInMemory < 1) {
            throw new IllegalArgumentException(OfLimits.ROWS_IN_MEMORY + " = " + rowsInMemory + " must be at least 1");
        }
    }

    /** A failure rate of at most 5 %, and at most 5,000,000 rows in memory. */
    public static Limits defaults() {
        return new Limits(DEFAULT_MAX_FAILURE_RATE, DEFAULT_ROWS_IN_MEMORY);
    }
}
