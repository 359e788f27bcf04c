package dev.ratelab.fit.objective;

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
 * <p>For a softmax gate and rows without weights, exponentials are relative to the first atom's, until a block of the chunk has scores too
 * far apart for that ({@link BlockExp#expRelative}); from that block on, and for all other gates and samples, to the largest. The choice
 * depends on the rows of the chunk alone.
 */
final class PosteriorBlock {
    /** Gate weights {@code pi[i][row]}; zero beyond the block's rows. */
    final double[][] weight;

    /** Responsibilities {@code tau[i][row]}; zero beyond the block's rows. */
    final double[][] responsibility;

    /** Residuals {@code y - h_i}. */
    final double[][] residual;

    /** Inverse variances by atom. */
    final double[] inverseVariance;

    private final MixtureOfExperts model;
    private final boolean weighted;
    private final double[] halfLogVariance;
    private final double[][] score;
    private final double[][] jointExponential;
    private final double[] scoreMaximum = Block.newArray();
    private final double[] jointMaximum = Block.newArray();
    private final double[] scoreSum = Block.newArray();
    private final double[] jointSum = Block.newArray();
    private final double[] inverse = Block.newArray();
    private final double[] scratch = Block.newArray();
    private final ChunkLogLikelihood likelihood = new ChunkLogLikelihood();
    private boolean relative;

    /**
     * Sets up the arrays.
     *
     * @param weighted whether rows count with the weights of their block; if not, each counts once
     */
    PosteriorBlock(MixtureOfExperts model, boolean weighted) {
        this.model = model;
        this.weighted = weighted;
        int atoms = model.atoms();
        weight = new double[atoms][Block.LENGTH];
        responsibility = new double[atoms][Block.LENGTH];
        residual = new double[atoms][Block.LENGTH];
        score = new double[atoms][Block.LENGTH];
        jointExponential = new double[atoms][Block.LENGTH];
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
        likelihood.start();
        relative = !weighted && model.gate().normaliser() == Normaliser.SOFTMAX;
    }

    /** Log likelihood of the rows of the chunk, nats. */
    double chunkLogLikelihood() {
        return likelihood.value();
    }

    /** Computes all arrays for one block and adds its rows to the chunk's log likelihood. */
    void compute(double[] theta, Block block) {
        int atoms = model.atoms();
        model.gate().values(theta, model.gateOffset(), block, score);
        model.expert().values(theta, model.expertOffset(), block, residual);
        for (int i = 0; i < atoms; i++) {
            joint(
                    score[i],
                    halfLogVariance[i],
                    0.5 * inverseVariance[i],
                    block.response(),
                    residual[i],
                    responsibility[i]);
        }
        if (relative) {
            relative = computeRelative(block);
            if (relative) {
                return;
            }
            likelihood.normalise();
        }
        computeBelowMaximum(block);
    }

    /**
     * Weights and responsibilities relative to those of the first atom, which saves an exponential and the maximum for each of
     * both.
     *
     * @return whether no score is so far from the first atom's that this would overflow or underflow; if not, nothing was added
     */
    private boolean computeRelative(Block block) {
        int atoms = model.atoms();
        double[] reference = jointMaximum;
        System.arraycopy(responsibility[0], 0, reference, 0, Block.ROWS);
        Arrays.fill(scoreSum, 1);
        Arrays.fill(jointSum, 1);
        for (int i = 1; i < atoms; i++) {
            if (!BlockExp.expRelative(score[i], score[0], scratch, weight[i])) {
                return false;
            }
            BlockKernels.accumulate(weight[i], scoreSum);
            if (!BlockExp.expRelative(responsibility[i], reference, scratch, jointExponential[i])) {
                return false;
            }
            BlockKernels.accumulate(jointExponential[i], jointSum);
        }
        int rows = block.rows();
        if (rows < Block.ROWS) {
            Arrays.fill(scoreSum, rows, Block.ROWS, 1);
            Arrays.fill(jointSum, rows, Block.ROWS, 1);
            Arrays.fill(score[0], rows, Block.ROWS, 0);
            Arrays.fill(reference, rows, Block.ROWS, 0);
        }
        invertSums(scoreSum, jointSum, weight[0], responsibility[0]);
        likelihood.addRelative(jointSum, weight[0], reference, score[0], rows);
        for (int i = 1; i < atoms; i++) {
            BlockKernels.multiply(weight[i], weight[0], weight[i]);
            BlockKernels.multiply(jointExponential[i], responsibility[0], responsibility[i]);
        }
        if (rows < Block.ROWS) {
            emptyTail(rows);
        }
        return true;
    }

    /** {@code 1 / a} and {@code 1 / b} with one division. */
    private static void invertSums(double[] a, double[] b, double[] inverseA, double[] inverseB) {
        for (int i = 0; i < Block.ROWS; i++) {
            double inverseProduct = 1 / (a[i] * b[i]);
            inverseA[i] = inverseProduct * b[i];
            inverseB[i] = inverseProduct * a[i];
        }
    }

    /** Weights and responsibilities relative to the largest: for scores of any size. */
    private void computeBelowMaximum(Block block) {
        int atoms = model.atoms();
        Arrays.fill(scoreMaximum, Double.NEGATIVE_INFINITY);
        Arrays.fill(jointMaximum, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < atoms; i++) {
            BlockKernels.maximum(score[i], scoreMaximum);
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
            likelihood.addWeighted(block.weight(), jointSum, inverse, jointMaximum, scoreMaximum, block.rows());
        } else {
            likelihood.add(jointSum, inverse, jointMaximum, scoreMaximum, block.rows());
        }
        BlockKernels.reciprocal(jointSum, inverse);
        normalise(responsibility, inverse);
    }

    private void exponentiate(double[][] values, double[] maximum, double[][] out, double[] sum) {
        Arrays.fill(sum, 0);
        if (values.length == 2) {
            exponentiatePair(values, out, sum);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            BlockExp.expOfDifference(values[i], maximum, scratch, out[i]);
            BlockKernels.accumulate(out[i], sum);
        }
    }

    /** The same for two atoms with one exponential, and the same bits. */
    private void exponentiatePair(double[][] values, double[][] out, double[] sum) {
        for (int i = 0; i < 2 && values != out; i++) {
            System.arraycopy(values[i], 0, out[i], 0, Block.ROWS);
        }
        BlockExp.expOfPair(out[0], out[1], scratch, inverse);
        BlockKernels.accumulate(out[0], sum);
        BlockKernels.accumulate(out[1], sum);
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

    /** Makes the rows beyond the data weigh nothing and add {@code log 1 = 0}: no second code path is needed. */
    private void neutraliseTail(int rows) {
        Arrays.fill(scoreSum, rows, Block.ROWS, 1);
        Arrays.fill(jointSum, rows, Block.ROWS, 1);
        Arrays.fill(scoreMaximum, rows, Block.ROWS, 0);
        Arrays.fill(jointMaximum, rows, Block.ROWS, 0);
        emptyTail(rows);
    }

    private void emptyTail(int rows) {
        for (int i = 0; i < model.atoms(); i++) {
            Arrays.fill(weight[i], rows, Block.ROWS, 0);
            Arrays.fill(responsibility[i], rows, Block.ROWS, 0);
        }
    }
}
