package dev.ratelab.fit.quadratic;

/**
 * The radius of a trust region, in the scaled metric, and how it changes with the success of steps.
 *
 * <p>When the gain is of the size of the rounding error of the objective, both actual and predicted gain are raised by that error, so
 * that the step is judged by the gradient (Conn, Gould and Toint, Trust-Region Methods, 2000, section 17.4.2).
 */
public final class TrustRadius {
    private static final double ACCEPT = 1e-4;
    private static final double SHRINK_BELOW = 0.25;
    private static final double EXPAND_ABOVE = 0.75;
    private static final double ROUNDING = 16 * 0x1p-52;
    private static final double SMALLEST = 1e-12;

    private double value;

    public TrustRadius(double first) {
        value = first;
    }

    public double value() {
        return value;
    }

    /** Whether the radius is so small that no step changes anything. */
    public boolean isExhausted() {
        return value < SMALLEST;
    }

    /**
     * Whether a step is to be taken; adapts the radius.
     *
     * @param current value of the objective where the step begins, nats
     * @param trial value where it ends; {@code NaN} if the objective or a derivative is not finite there
     */
    public boolean accepts(ScaledProblem.Step step, double current, double trial) {
        double rounding = ROUNDING * Math.abs(current);
        double ratio = Double.isNaN(trial)
                ? Double.NEGATIVE_INFINITY
                : (trial - current + rounding) / (step.gain() + rounding);
        if (ratio < SHRINK_BELOW) {
            value = SHRINK_BELOW * Math.min(value, step.length());
        } else if (ratio > EXPAND_ABOVE && step.length() > 0.8 * value) {
            value *= 2;
        }
        return ratio > ACCEPT;
    }
}
