package dev.ratelab.rates;

/** Which losses of a cell a summary is about. Losses that are undefined for a certified fit are in none of them. */
public enum Population {
    /** Finite losses of certified fits: what rates are computed from. */
    CERTIFIED("certified"),
    /** Finite losses of all fits, certified or not. */
    FINITE("finite"),
    /**
     * All fits, where every failure counts as the largest finite loss of the cell: how bad the losses may be if nothing
     * is known of the failures but that they are among the worst. Empty if the cell has no finite loss.
     */
    FAILURES_AS_WORST("failures-as-worst");

    private final String id;

    Population(String id) {
        this.id = id;
    }

    /**
     * The loss of a fit as it counts in this population; not finite if it does not.
     *
     * @param worst the largest finite loss of its cell
     */
    double loss(Observation observation, double worst) {
        return switch (this) {
            case CERTIFIED -> observation.usable() ? observation.value() : Double.NaN;
            case FINITE -> observation.value();
            case FAILURES_AS_WORST -> observation.failed() ? worst : observation.value();
        };
    }

    /** The name used in tables. */
    public String id() {
        return id;
    }

    /**
     * The population of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Population of(String id) {
        for (Population population : values()) {
            if (population.id.equals(id)) {
                return population;
            }
        }
        throw new IllegalArgumentException("unknown population '" + id + "'");
    }
}
