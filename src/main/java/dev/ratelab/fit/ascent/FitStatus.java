package dev.ratelab.fit.ascent;

/** How a fit ended. Each fit ends in exactly one status. */
public enum FitStatus {
    /** A strict local maximum in the interior: certified. */
    CONVERGED(true),
    /** A strict local maximum on the boundary of the compact set, multipliers of the right sign: certified. */
    CONVERGED_AT_BOUND(true),
    /** A maximum along a flat set that is more than the declared invariances: certified, location not identified. */
    FLAT(true),
    /** The iteration limit was reached, or no step raised the likelihood any more, before the certificate held. */
    MAX_ITERATIONS(false),
    /** A relative change of the likelihood stopped EM, wherever it was: the rule of much published code. */
    EARLY_STOPPED(false),
    /** A stationary point with an ascent direction that could not be left. */
    SADDLE(false),
    /** An expert without observations, one that passes through its observations exactly, or a gate that diverges. */
    DEGENERATE(false),
    /** The objective or a parameter is not a finite number. */
    NON_FINITE(false),
    /** The time limit was reached. */
    TIMEOUT(false),
    /** An unexpected failure; the row says which. */
    ERROR(false);

    private final boolean certified;

    FitStatus(boolean certified) {
        this.certified = certified;
    }

    /** Whether fits of this status enter the certified population, from which rates are computed. */
    public boolean certified() {
        return certified;
    }
}
