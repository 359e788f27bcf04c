package dev.ratelab.study;

/**
 * A study, or a change to one, that is refused. The message names the key, its value, what is allowed and where it
 * stands, such as {@code grid.seeds = 0 must be a whole number >= 1 (quick.conf:14)}.
 */
public final class StudyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** A refusal with its whole message. */
    public StudyException(String message) {
        super(message);
    }

    /** A refusal with its whole message and what led to it. */
    public StudyException(String message, Throwable cause) {
        super(message, cause);
    }
}
