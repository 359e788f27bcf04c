package dev.ratelab.theory;

/**
 * The slope of {@code log loss} on {@code log n} that theory predicts, and where that comes from.
 *
 * @param slope predicted slope, at most 0, logarithmic factors ignored; {@code NaN} if and only if the status is {@link
 *     #UNKNOWN}
 * @param source paper and theorem, or the argument; for an unknown slope, why it is unknown; never empty
 * @param status {@link #PROVED_SEEN}, {@link #RECALLED}, {@link #DERIVED} or {@link #UNKNOWN}
 * @param upperBound whether theory only bounds the loss from above, by a power of {@code log n / n}: a loss that falls faster
 *     does not contradict it
 */
public record Prediction(double slope, String source, String status, boolean upperBound) {
    /** Proved in a paper whose statement, or its tabulation in a later paper, has been read. */
    public static final String PROVED_SEEN = "proved-seen";

    /** Believed to be proved in the paper named; the statement has not been read again: plausible, not established. */
    public static final String RECALLED = "recalled";

    /** Follows from a standard argument that is given as the source, not from a published theorem on this model. */
    public static final String DERIVED = "derived";

    /** Nothing is known, or what is known is no slope. */
    public static final String UNKNOWN = "unknown";

    /** The exact slope. */
    public Prediction(double slope, String source, String status) {
        this(slope, source, status, false);
    }

    public Prediction {
        boolean known = status.equals(PROVED_SEEN) || status.equals(RECALLED) || status.equals(DERIVED);
        if (!known && !status.equals(UNKNOWN)) {
            throw new IllegalArgumentException("prediction status = '" + status + "' must be one of " + PROVED_SEEN
                    + ", " + RECALLED + ", " + DERIVED + ", " + UNKNOWN);
        }
        if (known ? !(slope <= 0 && slope > Double.NEGATIVE_INFINITY) : !Double.isNaN(slope)) {
            throw new IllegalArgumentException("predicted slope = " + slope + " does not fit status '" + status
                    + "': a known slope is a finite number <= 0, an unknown one NaN");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("a prediction needs a source");
        }
    }

    /** No prediction, for the reason given. */
    public static Prediction unknown(String reason) {
        return new Prediction(Double.NaN, reason, UNKNOWN);
    }

    /** A bound of the loss from above. */
    public static Prediction atMost(double slope, String source, String status) {
        return new Prediction(slope, source, status, true);
    }

    /** Whether there is a slope to compare with. */
    public boolean known() {
        return !status.equals(UNKNOWN);
    }
}
