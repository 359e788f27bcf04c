package dev.ratelab.fit.objective;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Units;
import dev.ratelab.math.Elementary;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.PredictorFamily;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The linear reparametrisation of a fit to centred and scaled data: {@code x_j = m_j + s_j z_j} and {@code y = m_y + s_y w}, with
 * {@code m} the means and {@code s} the powers of two nearest to the standard deviations from below.
 *
 * <p>An affine score {@code b_0 + b'x} is {@code (b_0 + b'm) + sum_j b_j s_j z_j}, an affine mean {@code a_0 + a'x} of {@code y} is
 * the mean {@code (a_0 + a'm - m_y) / s_y + sum_j a_j s_j / s_y z_j} of {@code w}, and {@code log nu} falls by
 * {@code 2 log s_y}: the likelihood is the same function up to the constant {@code n log s_y}. Without it, inputs far from zero
 * (years, time stamps) make constants and slopes so alike that the trust region crawls and identified directions look flat.
 *
 * <p>In regression, where the noise variance is given in the user's units, the response keeps them. Gate and experts must both be
 * affine, and in regression the rows without weights; else the map is the identity. Immutable.
 */
public final class Standardisation {
    /**
     * Units in the last place of the mean up to which a deviation is that of a constant column whose mean was rounded: about 2^-25. If one
     * of 2^31 rows differs at all, it is more than 2^-16.
     */
    private static final double ROUNDED_CONSTANT = 0x1p-18;

    private final MixtureOfExperts model;
    private final double[] centre;
    private final double[] scale;
    private final boolean identity;

    private Standardisation(MixtureOfExperts model, double[] centre, double[] scale, boolean identity) {
        this.model = model;
        this.centre = centre;
        this.scale = scale;
        this.identity = identity;
    }

    /** The map for a sample: means and standard deviations of its columns. A constant column keeps its units. */
    public static Standardisation of(MixtureOfExperts model, Rows sample) {
        int columns = model.dimension() + 1;
        double[] centre = new double[columns];
        double[] scale = new double[columns];
        Arrays.fill(scale, 1);
        boolean density = model.problem() == Problem.DENSITY;
        boolean affine = model.gate().affine() && model.expert().affine() && (density || !sample.weighted());
        if (affine) {
            ColumnMoments moments = ColumnMoments.of(sample);
            for (int c = 0; c < (density ? columns : model.dimension()); c++) {
                double deviation = Math.sqrt(moments.variance(c));
                centre[c] = moments.mean(c);
                double rounding = ROUNDED_CONSTANT * Math.ulp(centre[c]);
                if (deviation >= Double.MIN_NORMAL && deviation > rounding && deviation < Double.POSITIVE_INFINITY) {
                    scale[c] = Math.scalb(1.0, Math.getExponent(deviation));
                }
            }
        }
        return new Standardisation(model, centre, scale, !affine);
    }

    /** The sample in standard units. */
    public Rows apply(Rows sample) {
        return identity ? sample : sample.inUnits(new Units(centre, scale));
    }

    /** What a row's log density loses when its response is given in the user's units instead of standard ones, nats. */
    public double logScale() {
        return Elementary.log(scale[model.dimension()]);
    }

    /** A variance of the response in standard units. */
    public double variance(double variance) {
        double unit = scale[model.dimension()];
        return variance / unit / unit;
    }

    /** Parameters of the standardised problem. */
    public double[] toStandard(double[] theta) {
        double[] out = theta.clone();
        if (identity) {
            return out;
        }
        int response = model.dimension();
        forEachAtom(model.gate(), model.gateOffset(), indices -> toStandard(indices, 0, 1, out));
        forEachAtom(model.expert(), model.expertOffset(), i -> toStandard(i, centre[response], scale[response], out));
        for (int a = model.logVarianceOffset(); a < out.length; a++) {
            out[a] -= 2 * logScale();
        }
        return out;
    }

    private void toStandard(int[] indices, double origin, double unit, double[] out) {
        double constant = out[indices[0]];
        for (int j = 0; j < model.dimension(); j++) {
            constant += out[indices[1 + j]] * centre[j];
            out[indices[1 + j]] *= scale[j] / unit;
        }
        out[indices[0]] = (constant - origin) / unit;
    }

    /** Parameters in the user's units: the inverse of {@link #toStandard(double[])}. */
    public double[] toUser(double[] standard) {
        double[] out = standard.clone();
        if (identity) {
            return out;
        }
        int response = model.dimension();
        forEachAtom(model.gate(), model.gateOffset(), indices -> toUser(indices, 0, 1, out));
        forEachAtom(model.expert(), model.expertOffset(), i -> toUser(i, centre[response], scale[response], out));
        for (int a = model.logVarianceOffset(); a < out.length; a++) {
            out[a] += 2 * logScale();
        }
        return out;
    }

    private void toUser(int[] indices, double origin, double unit, double[] out) {
        double constant = out[indices[0]] * unit + origin;
        for (int j = 0; j < model.dimension(); j++) {
            out[indices[1 + j]] *= unit / scale[j];
            constant -= out[indices[1 + j]] * centre[j];
        }
        out[indices[0]] = constant;
    }

    /** Constraints on the user's parameters, or on the gate's alone, as constraints on those of the standardised problem. */
    public List<LinearConstraint> constraints(List<LinearConstraint> user) {
        if (identity) {
            return user;
        }
        double[] origin = toUser(new double[model.parameterCount()]);
        List<LinearConstraint> standard = new ArrayList<>();
        for (LinearConstraint constraint : user) {
            double[] row = constraint.row().clone();
            double limit = constraint.limit();
            for (int a = 0; a < row.length; a++) {
                if (row[a] != 0) {
                    limit -= row[a] * origin[a];
                }
            }
            forEachAtom(model.gate(), model.gateOffset(), indices -> transpose(indices, 1, row));
            if (row.length > model.expertOffset()) {
                forEachAtom(model.expert(), model.expertOffset(), i -> transpose(i, scale[model.dimension()], row));
            }
            standard.add(new LinearConstraint(constraint.name(), row, limit));
        }
        return standard;
    }

    /** Applies the transpose of the linear part of {@link #toUser(double[])} to a row. */
    private void transpose(int[] indices, double unit, double[] row) {
        double constant = row[indices[0]];
        for (int j = 0; j < model.dimension(); j++) {
            row[indices[1 + j]] = (row[indices[1 + j]] - constant * centre[j]) * unit / scale[j];
        }
        row[indices[0]] = constant * unit;
    }

    private void forEachAtom(PredictorFamily family, int offset, AffineMap map) {
        for (int i = 0; i < model.atoms(); i++) {
            int[] indices = family.parametersOf(i, model.atoms(), model.dimension());
            for (int c = 0; c < indices.length; c++) {
                indices[c] += offset;
            }
            map.change(indices);
        }
    }

    /** Changes the constant and the slopes at the given indices of a flat vector. */
    private interface AffineMap {
        void change(int[] indices);
    }
}
