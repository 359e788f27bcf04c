package dev.ratelab.fit.ascent;

/**
 * When a fit stops.
 *
 * @param predictedGain largest predicted gain of a Newton step, in nats, at which a point counts as stationary; positive
 * @param maxIterations limit on the iterations of the polish from one start, at least 1
 * @param warmUpIterations limit on the iterations before the polish, at least 0
 * @param timeLimitMillis time limit of one fit in milliseconds; 0 is none. It makes results depend on the machine
 * @param relativeTolerance if positive, EM alone is run, at most {@code maxIterations} times, until an iteration raises the log
 *     likelihood by less than this share of its absolute value: the usual published rule, which is kept to show what it does. Such a
 *     fit is never certified. 0, the default, is no such rule
 */
public record StopRule(
        double predictedGain, int maxIterations, int warmUpIterations, long timeLimitMillis, double relativeTolerance) {

    /** A rule on the predicted gain. */
    public StopRule(double predictedGain, int maxIterations, int warmUpIterations, long timeLimitMillis) {
        this(predictedGain, maxIterations, warmUpIterations, timeLimitMillis, 0);
    }

    public StopRule {
        if (!(predictedGain > 0) || predictedGain == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("predicted-gain = " + predictedGain + " must be positive (nats)");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("max-iterations = " + maxIterations + " must be at least 1");
        }
        if (warmUpIterations < 0) {
            throw new IllegalArgumentException("warm-up-iterations = " + warmUpIterations + " must be at least 0");
        }
        if (timeLimitMillis < 0) {
            throw new IllegalArgumentException("time-limit-millis = " + timeLimitMillis + " must be at least 0");
        }
        if (!(relativeTolerance >= 0) || relativeTolerance >= 1) {
            throw new IllegalArgumentException("tolerance = " + relativeTolerance + " must be a number in [0, 1)");
        }
    }

    /** Whether a relative change of the likelihood ends a fit. */
    public boolean relative() {
        return relativeTolerance > 0;
    }

    /** Gain 1e-6 nat, at most 2,000 Newton iterations after at most 50 of EM, no time limit. */
    public static StopRule defaults() {
        return new StopRule(1e-6, 2000, 50, 0);
    }
}
