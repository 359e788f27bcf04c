package dev.ratelab.rates;

/** How a measured slope compares with the predicted one. The rules are those of {@link Judgement}. */
public enum Verdict {
    /** The slope is the predicted one within its uncertainty. */
    AGREES("agrees"),
    /**
     * The loss falls faster than predicted: the slope is more negative. Rates in theory are mostly upper bounds on the
     * loss over many truths, which a faster fall at one truth does not contradict.
     */
    FASTER("faster"),
    /** The loss falls more slowly than predicted. */
    SLOWER("slower"),
    /** The loss does not fall although it should: an unidentified direction. */
    FLAT("flat"),
    /** The slope differs from the predicted one, but it changes with n and moves towards it. */
    PRE_ASYMPTOTIC("pre-asymptotic"),
    /** A check failed: the slope is not that of the data, or the theory is about something else. */
    NOT_TRUSTED("not-trusted"),
    /** There is no slope, no prediction, or too much uncertainty to compare the two. */
    UNDECIDED("undecided");

    private final String id;

    Verdict(String id) {
        this.id = id;
    }

    /** The name used in tables and reports. */
    public String id() {
        return id;
    }

    /**
     * The verdict of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Verdict of(String id) {
        for (Verdict verdict : values()) {
            if (verdict.id.equals(id)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("unknown verdict '" + id + "'");
    }
}
