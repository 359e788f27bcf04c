package dev.ratelab.diagnose;

/** What a set of functions turned out to be. */
public enum Verdict {
    /** Linearly independent, but for relations that cost no rate. */
    INDEPENDENT("independent"),
    /** Linearly dependent to rounding. */
    DEPENDENT("dependent"),
    /** The smallest singular value is too close to rounding to tell. */
    UNDECIDED("undecided"),
    /** The question does not arise for this model; the note says why. */
    NOT_APPLICABLE("not applicable");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** The word for people. */
    public String text() {
        return text;
    }
}
