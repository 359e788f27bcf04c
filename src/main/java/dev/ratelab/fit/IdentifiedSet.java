package dev.ratelab.fit;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.Deadline;
import dev.ratelab.fit.ascent.NewtonPolish;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.RidgeModel;
import dev.ratelab.fit.quadratic.ScaledSpace;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The parameters that the data cannot tell from the best ones: those of the compact set whose objective is within {@code c} nats of
 * the optimum. Its radius is the largest loss in it.
 *
 * <p><b>The search</b> raises the loss step by step. At each point the objective is replaced by its quadratic approximation and the loss
 * by its gradient (central differences; the loss may have kinks); the best step of that problem ({@link RidgeModel}) is then led
 * back to the level {@code c} by shortest steps along which the objective rises, so that steps can be long on a thin and curved set. A
 * step is kept if the objective itself is within {@code c} nats and the loss has risen, and the trust region adapts. A search ends
 * when a step promises or brings next to nothing.
 *
 * <p><b>Several searches</b>, because the set need be neither convex nor connected: the first starts at the estimate; of the others those with
 * even numbers leave it towards the flattest direction in both senses, then in random directions; those with odd numbers start at
 * the truth, with its surplus atoms in each cell in turn and then drawn at random, and leave that in a random direction (the first two in
 * both senses of the invariances along which the loss changes, if there are any). Search {@code s} does not depend on how many there
 * are.
 *
 * <p>Declared invariances along which the loss does not change, such as the translations of a gate, are held: along them the set may have
 * no end. Along others, such as the common factor of weights and temperature for the error of a temperature, the search may go.
 *
 * <p>What comes out is a lower bound of the radius: the point is known and so are its deficit and its loss, but there may be a point
 * with a larger loss. The optimum is the highest value that the fit or any of the searches has met: where a search rises above the fit by
 * so much that what was found is no longer in the set, all start again from the optimum there.
 *
 * <p>Not safe for use by several threads.
 */
public final class IdentifiedSet {
    /** Share of the radius within which a search counts as having found it. */
    public static final double SAME_RADIUS = 0.01;

    /** Share of the nats that is used, so that rounding and a slightly higher optimum leave the point in the set. */
    private static final double USED_SHARE = 0.999;

    /** Share that a step back to the level aims at. */
    private static final double AIMED_SHARE = 0.998;

    private static final int MAX_ITERATIONS = 100;
    private static final int MAX_REJECTED = 14;
    private static final int MAX_CORRECTIONS = 8;
    private static final int MAX_CLIMBS = 40;
    private static final int ROUNDS = 4;

    /** A rise of the loss by a smaller share is next to nothing. */
    private static final double SMALL_RISE = 1e-4;

    private static final int SMALL_RISES = 3;

    /** Differences of the loss are taken over this share of a standard error at known labels. */
    private static final double DIFFERENCE = 1e-3;

    /** Length of a step along an invariance that tells whether the loss changes along it. */
    private static final double PROBE = 1e-6;

    /** Change of the loss per length of that step above which it does. */
    private static final double CHANGES = 1e-3;

    private static final int CURVE_STEPS = 16;

    /** Where a direction has no bound the searches end here: beyond, rounding decides. In standard units. */
    private static final double LARGEST_PARAMETER = 1e6;

    private static final double SHRINK = 0.25;
    private static final double EXPAND = 3;

    private final MixtureOfExperts model;
    private final Rows sample;
    private final double nats;
    private final Standardisation units;
    private final Objective objective;
    private final FeasibleSet feasible;
    private final Evaluation complete;
    private final double firstRadius;
    private final double fitted;
    private Point centre;
    private double optimum;
    private Point highest;
    private boolean[] released;

    /**
     * The largest loss that was found.
     *
     * @param loss the loss at the point
     * @param parameters the point; within the compact set
     * @param deficit by how much the objective there is below the optimum, nats, between 0 and {@code c}
     * @param gain by how much the optimum that the searches know is above that of the fit, nats, at least 0
     * @param agreeing number of searches whose end point has at least 99 % of the loss
     */
    public record Radius(double loss, double[] parameters, double deficit, double gain, int agreeing) {}

    /** A point of the compact set in standard units with all derivatives of the objective. */
    private record Point(double[] theta, Evaluation evaluation) {
        double value() {
            return evaluation.logLikelihood;
        }
    }

    /** A point and its loss. */
    private record End(Point point, double loss) {}

    /**
     * The set around an estimate.
     *
     * @param estimate the best fit to the sample; the optimum is its objective, or that of an uncertified start that lies higher
     * @param nats c, positive
     */
    public IdentifiedSet(MixtureOfExperts model, ParameterBounds bounds, Rows sample, Estimate estimate, double nats) {
        if (!(nats > 0) || nats == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("nats = " + nats + " must be a finite number > 0");
        }
        this.model = model;
        this.sample = sample;
        this.nats = nats;
        units = Standardisation.of(model, sample);
        objective = Objective.of(model, units.apply(sample));
        feasible = new FeasibleSet(units.constraints(model.constraints(bounds)));
        firstRadius = NewtonPolish.RADIUS_PER_ROOT_INFORMATION * objective.rootInformation();
        complete = Evaluation.of(model);
        double[] theta = feasible.project(units.toStandard(estimate.parameters()));
        objective.evaluate(theta, Order.COMPLETE, complete);
        centre = point(theta);
        highest = centre;
        fitted = centre.value() + estimate.uncertifiedGain();
        optimum = fitted;
    }

    /**
     * The largest value of a loss that the searches find in the set; empty if there is none: the estimate is not in the set, as an
     * uncertified start lies higher; the loss is undefined; or searches keep finding higher optima.
     *
     * @param loss the loss of a parameter vector in the user's units; {@code NaN} where it is undefined
     * @param near what odd searches start at
     * @param searches number of searches, at least 1
     * @param key key of the random streams
     */
    public Optional<Radius> radius(ToDoubleFunction<double[]> loss, Truth near, int searches, String key) {
        if (searches < 1) {
            throw new IllegalArgumentException("searches = " + searches + " must be at least 1");
        }
        for (int round = 0; round < ROUNDS; round++) {
            released = changing(loss, centre);
            End best = null;
            double[] losses = new double[searches];
            for (int s = 0; s < searches; s++) {
                End end = search(loss, near, s, Streams.of(key, "identified-set-search-" + s));
                losses[s] = end == null ? Double.NaN : end.loss;
                if (end != null && (best == null || end.loss > best.loss)) {
                    best = end;
                }
            }
            if (highest.value() <= optimum) {
                return best == null ? Optional.empty() : verified(loss, best, losses);
            }
            recentre();
            if (best != null && optimum - best.point.value() <= nats) {
                return verified(loss, best, losses);
            }
        }
        return Optional.empty();
    }

    /** Along which of the declared invariances the loss changes. */
    private boolean[] changing(ToDoubleFunction<double[]> loss, Point point) {
        double[][] invariances = model.invariances(point.theta);
        boolean[] changing = new boolean[invariances.length];
        double here = loss(loss, point.theta);
        for (int v = 0; v < invariances.length; v++) {
            double step = PROBE / Vectors.norm(invariances[v]);
            for (double signed : new double[] {step, -step}) {
                double[] theta = sum(point.theta, signed, invariances[v]);
                changing[v] |= Math.abs(loss(loss, theta) - here) > CHANGES * PROBE;
            }
        }
        return changing;
    }

    private boolean anyReleased() {
        for (boolean one : released) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** The linear function whose maximum over a ball of the scaled metric lies along the released invariances. */
    private double[] alongReleased(Point point, double sense) {
        double[] metric = NewtonPolish.metric(complete, point.evaluation);
        double[][] invariances = model.invariances(point.theta);
        double[] slope = new double[metric.length];
        for (int v = 0; v < invariances.length; v++) {
            for (int a = 0; a < slope.length && released[v]; a++) {
                slope[a] += sense * metric[a] * metric[a] * invariances[v][a];
            }
        }
        return slope;
    }

    private double[][] held(Point point) {
        double[][] invariances = model.invariances(point.theta);
        List<double[]> held = new ArrayList<>();
        for (int v = 0; v < invariances.length; v++) {
            if (!released[v]) {
                held.add(invariances[v]);
            }
        }
        return held.toArray(new double[0][]);
    }

    /** Climbs from the highest point that the searches have met to the optimum there. */
    private void recentre() {
        NewtonPolish.Result end =
                new NewtonPolish(model, objective, feasible).run(highest.theta, StopRule.defaults(), new Deadline(0));
        Point top = point(end.theta());
        centre = top.value() >= highest.value() ? top : highest;
        highest = centre;
        optimum = centre.value();
    }

    /** The point in the user's units, if it still is in the set there. */
    private Optional<Radius> verified(ToDoubleFunction<double[]> loss, End best, double[] losses) {
        double[] parameters = units.toUser(best.point.theta);
        double offset = Estimator.logLikelihood(model, sample, units.toUser(centre.theta)) - centre.value();
        double deficit = optimum + offset - Estimator.logLikelihood(model, sample, parameters);
        double value = loss.applyAsDouble(parameters);
        if (!(deficit <= nats) || Double.isNaN(value)) {
            return Optional.empty();
        }
        int agreeing = 0;
        for (double other : losses) {
            agreeing += other >= (1 - SAME_RADIUS) * best.loss ? 1 : 0;
        }
        return Optional.of(
                new Radius(value, parameters, Math.max(0, deficit), Math.max(0, optimum - fitted), agreeing));
    }

    /** One search; null if it found no point of the set at which the loss is defined. */
    private End search(ToDoubleFunction<double[]> loss, Truth near, int number, Stream stream) {
        Point start = within(number % 2 == 0 ? centre : truth(near, number / 2, stream), MAX_CLIMBS);
        if (start == null) {
            return null;
        }
        if (number > 0) {
            start = push(start, number, stream);
        }
        return raise(loss, start);
    }

    /** The truth with all surplus atoms in one cell, the cells in turn; after the last cell they are drawn at random. */
    private Point truth(Truth near, int cell, Stream stream) {
        boolean inTurn = cell < near.atoms().size();
        double[] theta = Starts.split(
                near, model, (i, candidates) -> inTurn ? cell % candidates : stream.integer(i, 1, candidates));
        return point(feasible.project(units.toStandard(theta)));
    }

    /** Goes to the edge of the set in a direction, without regard to the loss. */
    private Point push(Point start, int number, Stream stream) {
        RidgeModel ridge = ridge(start);
        double[] slope;
        if (number == 2 || number == 4) {
            slope = ridge.flattest(0);
            for (int a = 0; a < slope.length && number == 4; a++) {
                slope[a] = -slope[a];
            }
        } else if (number % 2 == 1 && number < 4 && anyReleased()) {
            slope = ridge.scaled(alongReleased(start, number == 1 ? 1 : -1));
        } else {
            double[] normal = new double[ridge.size()];
            for (int a = 0; a < normal.length; a++) {
                normal[a] = stream.normal(a, 0);
            }
            slope = ridge.whitened(normal);
        }
        double radius = firstRadius;
        for (int rejected = 0; rejected < MAX_REJECTED; rejected++) {
            RidgeModel.Step step = ridge.ascend(slope, room(start), radius);
            Point next = within(moved(start, step), MAX_CORRECTIONS);
            if (next != null) {
                return next;
            }
            radius = SHRINK * Math.min(radius, step.length());
        }
        return start;
    }

    private End raise(ToDoubleFunction<double[]> loss, Point start) {
        Point point = start;
        double value = loss(loss, point.theta);
        if (Double.isNaN(value)) {
            return null;
        }
        double radius = firstRadius;
        int small = 0;
        int rejected = 0;
        RidgeModel ridge = ridge(point);
        double[] slope = ridge.scaled(gradient(loss, point));
        for (int i = 0; i < MAX_ITERATIONS && small < SMALL_RISES && rejected < MAX_REJECTED; i++) {
            RidgeModel.Step step = ridge.ascend(slope, room(point), radius);
            if (!(step.rise() > SMALL_RISE * SMALL_RISE * value)) {
                break;
            }
            Point next = within(moved(point, step), MAX_CORRECTIONS);
            double raised = next == null ? Double.NaN : loss(loss, next.theta);
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
            ridge = ridge(point);
            slope = ridge.scaled(gradient(loss, point));
        }
        return new End(point, value);
    }

    /** The point itself or the one to which shortest ascents of the objective lead from it, if that is in the set; else null. */
    private Point within(Point from, int corrections) {
        Point point = from;
        for (int i = 0; i <= corrections; i++) {
            if (!point.evaluation.isFinite() || isBeyond(point.theta)) {
                return null;
            }
            double deficit = optimum - point.value();
            if (deficit <= USED_SHARE * nats) {
                if (point.value() > highest.value()) {
                    highest = point;
                }
                return point;
            }
            RidgeModel.Step step = ridge(point).restore(deficit - AIMED_SHARE * nats, firstRadius);
            Point next = moved(point, step);
            if (!(next.value() > point.value())) {
                return null;
            }
            point = next;
        }
        return null;
    }

    private static boolean isBeyond(double[] theta) {
        for (double parameter : theta) {
            if (Math.abs(parameter) > LARGEST_PARAMETER) {
                return true;
            }
        }
        return false;
    }

    private double room(Point point) {
        return Math.max(0, USED_SHARE * nats - (optimum - point.value()));
    }

    /** The end of a step. What of it goes along a released invariance follows the curve of that, on which the objective is constant. */
    private Point moved(Point from, RidgeModel.Step step) {
        double[] delta = step.delta().clone();
        double[] theta = from.theta.clone();
        double[][] directions = model.invariances(theta);
        for (int v = 0; v < directions.length; v++) {
            if (released[v]) {
                double along = along(from, directions[v], delta);
                for (int a = 0; a < theta.length; a++) {
                    delta[a] -= along * directions[v][a];
                }
                theta = follow(theta, v, along);
            }
        }
        for (int a = 0; a < theta.length; a++) {
            theta[a] += delta[a];
        }
        return point(feasible.project(theta));
    }

    /** How much of a step goes along a direction, in the scaled metric, where the held invariances do not count. */
    private double along(Point from, double[] direction, double[] delta) {
        double[] metric = NewtonPolish.metric(complete, from.evaluation);
        double[][] basis = Vectors.orthogonalComplement(ScaledSpace.scaled(held(from), metric), metric.length);
        double[][] both = ScaledSpace.scaled(new double[][] {direction, delta}, metric);
        double[] unit = Vectors.multiply(basis, both[0]);
        return Vectors.dot(unit, Vectors.multiply(basis, both[1])) / Vectors.dot(unit, unit);
    }

    /** Follows an invariance, whose direction changes with the point, by Runge-Kutta steps of fourth order. */
    private double[] follow(double[] from, int invariance, double length) {
        double h = length / CURVE_STEPS;
        double[] theta = from;
        for (int i = 0; i < CURVE_STEPS; i++) {
            double[] first = model.invariances(theta)[invariance];
            double[] second = model.invariances(sum(theta, h / 2, first))[invariance];
            double[] third = model.invariances(sum(theta, h / 2, second))[invariance];
            double[] fourth = model.invariances(sum(theta, h, third))[invariance];
            theta = sum(theta, h / 6, first);
            theta = sum(theta, h / 3, second);
            theta = sum(theta, h / 3, third);
            theta = sum(theta, h / 6, fourth);
        }
        return theta;
    }

    private static double[] sum(double[] theta, double factor, double[] direction) {
        double[] sum = theta.clone();
        for (int a = 0; a < sum.length; a++) {
            sum[a] += factor * direction[a];
        }
        return sum;
    }

    private Point point(double[] theta) {
        Evaluation evaluation = Evaluation.of(model);
        objective.evaluate(theta, Order.OBSERVED, evaluation);
        return new Point(theta, evaluation);
    }

    private RidgeModel ridge(Point point) {
        return new RidgeModel(
                feasible,
                point.theta,
                point.evaluation.gradient,
                point.evaluation.hessian,
                NewtonPolish.metric(complete, point.evaluation),
                held(point));
    }

    private double loss(ToDoubleFunction<double[]> loss, double[] theta) {
        return loss.applyAsDouble(units.toUser(theta));
    }

    /** Central differences of the loss; 0 where it is undefined at either side. */
    private double[] gradient(ToDoubleFunction<double[]> loss, Point point) {
        double[] metric = NewtonPolish.metric(complete, point.evaluation);
        double[] gradient = new double[point.theta.length];
        for (int a = 0; a < gradient.length; a++) {
            double size = 1 + Math.abs(point.theta[a]);
            double step = Math.max(1e-11 * size, Math.min(1e-4 * size, DIFFERENCE / metric[a]));
            double[] theta = point.theta.clone();
            theta[a] = point.theta[a] + step;
            double above = loss(loss, theta);
            double up = theta[a];
            theta[a] = point.theta[a] - step;
            double difference = (above - loss(loss, theta)) / (up - theta[a]);
            gradient[a] = Double.isFinite(difference) ? difference : 0;
        }
        return gradient;
    }
}
