package dev.ratelab.model.violation.circle;

import dev.ratelab.model.violation.Violations;

/** Uses the package that uses this one. Never run. */
public final class Circle {
    private Circle() {}

    /** A call back. */
    public static double back() {
        return Violations.random();
    }
}
