package dev.ratelab.fit.ascent;

import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.ScaledProblem;
import dev.ratelab.fit.quadratic.TrustRadius;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import java.util.Optional;

/**
 * Bound-constrained trust-region Newton ascent on the objective with the exact Hessian.
 *
 * <p>It stops when the predicted gain of a Newton step on the free space is below the rule's number of nats and no direction of
 * the free space curves upwards; from a saddle it goes on along the ascent direction. Steps stay within the compact set
 * ({@link ScaledProblem#maximise}). The radius follows {@link TrustRadius}. A climb that is long is helped by a {@link Shortcut} and by
 * {@link RidgeLeaps}.
 */
public final class NewtonPolish {
    public static final double RADIUS_PER_ROOT_INFORMATION = 0.1;

    /** Steps in a row that promise next to nothing: the point cannot be left and is judged as it is. */
    private static final int MAX_IDLE = 15;

    private final MixtureOfExperts model;
    private final Objective objective;
    private final FeasibleSet feasible;
    private final double firstRadius;

    public NewtonPolish(MixtureOfExperts model, Objective objective, FeasibleSet feasible) {
        this.model = model;
        this.objective = objective;
        this.feasible = feasible;
        firstRadius = RADIUS_PER_ROOT_INFORMATION * objective.rootInformation();
    }

    /**
     * Result of a run.
     *
     * @param theta last point
     * @param logLikelihood the objective there
     * @param iterations Newton iterations, rejected steps included; a shortcut counts as one
     * @param certificate what holds there
     */
    public record Result(double[] theta, double logLikelihood, int iterations, Certificate certificate) {}

    /**
     * Climbs from a feasible point.
     *
     * @param start not modified
     */
    public Result run(double[] start, StopRule stop, Deadline deadline) {
        PointJudge judge = judge();
        Ascent at = new Ascent(start);
        Shortcut shortcut = new Shortcut(model, objective, feasible);
        RidgeLeaps leaps = new RidgeLeaps();
        Evaluation complete = judge.complete(at.theta);
        objective.evaluate(at.theta, Order.OBSERVED, at.current);
        if (!at.current.isFinite()) {
            return new Result(at.theta, at.current.logLikelihood, 0, Certificate.none(FitStatus.NON_FINITE));
        }
        at.metric = metric(complete, at.current);
        int iterations = 0;
        int idle = 0;
        FitStatus end = FitStatus.MAX_ITERATIONS;
        boolean refined = false;
        while (true) {
            ScaledProblem problem = at.problem();
            boolean stationary = judge.isStationary(problem, stop);
            if (stationary) {
                // Units of an earlier point may hide a direction: judge in those of this one.
                judge.complete(at.theta);
                at.metric = metric(complete, complete);
                problem = at.problem();
                // A gate on its way to infinity goes on until a bound stops it or nothing is left to gain.
                stationary = judge.isStationary(problem, stop) && !judge.isDiverging(at.theta, problem);
            }
            if (!problem.isFinite()) {
                return new Result(
                        at.theta, at.current.logLikelihood, iterations, Certificate.none(FitStatus.NON_FINITE));
            }
            // One more step after the first stationary point: Newton converges quadratically, so end points that are
            // reached from different starts agree to far more digits than the rule asks for.
            if ((stationary && refined) || iterations >= stop.maxIterations()) {
                break;
            }
            if (deadline.passed()) {
                end = FitStatus.TIMEOUT;
                break;
            }
            refined = stationary;
            ScaledProblem.Step step = problem.maximise(at.radius.value());
            iterations++;
            idle = step.gain() > 0.1 * stop.predictedGain() ? 0 : idle + 1;
            if (!(step.gain() > 0) || at.radius.isExhausted() || idle >= MAX_IDLE) {
                break;
            }
            if (at.tries(step)) {
                at.metric = metric(complete, at.current);
            }
            if (!stationary && iterations < stop.maxIterations() && shortcut.isDue(iterations, step.gain())) {
                iterations++;
                takeShortcut(at, shortcut, judge, iterations, deadline);
            }
            if (!stationary && iterations < stop.maxIterations() && leaps.isDue(iterations, at.theta)) {
                iterations += leap(at, leaps, complete, iterations, stop.maxIterations(), deadline);
            }
        }
        return new Result(
                at.theta, at.current.logLikelihood, iterations, judge.certify(at.theta, at.current, stop, end));
    }

    /** Where the ascent is. */
    private final class Ascent {
        double[] theta;
        Evaluation current = Evaluation.of(model);
        Evaluation spare = Evaluation.of(model);
        TrustRadius radius = new TrustRadius(firstRadius);
        double[] metric;

        Ascent(double[] start) {
            theta = start.clone();
        }

        ScaledProblem problem() {
            return new ScaledProblem(
                    feasible, theta, current.gradient, current.hessian, metric, model.invariances(theta));
        }

        /** Takes a step if it is good enough; adapts the radius. */
        boolean tries(ScaledProblem.Step step) {
            double[] next = Vectors.sum(theta, 1, step.delta());
            objective.evaluate(next, Order.OBSERVED, spare);
            boolean accepted = radius.accepts(step, current.logLikelihood, spare.finiteValue());
            if (accepted) {
                moveTo(next);
            }
            return accepted;
        }

        /** Moves to the point that was evaluated into the spare. */
        void moveTo(double[] next) {
            theta = next;
            Evaluation left = current;
            current = spare;
            spare = left;
        }
    }

    /** Goes where a shortcut leads if that is higher for all rows. */
    private void takeShortcut(Ascent at, Shortcut shortcut, PointJudge judge, int iterations, Deadline deadline) {
        Optional<double[]> target = shortcut.target(at.theta, iterations, deadline);
        if (target.isEmpty()) {
            return;
        }
        objective.evaluate(target.get(), Order.OBSERVED, at.spare);
        if (at.spare.isFinite() && at.spare.logLikelihood > at.current.logLikelihood) {
            at.moveTo(target.get());
            at.radius = new TrustRadius(firstRadius);
            at.metric = metric(judge.complete(at.theta), at.current);
        }
    }

    /**
     * Leaps along the ridge and climbs back on it; returns to where it was if that gains nothing.
     *
     * @param before iterations made so far
     * @param most the most that there may be, more than that
     * @return iterations of the leap
     */
    private int leap(Ascent at, RidgeLeaps leaps, Evaluation complete, int before, int most, Deadline deadline) {
        Ascent away = new Ascent(feasible.project(leaps.target(at.theta)));
        objective.evaluate(away.theta, Order.OBSERVED, away.current);
        int iterations = 1;
        boolean higher = false;
        if (away.current.isFinite()) {
            away.radius = new TrustRadius(at.radius.value());
            away.metric = metric(complete, away.current);
            higher = away.current.logLikelihood > at.current.logLikelihood;
            while (!higher
                    && iterations <= RidgeLeaps.RETURN_ITERATIONS
                    && before + iterations < most
                    && !deadline.passed()) {
                ScaledProblem problem = away.problem();
                if (!problem.isFinite() || away.radius.isExhausted()) {
                    break;
                }
                ScaledProblem.Step step = problem.maximise(away.radius.value());
                iterations++;
                if (!(step.gain() > 0)) {
                    break;
                }
                if (away.tries(step)) {
                    away.metric = metric(complete, away.current);
                }
                higher = away.current.logLikelihood > at.current.logLikelihood;
            }
        }
        if (higher) {
            at.theta = away.theta;
            at.current = away.current;
            at.spare = away.spare;
            at.radius = away.radius;
            at.metric = away.metric;
        }
        leaps.tell(higher, before + iterations);
        return iterations;
    }

    /**
     * Judges a point where another method stopped, without moving it.
     *
     * @param otherwise the status if the point is not degenerate, whatever the certificate says of it
     */
    public Result judge(double[] theta, StopRule stop, FitStatus otherwise) {
        Evaluation current = Evaluation.of(model);
        objective.evaluate(theta, Order.OBSERVED, current);
        if (!current.isFinite()) {
            return new Result(theta, current.logLikelihood, 0, Certificate.none(FitStatus.NON_FINITE));
        }
        Certificate certificate = judge().certify(theta, current, stop, otherwise);
        boolean hopeless = certificate.status() == FitStatus.NON_FINITE || certificate.status() == FitStatus.DEGENERATE;
        return new Result(theta, current.logLikelihood, 0, hopeless ? certificate : certificate.withStatus(otherwise));
    }

    private PointJudge judge() {
        return new PointJudge(model, objective, feasible, firstRadius);
    }

    /** Square roots of the larger of complete-data information and observed curvature, by parameter. */
    public static double[] metric(Evaluation complete, Evaluation observed) {
        int parameters = complete.gradient.length;
        double[] metric = new double[parameters];
        double largest = 0;
        for (int a = 0; a < parameters; a++) {
            metric[a] = Math.sqrt(Math.max(Math.abs(complete.hessian[a][a]), Math.abs(observed.hessian[a][a])));
            largest = Math.max(largest, metric[a]);
        }
        for (int a = 0; a < parameters; a++) {
            metric[a] = Math.max(metric[a], 1e-12 * largest);
        }
        return metric;
    }
}
