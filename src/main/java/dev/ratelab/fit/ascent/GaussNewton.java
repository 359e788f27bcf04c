package dev.ratelab.fit.ascent;

import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.ScaledProblem;
import dev.ratelab.fit.quadratic.TrustRadius;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;

/**
 * The Levenberg-Marquardt method for the regression problem, in its trust-region form: Gauss-Newton steps within a radius and within
 * the compact set ({@link ScaledProblem#maximise}). It needs no second derivatives, and its quadratic model is never
 * indefinite, so it comes first; a stationary point that is no maximum is left to {@link NewtonPolish}.
 */
record GaussNewton(MixtureOfExperts model, Objective objective, FeasibleSet feasible) {
    /**
     * Iterates from a feasible start until the limit, or until a step promises less than {@code smallestGain} nats.
     *
     * @param start not modified
     */
    WarmUp.Result run(double[] start, int iterations, double smallestGain, Deadline deadline) {
        double[] theta = start.clone();
        Evaluation current = Evaluation.of(model);
        Evaluation trial = Evaluation.of(model);
        objective.evaluate(theta, Order.COMPLETE, current);
        TrustRadius radius = new TrustRadius(NewtonPolish.RADIUS_PER_ROOT_INFORMATION * objective.rootInformation());
        int done = 0;
        while (done < iterations && current.isFinite() && !deadline.passed()) {
            double[] metric = NewtonPolish.metric(current, current);
            ScaledProblem problem = new ScaledProblem(
                    feasible, theta, current.gradient, current.hessian, metric, model.invariances(theta));
            if (!problem.isFinite()) {
                break;
            }
            ScaledProblem.Step step = problem.maximise(radius.value());
            if (!(step.gain() > smallestGain) || radius.isExhausted()) {
                break;
            }
            done++;
            double[] next = Vectors.sum(theta, 1, step.delta());
            objective.evaluate(next, Order.COMPLETE, trial);
            if (radius.accepts(step, current.logLikelihood, trial.finiteValue())) {
                theta = next;
                Evaluation previous = current;
                current = trial;
                trial = previous;
            }
        }
        return new WarmUp.Result(theta, done);
    }
}
