package dev.ratelab.rates;

/** How a required sample size is known. The rules are those of {@link RequiredSampleSize}. */
public enum Reach {
    /** The target is reached at the smallest sample size already: the number is an upper bound. */
    AT_MOST("at-most"),
    /** The required size lies between the smallest and the largest sample size. */
    INSIDE("inside"),
    /** It lies beyond the largest sample size, by at most {@link RequiredSampleSize#FAR}. */
    EXTRAPOLATED("extrapolated"),
    /** It lies further beyond: an order of magnitude at best. */
    FAR_EXTRAPOLATED("far-extrapolated"),
    /** The loss does not fall, or what falls is not what the data identify. */
    NOT_REACHABLE("not-reachable"),
    /** Too few sizes, seeds or certified fits, or too wide an interval. */
    UNDECIDED("undecided");

    private final String id;

    Reach(String id) {
        this.id = id;
    }

    /** The name used in tables and reports. */
    public String id() {
        return id;
    }

    /** Whether there is a sample size. */
    public boolean known() {
        return this != NOT_REACHABLE && this != UNDECIDED;
    }
}
