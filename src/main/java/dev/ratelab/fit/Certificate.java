package dev.ratelab.fit;

import java.util.List;

/**
 * What is known about the end point of a fit: the Karush-Kuhn-Tucker conditions in numbers.
 *
 * <p>All scaled quantities use the square roots of the diagonal of the complete-data information at the end point as units, so
 * that eigenvalues of the observed information are the share that the data keep of what known labels would tell, and do not
 * depend on the units of the data.
 *
 * @param status how the fit ended
 * @param newtonDecrement predicted gain of a Newton step on the free space, nats; infinite where the information is not
 *     positive
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
        List<String> activeBounds) {

    /** Relative size below which an eigenvalue counts as zero: well above rounding, far below any information seen. */
    static final double FLAT_TOLERANCE = 1e-10;

    /** Largest slope along a flat direction, in nats a unit of the complete-data metric. */
    private static final double FLAT_SLOPE = 1e-4;

    public Certificate {
        activeBounds = List.copyOf(activeBounds);
    }

    /** A certificate that says nothing but the status. */
    static Certificate none(FitStatus status) {
        return new Certificate(status, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, List.of());
    }

    /**
     * Judges a point.
     *
     * @param problem quadratic approximation at the point, in the complete-data metric
     * @param predictedGain largest decrement of a stationary point, nats
     * @param otherwise the status if the point is not a certified maximum and not a saddle
     */
    static Certificate of(ScaledProblem problem, double predictedGain, FitStatus otherwise) {
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
        List<String> active = problem.activeNames();
        FitStatus status;
        if (decrement > predictedGain || flatSlope) {
            status = otherwise;
        } else if (ascent) {
            status = FitStatus.SADDLE;
        } else if (flat > 0) {
            status = FitStatus.FLAT;
        } else {
            status = active.isEmpty() ? FitStatus.CONVERGED : FitStatus.CONVERGED_AT_BOUND;
        }
        return new Certificate(
                status,
                ascent ? Double.POSITIVE_INFINITY : decrement,
                problem.projectedGradient(),
                model.size() == 0 ? Double.NaN : model.smallestCurvature(),
                model.size() == 0 ? Double.NaN : model.largestCurvature(),
                flat,
                active);
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
