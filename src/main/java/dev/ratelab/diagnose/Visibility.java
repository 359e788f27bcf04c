package dev.ratelab.diagnose;

import dev.ratelab.math.Elementary;

/** From which sample size on a singular value can be seen. */
final class Visibility {
    private static final int STEPS = 200;

    private Visibility() {}

    /**
     * The smallest n above e with {@code deviation sqrt(log n / n) <= value}.
     *
     * @param value the singular value; infinity is returned if it is not positive
     * @param deviation standard deviation of the noise in units of the functions' common scale, positive
     */
    static double from(double value, double deviation) {
        double ratio = (deviation / value) * (deviation / value);
        if (!(value > 0) || Double.isInfinite(ratio)) {
            return Double.POSITIVE_INFINITY;
        }
        // log n / n falls beyond e; there the map n -> ratio log n rises towards its larger fixed point.
        double n = Math.max(Math.E, ratio);
        for (int step = 0; step < STEPS; step++) {
            n = Math.max(Math.E, ratio * Elementary.log(n));
        }
        return n;
    }
}
