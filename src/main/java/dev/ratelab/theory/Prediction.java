package dev.ratelab.theory;

/**
 * The slope of {@code log loss} on {@code log n} that theory predicts, and where that comes from.
 *
 * @param behaviour what the loss does
 * @param slope predicted slope, at most 0, logarithmic factors ignored; 0 if and only if the loss does not fall; {@code NaN} if
 *     it falls more slowly than every power, or nothing is known
 * @param source paper and theorem, or the argument; for an unknown slope, why it is unknown; never empty
 * @param status {@link #PROVED_SEEN}, {@link #RECALLED}, {@link #DERIVED}, {@link #EXPECTED} or {@link #UNKNOWN}
 * @param upperBound whether theory only bounds the loss from above, by a power of {@code log n / n}: a loss that falls faster
 *     does not contradict it
 */
public record Prediction(Behaviour behaviour, double slope, String source, String status, boolean upperBound) {
    /** Proved in a paper whose statement, or its tabulation in a later paper, has been read. */
    public static final String PROVED_SEEN = "proved-seen";

    /** Believed to be proved in the paper named; the statement has not been read again: plausible, not established. */
    public static final String RECALLED = "recalled";

    /** Follows from a standard argument that is given as the source, not from a published theorem on this model. */
    public static final String DERIVED = "derived";

    /** Expected, not proved: carried over from another loss, or seen in experiments. It may be wrong. */
    public static final String EXPECTED = "expected";

    /** Nothing is known, or what is known is no slope. */
    public static final String UNKNOWN = "unknown";

    /** What a loss does as n grows. */
    public enum Behaviour {
        /** It falls like a power of n. */
        POWER,
        /** It does not fall: the data do not identify what it measures. The slope is 0. */
        NOT_IDENTIFIED,
        /** In the worst case it falls more slowly than every power of n. There is no slope. */
        SLOW,
        /** Nothing is known. */
        UNKNOWN
    }

    /** A slope that is or is not a bound only; the slope 0 means that the loss does not fall. */
    public Prediction(double slope, String source, String status, boolean upperBound) {
        this(behaviour(slope, status), slope, source, status, upperBound);
    }

    /** The exact slope. */
    public Prediction(double slope, String source, String status) {
        this(slope, source, status, false);
    }

    public Prediction {
        boolean sourced = status.equals(PROVED_SEEN)
                || status.equals(RECALLED)
                || status.equals(DERIVED)
                || status.equals(EXPECTED);
        if (!sourced && !status.equals(UNKNOWN)) {
            throw new IllegalArgumentException("prediction status = '" + status + "' must be one of " + PROVED_SEEN
                    + ", " + RECALLED + ", " + DERIVED + ", " + EXPECTED + ", " + UNKNOWN);
        }
        boolean fits =
                switch (behaviour) {
                    case POWER -> sourced && slope < 0 && slope > Double.NEGATIVE_INFINITY;
                    case NOT_IDENTIFIED -> sourced && slope == 0;
                    case SLOW -> sourced && Double.isNaN(slope);
                    case UNKNOWN -> !sourced && Double.isNaN(slope);
                };
        if (!fits) {
            throw new IllegalArgumentException("predicted slope = " + slope + " does not fit status '" + status
                    + "': a known slope is a finite number <= 0, an unknown one NaN");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("a prediction needs a source");
        }
    }

    private static Behaviour behaviour(double slope, String status) {
        if (status.equals(UNKNOWN)) {
            return Behaviour.UNKNOWN;
        }
        return slope == 0 ? Behaviour.NOT_IDENTIFIED : Behaviour.POWER;
    }

    /** No prediction, for the reason given. */
    public static Prediction unknown(String reason) {
        return new Prediction(Double.NaN, reason, UNKNOWN);
    }

    /** A bound of the loss from above. */
    public static Prediction atMost(double slope, String source, String status) {
        return new Prediction(slope, source, status, true);
    }

    /** A loss that does not fall. */
    public static Prediction notIdentified(String source, String status) {
        return new Prediction(Behaviour.NOT_IDENTIFIED, 0, source, status, false);
    }

    /** A loss that falls more slowly than every power of n, in the worst case. */
    public static Prediction slow(String source, String status) {
        return new Prediction(
                Behaviour.SLOW, Double.NaN, "slower than every power of n, no slope: " + source, status, false);
    }

    /** What is predicted for one loss, expected of another for the reason given; what is unknown stays so. */
    Prediction expected(String reason) {
        return behaviour == Behaviour.UNKNOWN
                ? this
                : new Prediction(behaviour, slope, reason + ": " + source, EXPECTED, upperBound);
    }

    /** Whether there is a slope to compare with. */
    public boolean known() {
        return behaviour == Behaviour.POWER || behaviour == Behaviour.NOT_IDENTIFIED;
    }

    /** Whether theory says that the loss does not fall. */
    public boolean notIdentified() {
        return behaviour == Behaviour.NOT_IDENTIFIED;
    }
}
