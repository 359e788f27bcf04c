package dev.ratelab.fit.ascent;

import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.ScaledProblem;
import dev.ratelab.math.Elementary;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import java.util.Arrays;

/**
 * Judges the points of one ascent: whether one is a maximum, and whether it is one of a fit that has degenerated. It keeps what takes a
 * pass over the sample, as that is asked for again at the point where it was asked for last. Not safe for use by several threads.
 */
final class PointJudge {
    /** Share of the mean squared response below which a variance is rounding: standard deviations of 3e-14 responses. */
    private static final double COLLAPSED_VARIANCE = 0x1p-90;

    /** A step that promises nothing but changes a score by more than this: the gate goes to infinity. */
    private static final double DIVERGING_SCORE = 0.1;

    private final MixtureOfExperts model;
    private final Objective objective;
    private final FeasibleSet feasible;
    private final double firstRadius;
    private final Evaluation complete;
    private double[] completeAt;
    private double[] divergingAt;
    private boolean diverging;

    /**
     * Judges points of an ascent.
     *
     * @param firstRadius length in the complete-data metric within which a step counts where curvature alone does not bound it
     */
    PointJudge(MixtureOfExperts model, Objective objective, FeasibleSet feasible, double firstRadius) {
        this.model = model;
        this.objective = objective;
        this.feasible = feasible;
        this.firstRadius = firstRadius;
        complete = Evaluation.of(model);
    }

    /**
     * The complete-data information at a point: the same object each time.
     *
     * @param theta not modified, then or later
     */
    Evaluation complete(double[] theta) {
        if (completeAt != theta) {
            objective.evaluate(theta, Order.COMPLETE, complete);
            completeAt = theta;
        }
        return complete;
    }

    /**
     * Whether the objective rises, by less and less, as the gate goes to infinity. The last Newton step at a maximum is a
     * tiny fraction of a standard error; here its gain is as small, but each step changes scores by about one.
     *
     * @param theta not modified, then or later
     * @param problem the approximation there, in the complete-data metric
     */
    boolean isDiverging(double[] theta, ScaledProblem problem) {
        if (divergingAt != theta) {
            double[] next = Vectors.sum(theta, 1, problem.newtonStep(Certificate.FLAT_TOLERANCE));
            diverging = objective.largestScoreChange(theta, next) > DIVERGING_SCORE;
            divergingAt = theta;
        }
        return diverging;
    }

    /**
     * Whether the point is a certified maximum for all that the approximation there tells.
     *
     * @param problem the approximation in the complete-data metric
     */
    boolean isStationary(ScaledProblem problem, StopRule stop) {
        return problem.isFinite()
                && judge(problem, stop, FitStatus.MAX_ITERATIONS).status().certified();
    }

    private Certificate judge(ScaledProblem problem, StopRule stop, FitStatus otherwise) {
        return Certificate.of(problem, stop.predictedGain(), firstRadius, otherwise);
    }

    /**
     * The certificate of a point.
     *
     * @param current all derivatives of the objective there, finite
     * @param otherwise the status if the point is not a certified maximum, saddle or degenerate
     */
    Certificate certify(double[] theta, Evaluation current, StopRule stop, FitStatus otherwise) {
        complete(theta);
        ScaledProblem problem = new ScaledProblem(
                feasible,
                theta,
                current.gradient,
                current.hessian,
                NewtonPolish.metric(complete, complete),
                model.invariances(theta));
        if (!problem.isFinite()) {
            return Certificate.none(FitStatus.NON_FINITE);
        }
        Certificate certificate = judge(problem, stop, otherwise);
        if (isCollapsed(theta)) {
            return certificate.withStatus(FitStatus.DEGENERATE);
        }
        if (certificate.status().certified()
                && ((certificate.flatDimensions() > 0 && hasEmptyExpert()) || isDiverging(theta, problem))) {
            return certificate.withStatus(FitStatus.DEGENERATE);
        }
        return certificate;
    }

    /** Whether an expert passes through its observations exactly, up to rounding: the objective has no upper limit there. */
    private boolean isCollapsed(double[] theta) {
        if (model.noise().kind() == Noise.Kind.KNOWN) {
            return false;
        }
        double smallest = COLLAPSED_VARIANCE * objective.meanSquaredResponse();
        return Arrays.stream(theta, model.logVarianceOffset(), theta.length)
                .anyMatch(logVariance -> Elementary.exp(logVariance) < smallest);
    }

    /** Whether an expert has less than one row's share of the data: its parameters are then free as nothing is left to fit. */
    private boolean hasEmptyExpert() {
        double row = objective.sample.totalWeight() / objective.sample.size();
        return Arrays.stream(complete.mass).anyMatch(mass -> mass < row);
    }
}
