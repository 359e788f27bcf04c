package dev.ratelab.rates;

/** What a {@link TrustCheck} found. */
public enum CheckStatus {
    /** Nothing against the rate. */
    PASSED("passed"),
    /** Something to know of, which does not make the rate wrong by itself. */
    WARNED("warned"),
    /** The rate is not to be believed. */
    FAILED("failed"),
    /** Too few data to tell: neither a difference that matters nor its absence is shown. A warning. */
    NO_POWER("no-power"),
    /** The study does not hold what the check needs. */
    NOT_CHECKED("not-checked");

    private final String id;

    CheckStatus(String id) {
        this.id = id;
    }

    /** The name used in tables and reports. */
    public String id() {
        return id;
    }

    /**
     * The status of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CheckStatus of(String id) {
        for (CheckStatus status : values()) {
            if (status.id.equals(id)) {
                return status;
            }
        }
        throw new IllegalArgumentException("unknown status of a gate '" + id + "'");
    }

    /** The worse of what two comparisons found: a failure, then one without power. */
    static CheckStatus worse(CheckStatus first, CheckStatus second) {
        return first.severity() >= second.severity() ? first : second;
    }

    /** Larger for what matters more: a failure, what could not be checked, what had no power, a warning. */
    int severity() {
        return switch (this) {
            case FAILED -> 4;
            case NOT_CHECKED -> 3;
            case NO_POWER -> 2;
            case WARNED -> 1;
            case PASSED -> 0;
        };
    }
}
