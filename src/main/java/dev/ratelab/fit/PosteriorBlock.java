package dev.ratelab.fit;

import dev.ratelab.math.BlockExp;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import java.util.Arrays;

/**
 * Weights, responsibilities and log likelihood of one block of rows.
 *
 * <p>With scores {@code u_i}, means {@code h_i} and variances {@code nu_i}: {@code pi_i = exp(u_i) / sum_l exp(u_l)},
 * joint score {@code j_i = u_i - log(nu_i) / 2 - (y - h_i)^2 / (2 nu_i)}, responsibility
 * {@code tau_i = exp(j_i) / sum_l exp(j_l)}, and {@code log p(y | x) = logsumexp(j) - logsumexp(u) - log(2 pi) / 2}. For a gate
 * that models the inputs {@code log p(x, y) = logsumexp(j) - log(2 pi) / 2}, and {@code pi} is set to zero, as it has no part in any
 * derivative.
 *
 * <p>The logarithm of the ratio {@code R} of the two sums is taken once a chunk: {@code R} lies in {@code [1/k, k]}, so each lane
 * multiplies the ratios of its rows and adds the differences of the two maxima. Where rows carry weights, each has a logarithm of its
 * own.
 */
final class PosteriorBlock {
    private static final double HALF_LOG_2_PI = 0.9189385332046727;

    /** Gate weights {@code pi[i][row]}; zero beyond the block's rows. */
    final double[][] weight;

    /** Responsibilities {@code tau[i][row]}; zero beyond the block's rows. */
    final double[][] responsibility;

    /** Residuals {@code y - h_i}. */
    final double[][] residual;

    /** Inverse variances by atom. */
    final double[] inverseVariance;

    private final MixtureOfExperts model;
    private final double[] halfLogVariance;
    private final double[][] score;
    private final double[] scoreMaximum = Block.newArray();
    private final double[] jointMaximum = Block.newArray();
    private final double[] scoreSum = Block.newArray();
    private final double[] jointSum = Block.newArray();
    private final double[] inverse = Block.newArray();
    private final double[] scratch = Block.newArray();
    private final double[] ratioProduct = Block.newArray();
    private final double[] maximumDifference = Block.newArray();
    private final boolean weighted;
    private double chunkWeight;

    /**
     * The arrays of a model.
     *
     * @param weighted whether the log likelihood is the sum over rows times their weights; weights are in no other array
     */
    PosteriorBlock(MixtureOfExperts model, boolean weighted) {
        this.model = model;
        this.weighted = weighted;
        int atoms = model.atoms();
        weight = new double[atoms][Block.LENGTH];
        responsibility = new double[atoms][Block.LENGTH];
        residual = new double[atoms][Block.LENGTH];
        score = new double[atoms][Block.LENGTH];
        inverseVariance = new double[atoms];
        halfLogVariance = new double[atoms];
    }

    /** Sets the variances of a new parameter vector. */
    void start(double[] theta) {
        for (int i = 0; i < model.atoms(); i++) {
            double logVariance = theta[model.logVarianceIndex(i)];
            halfLogVariance[i] = 0.5 * logVariance;
            inverseVariance[i] = Elementary.exp(-logVariance);
        }
    }

    /** Begins a chunk of blocks. */
    void startChunk() {
        Arrays.fill(ratioProduct, 1);
        Arrays.fill(maximumDifference, 0);
        chunkWeight = 0;
    }

    /** Log likelihood of the rows of the chunk, nats. */
    double chunkLogLikelihood() {
        for (int i = 0; i < Block.ROWS; i++) {
            maximumDifference[i] += Elementary.log(ratioProduct[i]);
        }
        for (int i = 0; i < BlockKernels.HALF; i++) {
            maximumDifference[i] += maximumDifference[i + BlockKernels.HALF];
        }
        return BlockKernels.fold(maximumDifference) - chunkWeight * HALF_LOG_2_PI;
    }

    /** Computes all arrays for one block and adds its rows to the chunk's log likelihood. */
    void compute(double[] theta, Block block) {
        int atoms = model.atoms();
        model.gate().values(theta, model.gateOffset(), block, score);
        model.expert().values(theta, model.expertOffset(), block, residual);
        Arrays.fill(scoreMaximum, Double.NEGATIVE_INFINITY);
        Arrays.fill(jointMaximum, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < atoms; i++) {
            BlockKernels.maximum(score[i], scoreMaximum);
            joint(
                    score[i],
                    halfLogVariance[i],
                    0.5 * inverseVariance[i],
                    block.response(),
                    residual[i],
                    responsibility[i]);
            BlockKernels.maximum(responsibility[i], jointMaximum);
        }
        if (model.gate().normaliser() == Normaliser.JOINT) {
            // exp(score) is a density of x already: nothing to divide by, and no weight in any derivative.
            Arrays.fill(scoreMaximum, 0);
            Arrays.fill(scoreSum, 1);
        } else {
            exponentiate(score, scoreMaximum, weight, scoreSum);
        }
        exponentiate(responsibility, jointMaximum, responsibility, jointSum);
        if (block.rows() < Block.ROWS) {
            neutraliseTail(block.rows());
        }
        BlockKernels.reciprocal(scoreSum, inverse);
        normalise(weight, inverse);
        if (weighted) {
            addWeightedLogLikelihood(block);
        } else {
            addLogLikelihood(jointSum, inverse, jointMaximum, scoreMaximum, ratioProduct, maximumDifference);
            chunkWeight += block.rows();
        }
        BlockKernels.reciprocal(jointSum, inverse);
        normalise(responsibility, inverse);
    }

    private void exponentiate(double[][] values, double[] maximum, double[][] out, double[] sum) {
        Arrays.fill(sum, 0);
        for (int i = 0; i < values.length; i++) {
            BlockExp.expOfDifference(values[i], maximum, scratch, out[i]);
            BlockKernels.accumulate(out[i], sum);
        }
    }

    private static void normalise(double[][] values, double[] inverse) {
        for (double[] value : values) {
            BlockKernels.multiply(value, inverse, value);
        }
    }

    /** Turns means into residuals and computes joint scores. */
    private static void joint(
            double[] score, double halfLogVariance, double halfInverse, double[] y, double[] residual, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            double r = y[i] - residual[i];
            residual[i] = r;
            out[i] = score[i] - halfLogVariance - halfInverse * r * r;
        }
    }

    private static void addLogLikelihood(
            double[] jointSum,
            double[] inverseScoreSum,
            double[] jointMaximum,
            double[] scoreMaximum,
            double[] ratioProduct,
            double[] maximumDifference) {
        for (int i = 0; i < Block.ROWS; i++) {
            ratioProduct[i] *= jointSum[i] * inverseScoreSum[i];
            maximumDifference[i] += jointMaximum[i] - scoreMaximum[i];
        }
    }

    private void addWeightedLogLikelihood(Block block) {
        double[] rowWeight = block.weight();
        for (int i = 0; i < block.rows(); i++) {
            double logRatio = Elementary.log(jointSum[i] * inverse[i]);
            maximumDifference[i] += rowWeight[i] * (logRatio + jointMaximum[i] - scoreMaximum[i]);
            chunkWeight += rowWeight[i];
        }
    }

    /** Makes the rows beyond the data weigh nothing and add {@code log 1 = 0}: no second code path is needed. */
    private void neutraliseTail(int rows) {
        Arrays.fill(scoreSum, rows, Block.ROWS, 1);
        Arrays.fill(jointSum, rows, Block.ROWS, 1);
        Arrays.fill(scoreMaximum, rows, Block.ROWS, 0);
        Arrays.fill(jointMaximum, rows, Block.ROWS, 0);
        for (int i = 0; i < model.atoms(); i++) {
            Arrays.fill(weight[i], rows, Block.ROWS, 0);
            Arrays.fill(responsibility[i], rows, Block.ROWS, 0);
        }
    }
}
