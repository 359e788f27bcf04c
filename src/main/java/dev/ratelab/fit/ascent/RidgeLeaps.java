package dev.ratelab.fit.ascent;

/**
 * Leaps along a ridge: extrapolation of the way that many short steps have taken.
 *
 * <p>With surplus atoms the objective has ridges that rise by hundredths of a nat over distances at which its second derivatives
 * across the ridge change entirely. A ball in which the quadratic model holds everywhere is then far smaller than what is left to go,
 * and a trust-region method needs thousands of steps. The steps zigzag, their sum does not: the point moves on by a multiple
 * of the way since an earlier point, climbs back on the ridge by a few ordinary steps, and stays there if that is higher. After a
 * success the way is measured from the point of the last departure, so leaps grow until one fails.
 */
final class RidgeLeaps {
    /** Iterations to climb back on the ridge. */
    static final int RETURN_ITERATIONS = 4;

    /** Iterations before the first leap: a fit without a ridge has ended by then. */
    private static final int PATIENCE = 40;

    /** Ordinary iterations over which a way is measured first. */
    private static final int FIRST_WAY = 4;

    /** Ordinary iterations between a success and the next leap. */
    private static final int SETTLE = 3;

    private static final double GROWTH = 1.5;
    private static final double LONGEST = 2;
    private static final double SHORTEST = 0.5;

    private double factor = LONGEST;
    private double[] origin;
    private double[] departure;
    private int due = PATIENCE;

    /**
     * Whether it is time to leap.
     *
     * @param iterations iterations made so far
     * @param theta where the ascent is; not modified
     */
    boolean isDue(int iterations, double[] theta) {
        if (iterations < due) {
            return false;
        }
        if (origin == null) {
            origin = theta.clone();
            due = iterations + FIRST_WAY;
            return false;
        }
        return true;
    }

    /** Where to leap from a point, bounds aside. */
    double[] target(double[] theta) {
        departure = theta.clone();
        double[] target = theta.clone();
        for (int a = 0; a < target.length; a++) {
            target[a] += factor * (theta[a] - origin[a]);
        }
        return target;
    }

    /**
     * Learns how the last leap went.
     *
     * @param iterations iterations made so far
     */
    void tell(boolean higher, int iterations) {
        if (higher) {
            factor = Math.min(LONGEST, GROWTH * factor);
            origin = departure;
            due = iterations + SETTLE;
        } else {
            factor = Math.max(SHORTEST, factor / 2);
            origin = null;
            due = iterations;
        }
    }
}
