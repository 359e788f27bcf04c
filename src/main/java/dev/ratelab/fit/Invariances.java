package dev.ratelab.fit;

import dev.ratelab.fit.quadratic.ScaledSpace;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The declared invariances of a model, along which the objective is constant: those along which a loss changes are released, the
 * others held. This class is immutable.
 */
final class Invariances {
    /** Length of a step along an invariance that tells whether the loss changes along it. */
    private static final double PROBE = 1e-6;

    /** Change of the loss per length of that step above which it does. */
    private static final double CHANGES = 1e-3;

    private static final int CURVE_STEPS = 16;

    private final MixtureOfExperts model;
    private final boolean[] released;

    private Invariances(MixtureOfExperts model, boolean[] released) {
        this.model = model;
        this.released = released;
    }

    /** Those of a model at a point, which is not modified. */
    static Invariances of(MixtureOfExperts model, ToDoubleFunction<double[]> loss, double[] theta) {
        double[][] directions = model.invariances(theta);
        boolean[] changing = new boolean[directions.length];
        double here = loss.applyAsDouble(theta);
        for (int v = 0; v < directions.length; v++) {
            double step = PROBE / Vectors.norm(directions[v]);
            for (double signed : new double[] {step, -step}) {
                double there = loss.applyAsDouble(Vectors.sum(theta, signed, directions[v]));
                changing[v] |= Math.abs(there - here) > CHANGES * PROBE;
            }
        }
        return new Invariances(model, changing);
    }

    boolean anyReleased() {
        for (boolean one : released) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** Directions of those that are held, at a point. */
    double[][] held(double[] theta) {
        double[][] directions = model.invariances(theta);
        List<double[]> held = new ArrayList<>();
        for (int v = 0; v < directions.length; v++) {
            if (!released[v]) {
                held.add(directions[v]);
            }
        }
        return held.toArray(new double[0][]);
    }

    /** The linear function whose maximum over a ball of the metric lies along the released ones. */
    double[] alongReleased(double[] theta, double[] metric, double sense) {
        double[][] directions = model.invariances(theta);
        double[] slope = new double[metric.length];
        for (int v = 0; v < directions.length; v++) {
            for (int a = 0; a < slope.length && released[v]; a++) {
                slope[a] += sense * metric[a] * metric[a] * directions[v][a];
            }
        }
        return slope;
    }

    /**
     * The end of a step. What of it goes along a released invariance follows the curve of that, on which the objective is constant.
     *
     * @param from not modified
     * @param step not modified
     * @param metric diagonal of the metric at {@code from}
     */
    double[] moved(double[] from, double[] step, double[] metric) {
        double[] rest = step;
        double[] theta = from;
        double[][] directions = model.invariances(from);
        for (int v = 0; v < directions.length; v++) {
            if (released[v]) {
                double along = along(from, metric, directions[v], rest);
                rest = Vectors.sum(rest, -along, directions[v]);
                theta = follow(theta, v, along);
            }
        }
        return Vectors.sum(theta, 1, rest);
    }

    /** How much of a step goes along a direction, in the scaled metric, where the held invariances do not count. */
    private double along(double[] from, double[] metric, double[] direction, double[] step) {
        double[][] basis = Vectors.orthogonalComplement(ScaledSpace.scaled(held(from), metric), metric.length);
        double[][] both = ScaledSpace.scaled(new double[][] {direction, step}, metric);
        double[] unit = Vectors.multiply(basis, both[0]);
        return Vectors.dot(unit, Vectors.multiply(basis, both[1])) / Vectors.dot(unit, unit);
    }

    /** Follows an invariance, whose direction changes with the point, by Runge-Kutta steps of fourth order. */
    private double[] follow(double[] from, int invariance, double length) {
        double h = length / CURVE_STEPS;
        double[] theta = from;
        for (int i = 0; i < CURVE_STEPS; i++) {
            double[] first = model.invariances(theta)[invariance];
            double[] second = model.invariances(Vectors.sum(theta, h / 2, first))[invariance];
            double[] third = model.invariances(Vectors.sum(theta, h / 2, second))[invariance];
            double[] fourth = model.invariances(Vectors.sum(theta, h, third))[invariance];
            theta = Vectors.sum(theta, h / 6, first);
            theta = Vectors.sum(theta, h / 3, second);
            theta = Vectors.sum(theta, h / 3, third);
            theta = Vectors.sum(theta, h / 6, fourth);
        }
        return theta;
    }
}
