package dev.ratelab.diagnose;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;

/**
 * How the derivatives of a model at its rows are made of those of scores {@code u_i}, means {@code h_i} and log variances
 * {@code lambda_i}.
 *
 * <p>Regression, {@code f = sum_i w_i h_i}, derivatives of f; density, {@code p = sum_i pi_i N_i}, derivatives of p over p. With
 * {@code T_i = exp(u_i) h_i} or {@code exp(u_i) N_i} these are {@code S^-1 sum_i} of those of {@code T_i}, less
 * {@code f S^-1} times those of {@code exp(u_i)} where weights are normalised by {@code S = sum_i exp(u_i)}:
 *
 * <pre>
 *   first       sum_i A_i u_i,a + B_i h_i,a + C_i lambda_i,a
 *   second      sum_i A_i (u_i,ab + u_i,a u_i,b) + B_i h_i,ab + UH_i (u_i,a h_i,b + u_i,b h_i,a) + HH_i h_i,a h_i,b
 *                   + UL_i (u_i,a l_i,b + ..) + HL_i (h_i,a l_i,b + ..) + LL_i l_i,a l_i,b
 *   regression  A = w (h - f), B = UH = w, the others 0
 *   density     A = tau - pi, B = UH = tau s, HH = tau (s^2 - 1/nu), C = UL = tau q, HL = tau s (q - 1),
 *                   LL = tau (q^2 - q - 1/2), with s = (y - h) / nu and q = ((y - h) s - 1) / 2
 * </pre>
 *
 * and {@code A = w h} or {@code A = tau} where nothing is divided by. The second line leaves out
 * {@code -(f_a S_b + f_b S_a) / S}, which is zero for directions in which {@code f} and {@code S} do not change at first order.
 */
final class Coefficients {
    final double[][] a;
    final double[][] b;
    final double[][] c;
    final double[][] hh;
    final double[][] hl;
    final double[][] ll;

    /** {@code value[row]}: the regression function, or the log density up to a constant. */
    final double[] value;

    private Coefficients(int atoms, int rows) {
        a = new double[atoms][rows];
        b = new double[atoms][rows];
        c = new double[atoms][rows];
        hh = new double[atoms][rows];
        hl = new double[atoms][rows];
        ll = new double[atoms][rows];
        value = new double[rows];
    }

    /** The coefficients of a model, divided by what its gate divides by. */
    static Coefficients of(LocalModel local, Rows rows) {
        return of(local, rows, local.model().gate().normaliser() == Normaliser.SOFTMAX);
    }

    /** The coefficients of each atom's product of gate and expert alone: the common denominator is a constant. */
    static Coefficients undivided(LocalModel local, Rows rows) {
        return of(local, rows, false);
    }

    private static Coefficients of(LocalModel local, Rows rows, boolean divided) {
        MixtureOfExperts model = local.model();
        Coefficients out = new Coefficients(model.atoms(), rows.size());
        double[] share = new double[model.atoms()];
        double[] joint = new double[model.atoms()];
        double[] variance = new double[model.atoms()];
        boolean density = model.noise().kind() != Noise.Kind.KNOWN;
        for (int i = 0; i < variance.length; i++) {
            variance[i] = model.variance(local.theta(), i);
        }
        for (int row = 0; row < rows.size(); row++) {
            int q = rows.node()[row];
            double logTotal = shares(local.score, q, model.gate().normaliser(), share);
            if (density) {
                out.density(local, rows, row, variance, share, joint, logTotal, divided);
            } else {
                out.regression(local, row, q, share, divided);
            }
        }
        return out;
    }

    private void regression(LocalModel local, int row, int q, double[] share, boolean divided) {
        double f = 0;
        for (int i = 0; i < share.length; i++) {
            f += share[i] * local.mean[i][q];
        }
        value[row] = f;
        for (int i = 0; i < share.length; i++) {
            a[i][row] = share[i] * (divided ? local.mean[i][q] - f : local.mean[i][q]);
            b[i][row] = share[i];
        }
    }

    private void density(
            LocalModel local,
            Rows rows,
            int row,
            double[] variance,
            double[] share,
            double[] joint,
            double logTotal,
            boolean divided) {
        int q = rows.node()[row];
        for (int i = 0; i < joint.length; i++) {
            double residual = rows.y()[row] - local.mean[i][q];
            joint[i] = local.score[i][q] - 0.5 * (residual * residual / variance[i] + Elementary.log(variance[i]));
        }
        double logJoint = Elementary.logSumExp(joint);
        boolean softmax = local.model().gate().normaliser() == Normaliser.SOFTMAX;
        value[row] = softmax ? logJoint - logTotal : logJoint;
        for (int i = 0; i < joint.length; i++) {
            double tau = Elementary.exp(joint[i] - logJoint);
            double residual = rows.y()[row] - local.mean[i][q];
            double s = residual / variance[i];
            double half = 0.5 * (residual * s - 1);
            a[i][row] = divided ? tau - share[i] : tau;
            b[i][row] = tau * s;
            c[i][row] = tau * half;
            hh[i][row] = tau * (s * s - 1 / variance[i]);
            hl[i][row] = tau * s * (half - 1);
            ll[i][row] = tau * (half * half - half - 0.5);
        }
    }

    /**
     * The gate's weights at a node.
     *
     * @param share modified
     * @return the logarithm of {@code sum_i exp(u_i)}
     */
    static double shares(double[][] score, int node, Normaliser normaliser, double[] share) {
        for (int i = 0; i < share.length; i++) {
            share[i] = score[i][node];
        }
        double logTotal = Elementary.logSumExp(share);
        double subtracted = normaliser == Normaliser.NONE ? 0 : logTotal;
        for (int i = 0; i < share.length; i++) {
            share[i] = Elementary.exp(share[i] - subtracted);
        }
        return logTotal;
    }
}
