package dev.ratelab.fit.objective;

import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An objective and its derivatives at one point, summed over a sample.
 *
 * <p>Arrays are owned by the object, which is written by {@link Objective#evaluate} and then read.
 */
public final class Evaluation {
    /**
     * {@code sum_n log p(y_n | x_n)} in the density problem, minus the squared residuals over twice the variance in regression, nats. In
     * this and all other sums a row counts as many times as its weight says.
     */
    public double logLikelihood;

    /** Gradient of the objective. */
    public final double[] gradient;

    /**
     * Observed: the Hessian of the objective. Complete, regression: that of Gauss-Newton. Complete, density: minus
     * the information of the complete data, block diagonal: gate Fisher information, and {@code sum_n tau_ni J J' /
     * nu_i} of each expert; log-variance entries are {@code -sum_n tau_ni / 2}.
     */
    public final double[][] hessian;

    /** Sums of responsibilities {@code sum_n tau_ni}, or in regression of weights {@code sum_n w_i(x_n)}, by atom. */
    public final double[] mass;

    /** {@code sum_n tau_ni (y_n - h_i(x_n))^2} by atom; complete only. */
    public final double[] squaredResiduals;

    /**
     * {@code moments[atom][a][b] = sum_n tau_ni z_na z_nb} with {@code z = (1, x)}; complete only, of gates that model the inputs;
     * else without entries.
     */
    public final double[][][] moments;

    /** All arrays, in the order of {@link #entries}. */
    private final List<double[]> parts = new ArrayList<>();

    public Evaluation(int parameters, int atoms) {
        this(parameters, atoms, new double[0][][]);
    }

    private Evaluation(int parameters, int atoms, double[][][] moments) {
        this.moments = moments;
        gradient = new double[parameters];
        hessian = new double[parameters][parameters];
        mass = new double[atoms];
        squaredResiduals = new double[atoms];
        parts.add(gradient);
        parts.addAll(List.of(hessian));
        parts.add(mass);
        parts.add(squaredResiduals);
        for (double[][] atom : moments) {
            parts.addAll(List.of(atom));
        }
    }

    /** The evaluation of a model's objective. */
    public static Evaluation of(MixtureOfExperts model) {
        int size = 1 + model.dimension();
        boolean joint = model.gate().normaliser() == Normaliser.JOINT;
        return new Evaluation(
                model.parameterCount(),
                model.atoms(),
                joint ? new double[model.atoms()][size][size] : new double[0][][]);
    }

    /** Makes all entries zero. */
    void clear() {
        logLikelihood = 0;
        for (double[] part : parts) {
            Arrays.fill(part, 0);
        }
    }

    /** All entries that an order asks for, in a fixed order; of neighbouring ranges of rows they are added. */
    public double[] entries(Order order) {
        if (order == Order.VALUE) {
            return new double[] {logLikelihood};
        }
        double[] entries = new double[length()];
        entries[0] = logLikelihood;
        int at = 1;
        for (double[] part : parts) {
            System.arraycopy(part, 0, entries, at, part.length);
            at += part.length;
        }
        return entries;
    }

    /** Sets the entries that an order asks for; makes all others zero. */
    void set(Order order, double[] entries) {
        if (order == Order.VALUE) {
            clear();
        } else {
            int at = 1;
            for (double[] part : parts) {
                System.arraycopy(entries, at, part, 0, part.length);
                at += part.length;
            }
        }
        logLikelihood = entries[0];
    }

    private int length() {
        int length = 1;
        for (double[] part : parts) {
            length += part.length;
        }
        return length;
    }

    /** The value; {@code NaN} unless it and all its derivatives are finite. */
    public double finiteValue() {
        return isFinite() ? logLikelihood : Double.NaN;
    }

    /** Whether the value and all its derivatives are finite. */
    public boolean isFinite() {
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
