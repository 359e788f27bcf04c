package dev.ratelab.fit;

import dev.ratelab.data.Sample;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.LinearConstraint;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.PredictorFamily;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
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
final class Standardisation {
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
    static Standardisation of(MixtureOfExperts model, Sample sample) {
        int columns = model.dimension() + 1;
        double[] centre = new double[columns];
        double[] scale = new double[columns];
        boolean density = model.problem() == Problem.DENSITY;
        boolean affine = model.gate().affine() && model.expert().affine() && (density || !sample.weighted());
        for (int c = 0; c < columns; c++) {
            scale[c] = 1;
            if (affine && (c < model.dimension() || density)) {
                measure(sample, c, centre, scale);
            }
        }
        return new Standardisation(model, centre, scale, !affine);
    }

    /**
     * Mean and standard deviation of a column, in two passes over the blocks: the second takes moments about the mean that the first
     * one found, so that a column far from zero loses no digits.
     */
    private static void measure(Sample sample, int column, double[] centre, double[] scale) {
        double[] sums = moments(sample, column, 0);
        double rough = sums[1] / sums[0];
        double[] central = moments(sample, column, rough);
        double correction = central[1] / central[0];
        double deviation = Math.sqrt(Math.max(0, central[2] / central[0] - correction * correction));
        centre[column] = rough + correction;
        if (deviation >= Double.MIN_NORMAL && deviation < Double.POSITIVE_INFINITY) {
            scale[column] = Math.scalb(1.0, Math.getExponent(deviation));
        }
    }

    /** Weighted sums of {@code 1, (v - origin), (v - origin)^2} over the rows of a column. */
    private static double[] moments(Sample sample, int column, double origin) {
        double[][] sums = new double[3][Block.LENGTH];
        double[] difference = Block.newArray();
        for (int b = 0; b < sample.blockCount(); b++) {
            Block block = sample.block(b);
            double[] values = column < sample.dimension() ? block.columns()[column] : block.response();
            for (int i = 0; i < Block.ROWS; i++) {
                difference[i] = values[i] - origin;
            }
            BlockKernels.addMoments2(sums[0], sums[1], sums[2], block.weight(), difference);
        }
        return new double[] {BlockKernels.fold(sums[0]), BlockKernels.fold(sums[1]), BlockKernels.fold(sums[2])};
    }

    /** The sample in standard units. */
    Sample apply(Sample sample) {
        return identity ? sample : sample.standardised(centre, scale);
    }

    /** What a row's log density loses when its response is given in the user's units instead of standard ones, nats. */
    double logScale() {
        return Elementary.log(scale[model.dimension()]);
    }

    /** A variance of the response in standard units. */
    double variance(double variance) {
        double unit = scale[model.dimension()];
        return variance / unit / unit;
    }

    /** Parameters of the standardised problem. */
    double[] toStandard(double[] theta) {
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
    double[] toUser(double[] standard) {
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
    List<LinearConstraint> constraints(List<LinearConstraint> user) {
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
