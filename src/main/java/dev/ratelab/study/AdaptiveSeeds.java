package dev.ratelab.study;

import dev.ratelab.loss.LossName;

/**
 * How many seeds each setting gets where their number follows from the results: as many as its slope needs.
 *
 * <p>A setting begins with {@link #INITIAL} seeds. Once all of its fits with G seeds are made and the standard error e of its slope is
 * still above the target t, it goes on to {@link #next} seeds, {@code G (e / t)^2} as far as that is at least a quarter more and at most
 * twice as many: the standard error falls like one over the square root of G.
 *
 * @param targetSlopeError standard error of the slope at which a setting has enough seeds, positive and finite
 * @param max most seeds of a setting, at least {@link #INITIAL}
 * @param metric the loss whose slope is meant
 */
public record AdaptiveSeeds(double targetSlopeError, int max, LossName metric) {
    /** Seeds of every setting before anything is known. */
    public static final int INITIAL = 10;

    /** The loss of a study that names none. */
    public static final LossName DEFAULT_METRIC = LossName.D1;

    private static final double MOST_GROWTH = 2;
    private static final double LEAST_GROWTH = 1.25;

    public AdaptiveSeeds {
        if (!(targetSlopeError > 0 && targetSlopeError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "target-slope-error = " + targetSlopeError + " must be a finite number > 0");
        }
        if (max < INITIAL) {
            throw new IllegalArgumentException("max = " + max + " must be at least " + INITIAL);
        }
    }

    /**
     * Number of seeds after {@code seeds} have left the slope with an error above the target.
     *
     * @param slopeError standard error of the slope; {@code NaN}, if it is undefined, counts as very large
     * @return above {@code seeds} and at most {@link #max}
     */
    public int next(int seeds, double slopeError) {
        double ratio = slopeError / targetSlopeError;
        double growth = Double.isNaN(ratio) ? MOST_GROWTH : Math.min(MOST_GROWTH, ratio * ratio);
        return (int) Math.min(max, Math.ceil(seeds * Math.max(LEAST_GROWTH, growth)));
    }
}
