package dev.ratelab.data;

/**
 * Distribution of the inputs: {@code d} independent coordinates of one kind, or the fixed grid.
 *
 * @param kind the kind
 * @param first uniform and grid: lower end; normal: mean
 * @param second uniform and grid: upper end; normal: standard deviation, positive
 */
public record InputDistribution(Kind kind, double first, double second) {

    /** Kinds of input distribution. */
    public enum Kind {
        /** Independent uniform coordinates on an interval. */
        UNIFORM,
        /** Independent normal coordinates. */
        NORMAL,
        /** The fixed grid of n equally spaced points from the lower to the upper end, both included (d = 1). */
        GRID
    }

    public InputDistribution {
        if (!Double.isFinite(first) || !Double.isFinite(second)) {
            throw new IllegalArgumentException("the input distribution has a parameter that is not finite");
        }
        if (kind == Kind.NORMAL ? !(second > 0) : !(first < second)) {
            throw new IllegalArgumentException(
                    kind == Kind.NORMAL
                            ? "standard deviation = " + second + " must be positive"
                            : "low = " + first + " must be below high = " + second);
        }
    }
}
