package dev.ratelab.fit.ascent;

import dev.ratelab.fit.quadratic.QuadraticModel;
import dev.ratelab.fit.quadratic.ScaledProblem;
import java.io.Serializable;
import java.util.List;

/**
 * What is known about the end point of a fit: the Karush-Kuhn-Tucker conditions in numbers.
 *
 * <p>All scaled quantities use the square roots of the diagonal of the complete-data information at the end point as units, so
 * that eigenvalues of the observed information are the share that the data keep of what known labels would tell, and do not
 * depend on the units of the data.
 *
 * @param status how the fit ended
 * @param newtonDecrement predicted gain of a Newton step on the free space, nats; of the best feasible step where bounds
 *     without a multiplier block that one; infinite at a saddle
 * @param projectedGradient norm of the scaled projected gradient: nats a unit step along it promises
 * @param smallestEigenvalue smallest eigenvalue of the scaled observed information on the free space, flat directions
 *     included; NaN if the free space is empty
 * @param largestEigenvalue largest one
 * @param flatDimensions dimensions without information, beside the declared invariances
 * @param activeBounds names of the active constraints, sorted, one entry each
 */
public record Certificate(
        FitStatus status,
        double newtonDecrement,
        double projectedGradient,
        double smallestEigenvalue,
        double largestEigenvalue,
        int flatDimensions,
        List<String> activeBounds)
        implements Serializable {

    /** Relative size below which an eigenvalue counts as zero: well above rounding, far below any information seen. */
    public static final double FLAT_TOLERANCE = 1e-10;

    /** Largest slope along a flat direction, in nats a unit of the complete-data metric. */
    private static final double FLAT_SLOPE = 1e-4;

    public Certificate {
        activeBounds = List.copyOf(activeBounds);
    }

    /** A certificate that says nothing but the status. */
    public static Certificate none(FitStatus status) {
        return new Certificate(status, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, List.of());
    }

    /**
     * Judges a point.
     *
     * @param problem quadratic approximation at the point, in the complete-data metric
     * @param predictedGain largest gain that a feasible step may promise at a stationary point, nats
     * @param radius length in the metric within which a step counts where curvature alone does not bound it
     * @param otherwise the status if the point is not a certified maximum and not a saddle
     */
    static Certificate of(ScaledProblem problem, double predictedGain, double radius, FitStatus otherwise) {
        QuadraticModel model = problem.freeModel();
        double threshold = FLAT_TOLERANCE * Math.max(model.largestCurvature(), 0);
        double decrement = 0;
        int flat = 0;
        boolean ascent = false;
        boolean flatSlope = false;
        for (int i = 0; i < model.size(); i++) {
            if (model.curvature(i) > threshold) {
                decrement += 0.5 * model.slope(i) * model.slope(i) / model.curvature(i);
            } else if (model.curvature(i) < -threshold || model.largestCurvature() <= 0) {
                ascent = true;
            } else {
                flat++;
                flatSlope |= Math.abs(model.slope(i)) > FLAT_SLOPE;
            }
        }
        double gain = decrement;
        if (ascent || flatSlope || decrement > predictedGain) {
            // Constraints that are active without a multiplier may block what the free space promises.
            gain = problem.maximise(radius).gain();
        }
        List<String> active = problem.activeNames();
        FitStatus status;
        if (gain > predictedGain) {
            status = ascent && !flatSlope && decrement <= predictedGain ? FitStatus.SADDLE : otherwise;
        } else {
            flat += weakAscents(model, threshold, predictedGain, radius);
            if (flat > 0) {
                status = FitStatus.FLAT;
            } else {
                status = active.isEmpty() ? FitStatus.CONVERGED : FitStatus.CONVERGED_AT_BOUND;
            }
        }
        return new Certificate(
                status,
                ascent && !status.certified() ? Double.POSITIVE_INFINITY : gain,
                problem.projectedGradient(),
                model.size() == 0 ? Double.NaN : model.smallestCurvature(),
                model.size() == 0 ? Double.NaN : model.largestCurvature(),
                flat,
                active);
    }

    /** Directions that curve upwards so little that they promise nothing within the radius: flat for all that can be seen. */
    private static int weakAscents(QuadraticModel model, double threshold, double predictedGain, double radius) {
        int count = 0;
        for (int i = 0; i < model.size(); i++) {
            double curvature = model.curvature(i);
            if (curvature < -threshold && -0.5 * curvature * radius * radius <= predictedGain) {
                count++;
            }
        }
        return count;
    }

    Certificate withStatus(FitStatus other) {
        return new Certificate(
                other,
                newtonDecrement,
                projectedGradient,
                smallestEigenvalue,
                largestEigenvalue,
                flatDimensions,
                activeBounds);
    }
}
