package dev.ratelab.math;

/**
 * Branch-free selections by the sign of a number in arithmetic that the compiler vectorises (it does not vectorise a
 * comparison with two outcomes). {@code NaN} gives {@code NaN}.
 */
final class Signs {
    /** This times {@link #HUGE_TAIL} times the smallest positive number is one. */
    private static final double HUGE_HEAD = 0x1p1023;

    private static final double HUGE_TAIL = 0x1p51;

    private Signs() {}

    /** 1 for {@code z > 0}, {@code z} for {@code z = +-0}, -1 for {@code z < 0}. */
    static double sign(double z) {
        return Math.max(Math.min(z * HUGE_HEAD * HUGE_TAIL, 1), -1);
    }

    /** 1 for {@code z > 0}, else 0. */
    static double positive(double z) {
        return Math.max(Math.min(z * HUGE_HEAD * HUGE_TAIL, 1), 0);
    }

    /** 1 for {@code z >= 0}, else 0. */
    static double notNegative(double z) {
        return Math.max(Math.min(z * HUGE_HEAD * HUGE_TAIL + 1, 1), 0);
    }
}
