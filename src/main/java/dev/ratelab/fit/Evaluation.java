package dev.ratelab.fit;

/**
 * The log likelihood of a mixture and its derivatives at one point, summed over a sample.
 *
 * <p>Arrays are owned by the object, which is written by {@link MixtureLikelihood#evaluate} and then read.
 */
final class Evaluation {
    /** {@code sum_n log p(y_n | x_n)}, nats. */
    double logLikelihood;

    /** Gradient of the log likelihood. */
    final double[] gradient;

    /**
     * Observed: the Hessian of the log likelihood. Complete: minus the information of the complete data, block diagonal: gate
     * Fisher information, and {@code sum_n tau_ni J J' / nu_i} of each expert; log-variance entries are
     * {@code -sum_n tau_ni / 2}.
     */
    final double[][] hessian;

    /** Sums of responsibilities {@code sum_n tau_ni} by atom. */
    final double[] mass;

    /** {@code sum_n tau_ni (y_n - h_i(x_n))^2} by atom; complete only. */
    final double[] squaredResiduals;

    Evaluation(int parameters, int atoms) {
        gradient = new double[parameters];
        hessian = new double[parameters][parameters];
        mass = new double[atoms];
        squaredResiduals = new double[atoms];
    }

    /** Whether the value and all its derivatives are finite. */
    boolean isFinite() {
        if (!Double.isFinite(logLikelihood)) {
            return false;
        }
        for (int a = 0; a < gradient.length; a++) {
            if (!Double.isFinite(gradient[a])) {
                return false;
            }
            for (int b = 0; b < gradient.length; b++) {
                if (!Double.isFinite(hessian[a][b])) {
                    return false;
                }
            }
        }
        return true;
    }
}
