package dev.ratelab.study;

/**
 * Limits on a whole study.
 *
 * @param maxFailureRate largest share of fits that may fail before the run ends with exit code 3, in [0, 1]
 */
public record Limits(double maxFailureRate) {

    public Limits {
        if (!(maxFailureRate >= 0 && maxFailureRate <= 1)) {
            throw new IllegalArgumentException("max-failure-rate = " + maxFailureRate + " must be in [0, 1]");
        }
    }

    /** A failure rate of at most 5 %. */
    public static Limits defaults() {
        return new Limits(0.05);
    }
}
