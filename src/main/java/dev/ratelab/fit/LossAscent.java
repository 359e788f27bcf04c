package dev.ratelab.fit;

import dev.ratelab.fit.quadratic.RidgeModel;
import dev.ratelab.random.Stream;
import java.util.function.ToDoubleFunction;

/**
 * Searches of a level set for a point with a large loss. Not safe for use by several threads.
 *
 * @param set the set
 * @param loss the loss of a vector in standard units; {@code NaN} where it is undefined
 */
record LossAscent(LevelSet set, ToDoubleFunction<double[]> loss) {
    private static final int MAX_ITERATIONS = 100;
    private static final int MAX_REJECTED = 14;
    private static final int MAX_CORRECTIONS = 8;
    private static final int MAX_CLIMBS = 40;

    /** A rise of the loss by a smaller share is next to nothing. */
    private static final double SMALL_RISE = 1e-4;

    private static final int SMALL_RISES = 3;

    /** Differences of the loss are taken over this share of a standard error at known labels. */
    private static final double DIFFERENCE = 1e-3;

    private static final double SHRINK = 0.25;
    private static final double EXPAND = 3;

    /** A point of the set and its loss. */
    record End(LevelSet.Point point, double loss) {}

    /**
     * One search; null if it found no point of the set at which the loss is defined.
     *
     * @param from where it starts, in the set or not
     * @param number which search it is: this decides in which direction it leaves its start
     */
    End search(LevelSet.Point from, int number, Stream stream) {
        LevelSet.Point start = set.within(from, MAX_CLIMBS);
        if (start == null) {
            return null;
        }
        return raise(number > 0 ? push(start, number, stream) : start);
    }

    /** Goes to the edge of the set in a direction, without regard to the loss. */
    private LevelSet.Point push(LevelSet.Point start, int number, Stream stream) {
        RidgeModel ridge = set.ridge(start);
        double[] slope;
        if (number == 2 || number == 4) {
            slope = ridge.flattest(0);
            for (int a = 0; a < slope.length && number == 4; a++) {
                slope[a] = -slope[a];
            }
        } else if (number % 2 == 1 && number < 4 && set.invariances().anyReleased()) {
            slope = ridge.scaled(set.invariances().alongReleased(start.theta(), start.metric(), number == 1 ? 1 : -1));
        } else {
            double[] normal = new double[ridge.size()];
            for (int a = 0; a < normal.length; a++) {
                normal[a] = stream.normal(a, 0);
            }
            slope = ridge.whitened(normal);
        }
        double radius = set.firstRadius();
        for (int rejected = 0; rejected < MAX_REJECTED; rejected++) {
            RidgeModel.Step step = ridge.ascend(slope, set.room(start), radius);
            LevelSet.Point next = set.within(set.moved(start, step), MAX_CORRECTIONS);
            if (next != null) {
                return next;
            }
            radius = SHRINK * Math.min(radius, step.length());
        }
        return start;
    }

    private End raise(LevelSet.Point start) {
        LevelSet.Point point = start;
        double value = loss.applyAsDouble(point.theta());
        if (Double.isNaN(value)) {
            return null;
        }
        double radius = set.firstRadius();
        int small = 0;
        int rejected = 0;
        RidgeModel ridge = set.ridge(point);
        double[] slope = ridge.scaled(gradient(point));
        for (int i = 0; i < MAX_ITERATIONS && small < SMALL_RISES && rejected < MAX_REJECTED; i++) {
            RidgeModel.Step step = ridge.ascend(slope, set.room(point), radius);
            if (!(step.rise() > SMALL_RISE * SMALL_RISE * value)) {
                break;
            }
            LevelSet.Point next = set.within(set.moved(point, step), MAX_CORRECTIONS);
            double raised = next == null ? Double.NaN : loss.applyAsDouble(next.theta());
            double rise = raised - value;
            if (!(rise > SHRINK * step.rise())) {
                radius = SHRINK * Math.min(radius, step.length());
            } else if (step.length() > 0.8 * radius) {
                radius *= EXPAND;
            }
            if (!(rise > 0)) {
                rejected++;
                continue;
            }
            rejected = 0;
            small = rise > SMALL_RISE * raised ? 0 : small + 1;
            point = next;
            value = raised;
            ridge = set.ridge(point);
            slope = ridge.scaled(gradient(point));
        }
        return new End(point, value);
    }

    /** Central differences of the loss; 0 where it is undefined at either side. */
    private double[] gradient(LevelSet.Point point) {
        double[] gradient = new double[point.theta().length];
        for (int a = 0; a < gradient.length; a++) {
            double size = 1 + Math.abs(point.theta()[a]);
            double step = Math.max(1e-11 * size, Math.min(1e-4 * size, DIFFERENCE / point.metric()[a]));
            double[] theta = point.theta().clone();
            theta[a] = point.theta()[a] + step;
            double above = loss.applyAsDouble(theta);
            double up = theta[a];
            theta[a] = point.theta()[a] - step;
            double difference = (above - loss.applyAsDouble(theta)) / (up - theta[a]);
            gradient[a] = Double.isFinite(difference) ? difference : 0;
        }
        return gradient;
    }
}
