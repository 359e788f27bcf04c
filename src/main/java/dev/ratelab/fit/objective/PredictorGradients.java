package dev.ratelab.fit.objective;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;

/**
 * Derivatives of {@code log p(y | x)} by the three predictors of each atom, row by row: score {@code u_i}, mean {@code h_i}
 * and log variance {@code lambda_i}.
 *
 * <p>With {@code s = (y - h) / nu} and {@code q = ((y - h) s - 1) / 2}, the first derivatives are {@code tau - pi},
 * {@code tau s} and {@code tau q}. The second derivatives of atoms {@code i = l} are
 *
 * <pre>
 *   u u            tau - tau^2 - (pi - pi^2)
 *   u h            tau s - tau (tau s)
 *   h h            (tau s) s - tau / nu - (tau s)^2
 *   u lambda       tau q - tau (tau q)
 *   h lambda       (tau s) q - tau s - (tau s)(tau q)
 *   lambda lambda  (tau q) q - tau (q + 1/2) - (tau q)^2
 * </pre>
 *
 * and of {@code i != l} minus the product of the two first derivatives by the expert's predictors, with
 * {@code pi_i pi_l - tau_i tau_l} for two scores and {@code -tau_i} times the other for a score and another atom's predictor.
 */
final class PredictorGradients {
    /** {@code tau s} by atom. */
    final double[][] mean;

    /** {@code tau q} by atom. */
    final double[][] logVariance;

    private final double[][] s;
    private final double[][] q;
    private final PosteriorBlock posterior;

    PredictorGradients(PosteriorBlock posterior, int atoms) {
        this.posterior = posterior;
        mean = new double[atoms][Block.LENGTH];
        logVariance = new double[atoms][Block.LENGTH];
        s = new double[atoms][Block.LENGTH];
        q = new double[atoms][Block.LENGTH];
    }

    /** Computes the arrays from the posterior of the current block. */
    void compute() {
        for (int i = 0; i < mean.length; i++) {
            derivatives(
                    posterior.responsibility[i],
                    posterior.residual[i],
                    posterior.inverseVariance[i],
                    s[i],
                    q[i],
                    mean[i],
                    logVariance[i]);
        }
    }

    private static void derivatives(
            double[] tau,
            double[] residual,
            double inverseVariance,
            double[] s,
            double[] q,
            double[] mean,
            double[] logVariance) {
        for (int i = 0; i < Block.ROWS; i++) {
            double scaled = residual[i] * inverseVariance;
            double half = 0.5 * (residual[i] * scaled - 1);
            s[i] = scaled;
            q[i] = half;
            mean[i] = tau[i] * scaled;
            logVariance[i] = tau[i] * half;
        }
    }

    /** Second derivative by two scores. */
    void scoreScore(int i, int l, double[] out) {
        double[][] tau = posterior.responsibility;
        double[][] pi = posterior.weight;
        if (i == l) {
            scoreSame(tau[i], pi[i], out);
        } else {
            BlockKernels.productDifference(pi[i], pi[l], tau[i], tau[l], out);
        }
    }

    /** Second derivative by the score of one atom and the mean of another. */
    void scoreMean(int i, int l, double[] out) {
        scoreOther(posterior.responsibility[i], mean[l], i == l, out);
    }

    /** Second derivative by the score of one atom and the log variance of another. */
    void scoreLogVariance(int i, int l, double[] out) {
        scoreOther(posterior.responsibility[i], logVariance[l], i == l, out);
    }

    /** Second derivative by two means. */
    void meanMean(int i, int l, double[] out) {
        if (i == l) {
            meanSame(posterior.responsibility[i], mean[i], s[i], posterior.inverseVariance[i], out);
        } else {
            BlockKernels.multiplyNegated(mean[i], mean[l], out);
        }
    }

    /** Second derivative by the mean of one atom and the log variance of another. */
    void meanLogVariance(int i, int l, double[] out) {
        if (i == l) {
            meanLogVarianceSame(mean[i], q[i], logVariance[i], out);
        } else {
            BlockKernels.multiplyNegated(mean[i], logVariance[l], out);
        }
    }

    /** Second derivative by two log variances. */
    void logVarianceLogVariance(int i, int l, double[] out) {
        if (i == l) {
            logVarianceSame(posterior.responsibility[i], logVariance[i], q[i], out);
        } else {
            BlockKernels.multiplyNegated(logVariance[i], logVariance[l], out);
        }
    }

    private static void scoreSame(double[] tau, double[] pi, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = (tau[i] - tau[i] * tau[i]) - (pi[i] - pi[i] * pi[i]);
        }
    }

    private static void scoreOther(double[] tau, double[] other, boolean same, double[] out) {
        if (same) {
            for (int i = 0; i < Block.ROWS; i++) {
                out[i] = other[i] - tau[i] * other[i];
            }
        } else {
            BlockKernels.multiplyNegated(tau, other, out);
        }
    }

    private static void meanSame(double[] tau, double[] mean, double[] s, double inverseVariance, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = mean[i] * s[i] - tau[i] * inverseVariance - mean[i] * mean[i];
        }
    }

    private static void meanLogVarianceSame(double[] mean, double[] q, double[] logVariance, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = mean[i] * q[i] - mean[i] - mean[i] * logVariance[i];
        }
    }

    private static void logVarianceSame(double[] tau, double[] logVariance, double[] q, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = logVariance[i] * q[i] - tau[i] * (q[i] + 0.5) - logVariance[i] * logVariance[i];
        }
    }
}
