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
}
