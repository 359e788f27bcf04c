package dev.ratelab.model;

/**
 * The noise variances of a model.
 *
 * @param kind who estimates them
 * @param variance the known variance, in squared units of {@code y}, positive; {@code NaN} unless the kind is {@link Kind#KNOWN}
 */
public record Noise(Kind kind, double variance) {

    /** Which variances are parameters. */
    public enum Kind {
        /** Each expert has a variance of its own. */
        OWN,
        /** All experts share one variance. */
        SHARED,
        /** The variance is given: the regression problem. */
        KNOWN
    }

    /** A variance for each expert. */
    public static final Noise OWN = new Noise(Kind.OWN, Double.NaN);

    /** One variance for all experts. */
    public static final Noise SHARED = new Noise(Kind.SHARED, Double.NaN);

    public Noise {
        if ((kind == Kind.KNOWN) == Double.isNaN(variance)) {
            throw new IllegalArgumentException("noise variance = " + variance + " does not fit its kind " + kind);
        }
        if (kind == Kind.KNOWN && !(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise variance = " + variance + " must be a finite number > 0");
        }
    }

    /** A given variance. */
    public static Noise known(double variance) {
        return new Noise(Kind.KNOWN, variance);
    }

    /** Number of variance parameters of a model of {@code atoms} atoms. */
    public int parameterCount(int atoms) {
        return switch (kind) {
            case OWN -> atoms;
            case SHARED -> 1;
            case KNOWN -> 0;
        };
    }
}
