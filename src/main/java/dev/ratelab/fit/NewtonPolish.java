package dev.ratelab.fit;

import dev.ratelab.model.MixtureOfExperts;

/**
 * Bound-constrained trust-region Newton ascent on the observed log likelihood with the exact Hessian.
 *
 * <p>It stops when the predicted gain of a Newton step on the free space is below the rule's number of nats and no direction of
 * the free space curves upwards; from a saddle it goes on along the ascent direction. Steps stay within the compact set
 * ({@link ScaledProblem#maximise}). When the gain is of the size of the rounding error of the likelihood, both actual and
 * predicted gain are raised by that error, so that the step is judged by the gradient (Conn, Gould and Toint, Trust-Region
 * Methods, 2000, section 17.4.2).
 */
final class NewtonPolish {
    private static final double ACCEPT = 1e-4;
    private static final double SHRINK_BELOW = 0.25;
    private static final double EXPAND_ABOVE = 0.75;
    private static final double RADIUS_PER_ROOT_ROW = 0.1;
    private static final double ROUNDING = 16 * 0x1p-52;
    private static final double SMALLEST_RADIUS = 1e-12;

    private final MixtureOfExperts model;
    private final MixtureLikelihood likelihood;
    private final FeasibleSet feasible;
    private final int sampleSize;

    NewtonPolish(MixtureOfExperts model, MixtureLikelihood likelihood, FeasibleSet feasible, int sampleSize) {
        this.model = model;
        this.likelihood = likelihood;
        this.feasible = feasible;
        this.sampleSize = sampleSize;
    }

    /**
     * Result of a run.
     *
     * @param theta last point
     * @param logLikelihood its log likelihood
     * @param iterations Newton iterations, rejected steps included
     * @param certificate what holds there
     */
    record Result(double[] theta, double logLikelihood, int iterations, Certificate certificate) {}

    /**
     * Climbs from a feasible point.
     *
     * @param start not modified
     */
    Result run(double[] start, StopRule stop, Deadline deadline) {
        int parameters = start.length;
        Evaluation complete = new Evaluation(parameters, model.atoms());
        Evaluation current = new Evaluation(parameters, model.atoms());
        Evaluation trial = new Evaluation(parameters, model.atoms());
        double[] theta = start.clone();
        likelihood.evaluate(theta, MixtureLikelihood.Order.COMPLETE, complete);
        likelihood.evaluate(theta, MixtureLikelihood.Order.OBSERVED, current);
        if (!current.isFinite()) {
            return new Result(theta, current.logLikelihood, 0, Certificate.none(FitStatus.NON_FINITE));
        }
        double radius = RADIUS_PER_ROOT_ROW * Math.sqrt(sampleSize);
        double[] metric = metric(complete, current);
        int iterations = 0;
        FitStatus end = FitStatus.MAX_ITERATIONS;
        boolean refined = false;
        while (true) {
            ScaledProblem problem = new ScaledProblem(feasible, theta, current, metric, model.invariances(theta));
            boolean stationary =
                    Certificate.of(problem, stop.predictedGain(), end).status().certified();
            // One more step after the first stationary point: Newton converges quadratically, so end points that are
            // reached from
            // different starts agree to far more digits than the rule asks for.
            if ((stationary && refined) || iterations >= stop.maxIterations()) {
                break;
            }
            if (deadline.passed()) {
                end = FitStatus.TIMEOUT;
                break;
            }
            refined = stationary;
            ScaledProblem.Step step = problem.maximise(radius);
            iterations++;
            if (!(step.gain() > 0) || radius < SMALLEST_RADIUS) {
                break;
            }
            double[] next = theta.clone();
            for (int a = 0; a < parameters; a++) {
                next[a] += step.delta()[a];
            }
            likelihood.evaluate(next, MixtureLikelihood.Order.OBSERVED, trial);
            double rounding = ROUNDING * Math.abs(current.logLikelihood);
            double ratio = trial.isFinite()
                    ? (trial.logLikelihood - current.logLikelihood + rounding) / (step.gain() + rounding)
                    : Double.NEGATIVE_INFINITY;
            if (ratio < SHRINK_BELOW) {
                radius = SHRINK_BELOW * Math.min(radius, step.length());
            } else if (ratio > EXPAND_ABOVE && step.length() > 0.8 * radius) {
                radius *= 2;
            }
            if (ratio > ACCEPT) {
                theta = next;
                Evaluation previous = current;
                current = trial;
                trial = previous;
                metric = metric(complete, current);
            }
        }
        return new Result(theta, current.logLikelihood, iterations, certify(theta, current, complete, stop, end));
    }

    private Certificate certify(
            double[] theta, Evaluation current, Evaluation complete, StopRule stop, FitStatus otherwise) {
        likelihood.evaluate(theta, MixtureLikelihood.Order.COMPLETE, complete);
        double[] metric = metric(complete, complete);
        ScaledProblem problem = new ScaledProblem(feasible, theta, current, metric, model.invariances(theta));
        Certificate certificate = Certificate.of(problem, stop.predictedGain(), otherwise);
        if (certificate.flatDimensions() > 0 && certificate.status().certified() && isDegenerate(complete)) {
            return certificate.withStatus(FitStatus.DEGENERATE);
        }
        return certificate;
    }

    /** Whether an expert has less than one observation: its parameters are then free because nothing is left to fit. */
    private static boolean isDegenerate(Evaluation complete) {
        for (double mass : complete.mass) {
            if (mass < 1) {
                return true;
            }
        }
        return false;
    }

    /** Square roots of the larger of complete-data information and observed curvature, by parameter. */
    private static double[] metric(Evaluation complete, Evaluation observed) {
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
