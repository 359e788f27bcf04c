package dev.ratelab.fit;

import dev.ratelab.fit.ascent.Deadline;
import dev.ratelab.fit.ascent.NewtonPolish;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.RidgeModel;
import dev.ratelab.model.MixtureOfExperts;
import java.util.Arrays;

/**
 * The points of a compact set whose objective is within {@code c} nats of the optimum, and the steps between them; all in standard
 * units. The optimum is the highest value that is known. Not safe for use by several threads.
 */
final class LevelSet {
    /** Share of the nats that is used, so that rounding and a slightly higher optimum leave the point in the set. */
    private static final double USED_SHARE = 0.999;

    /** Share that a step back to the level aims at. */
    private static final double AIMED_SHARE = 0.998;

    /** Where a direction has no bound the set ends here: beyond, rounding decides. */
    private static final double LARGEST_PARAMETER = 1e6;

    private final MixtureOfExperts model;
    private final Objective objective;
    private final FeasibleSet feasible;
    private final double nats;
    private final Evaluation complete;
    private final double firstRadius;
    private Point centre;
    private double optimum;
    private Point highest;
    private Invariances invariances;

    /**
     * A point of the compact set.
     *
     * @param theta not to be modified
     * @param evaluation all derivatives of the objective there
     * @param metric units of the parameters there
     */
    record Point(double[] theta, Evaluation evaluation, double[] metric) {
        double value() {
            return evaluation.logLikelihood;
        }
    }

    /**
     * The set around a maximum.
     *
     * @param theta the maximum; not modified
     * @param gain by how much the optimum is known to lie above that, nats
     * @param nats c, positive and finite
     */
    LevelSet(
            MixtureOfExperts model,
            Objective objective,
            FeasibleSet feasible,
            double[] theta,
            double gain,
            double nats) {
        this.model = model;
        this.objective = objective;
        this.feasible = feasible;
        this.nats = nats;
        firstRadius = NewtonPolish.RADIUS_PER_ROOT_INFORMATION * objective.rootInformation();
        complete = Evaluation.of(model);
        double[] start = feasible.project(theta);
        objective.evaluate(start, Order.COMPLETE, complete);
        centre = point(start);
        highest = centre;
        optimum = centre.value() + gain;
    }

    /** Sets along which invariances of the model steps go from now on. */
    void release(Invariances some) {
        invariances = some;
    }

    Invariances invariances() {
        return invariances;
    }

    /** The maximum that the set is around. */
    Point centre() {
        return centre;
    }

    double optimum() {
        return optimum;
    }

    /** A length in which the quadratic approximation may hold. */
    double firstRadius() {
        return firstRadius;
    }

    /** By how much the objective is below the optimum, nats. */
    double deficit(Point point) {
        return optimum - point.value();
    }

    /** What the objective may fall from a point, nats. */
    double room(Point point) {
        return Math.max(0, USED_SHARE * nats - deficit(point));
    }

    /** Whether no point of the set that was met lies above the optimum. */
    boolean knowsOptimum() {
        return highest.value() <= optimum;
    }

    /** Climbs from the highest point that was met to the optimum there. */
    void recentre() {
        NewtonPolish.Result end =
                new NewtonPolish(model, objective, feasible).run(highest.theta, StopRule.defaults(), new Deadline(0));
        Point top = point(end.theta());
        centre = top.value() >= highest.value() ? top : highest;
        highest = centre;
        optimum = centre.value();
    }

    /** The point of the compact set that is nearest to a vector. */
    Point nearest(double[] theta) {
        return point(feasible.project(theta));
    }

    private Point point(double[] theta) {
        Evaluation evaluation = Evaluation.of(model);
        objective.evaluate(theta, Order.OBSERVED, evaluation);
        return new Point(theta, evaluation, NewtonPolish.metric(complete, evaluation));
    }

    /** The approximation at a point, without the invariances that are held. */
    RidgeModel ridge(Point point) {
        return new RidgeModel(
                feasible,
                point.theta,
                point.evaluation.gradient,
                point.evaluation.hessian,
                point.metric,
                invariances.held(point.theta));
    }

    /** The end of a step. */
    Point moved(Point from, RidgeModel.Step step) {
        return nearest(invariances.moved(from.theta, step.delta(), from.metric));
    }

    /**
     * The point itself or the one to which shortest ascents of the objective lead from it, if that is in the set; else null.
     *
     * @param corrections most ascents
     */
    Point within(Point from, int corrections) {
        Point point = from;
        for (int i = 0; i <= corrections; i++) {
            if (!point.evaluation.isFinite() || isBeyond(point.theta)) {
                return null;
            }
            double deficit = deficit(point);
            if (deficit <= USED_SHARE * nats) {
                if (point.value() > highest.value()) {
                    highest = point;
                }
                return point;
            }
            Point next = moved(point, ridge(point).restore(deficit - AIMED_SHARE * nats, firstRadius));
            if (!(next.value() > point.value())) {
                return null;
            }
            point = next;
        }
        return null;
    }

    private static boolean isBeyond(double[] theta) {
        return Arrays.stream(theta).anyMatch(parameter -> Math.abs(parameter) > LARGEST_PARAMETER);
    }
}
