package dev.ratelab.rates;

/** Which law a mean loss follows, as far as its range of sample sizes can tell. */
public enum DecayLaw {
    /** A power of n. */
    POWER("power"),
    /** A power of {@code log n}: slower than every power of n. */
    LOGARITHMIC("logarithmic"),
    /** Neither fits: such as a loss that is still bending, or that has come to a floor. */
    NEITHER("neither"),
    /** Over these sample sizes, with this Monte-Carlo error, the two cannot be told apart. */
    UNRESOLVED("cannot-be-told-apart"),
    /** There are too few sizes, or no interval. */
    UNDEFINED("undefined");

    private final String id;

    DecayLaw(String id) {
        this.id = id;
    }

    /** The name used in tables and reports. */
    public String id() {
        return id;
    }

    /**
     * The law of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DecayLaw of(String id) {
        for (DecayLaw law : values()) {
            if (law.id.equals(id)) {
                return law;
            }
        }
        throw new IllegalArgumentException("unknown law '" + id + "'");
    }
}
