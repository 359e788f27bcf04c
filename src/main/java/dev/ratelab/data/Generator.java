package dev.ratelab.data;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.Problem;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.Arrays;

/**
 * Draws samples from a known model. Inputs follow the truth's {@link InputDistribution}, the noise {@code e} its
 * {@link NoiseLaw}. Density: expert {@code i} is chosen with probability {@code pi_i(x)}, then
 * {@code y = h(x, eta_i) + sqrt(nu_i) e}. Regression: {@code y = f_G(x) + sqrt(nu) e} with
 * {@code f_G(x) = sum_i pi_i(x) h(x, eta_i)}, {@code pi} being the gate's weights, whether or not they sum to one.
 *
 * <p>The streams of a data key are {@code input}, {@code expert} (density only) and {@code noise}, all by row. A row is a
 * function of the truth, the data key and its number (and, for the grid, of the sample size), so any row can be made alone,
 * with the same bits. Stateless and safe for use by several threads.
 */
public final class Generator {
    private Generator() {}

    /**
     * The sample of a data key.
     *
     * @param truth the model to draw from
     * @param sampleSize number of rows n, at least 1 (grid inputs: at least 2; empirical inputs in
     *     order: at most their rows)
     * @param dataKey canonical text of what identifies the data set
     * @throws IllegalArgumentException if the inputs cannot have this sample size or the model's number of inputs
     */
    public static Sample generate(Truth truth, int sampleSize, String dataKey) {
        return rows(truth, sampleSize, dataKey, 0, sampleSize);
    }

    /**
     * Consecutive rows of the sample of a data key: those that {@link #generate} puts at the same place.
     *
     * @param truth the model to draw from
     * @param sampleSize number of rows n of the whole sample
     * @param dataKey canonical text of what identifies the data set
     * @param from first row, from 0
     * @param count number of rows, at least 1; {@code from + count} is at most n
     * @throws IllegalArgumentException as {@link #generate}, or if the rows are not within the sample
     */
    public static Sample rows(Truth truth, int sampleSize, String dataKey, int from, int count) {
        if (from < 0 || count < 1 || from > sampleSize - count) {
            throw new IllegalArgumentException(
                    "rows " + from + " to " + (from + (long) count - 1) + " are not within a sample of " + sampleSize);
        }
        return Sample.of(
                blocks(truth, sampleSize, dataKey, from, count), truth.model().dimension());
    }

    /** Consecutive rows as blocks; arguments as for {@link #rows}. */
    static Block[] blocks(Truth truth, int sampleSize, String dataKey, int from, int count) {
        int dimension = truth.model().dimension();
        Stream inputs = Streams.of(dataKey, "input");
        Stream noises = Streams.of(dataKey, "noise");
        Stream choices = Streams.of(dataKey, "expert");
        Responses responses = new Responses(truth);
        Block[] blocks = new Block[1 + (count - 1) / Block.ROWS];
        for (int b = 0; b < blocks.length; b++) {
            int first = from + b * Block.ROWS;
            int rows = Math.min(Block.ROWS, count - b * Block.ROWS);
            double[][] x = new double[dimension][rows];
            truth.input().fill(inputs, 0, sampleSize, first, x);
            double[] noise = new double[rows];
            truth.noise().fill(noises, first, x, noise);
            double[] choice = new double[truth.problem() == Problem.DENSITY ? rows : 0];
            choices.uniforms(first, 0, choice);
            double[][] columns = new double[dimension][];
            for (int j = 0; j < dimension; j++) {
                columns[j] = Arrays.copyOf(x[j], Block.LENGTH);
            }
            blocks[b] = new Block(columns, Block.newArray(), rows);
            responses.fill(blocks[b], choice, noise, blocks[b].response());
        }
        return blocks;
    }

    /**
     * Regression data at the nodes of a {@link QuadratureDesign}: {@code y_j = f_G(x_j) + sqrt(nu / (n w_j)) e_j}, each row
     * weighted by {@code n w_j}. The noise {@code e_j} is row j of the stream {@code noise}, so it does not depend on n.
     *
     * <p>A node of tiny weight, as the outer ones of normal inputs have, has a response that is nearly all noise: statistics
     * of the sample must use its weights.
     *
     * @param truth a regression truth with normal or heteroscedastic noise and at most two uniform or normal inputs
     * @param informationSize the number n of observations that the data stand for, positive and finite, not necessarily whole
     * @param nodesPerDimension number of nodes in each coordinate, see {@link QuadratureDesign#DEFAULT_NODES}
     * @param dataKey canonical text of what identifies the data set
     * @throws IllegalArgumentException saying why there is no such sample
     */
    public static Sample quadrature(Truth truth, double informationSize, int nodesPerDimension, String dataKey) {
        if (truth.problem() != Problem.REGRESSION) {
            throw new IllegalArgumentException("the quadrature design is for regression, the problem is "
                    + truth.problem().id());
        }
        if (truth.noise() instanceof NoiseLaw.Student || truth.noise() instanceof NoiseLaw.Laplace) {
            throw new IllegalArgumentException("the quadrature design needs normal noise, not "
                    + truth.noise().id() + " noise: the noise at a node stands for that of many observations");
        }
        if (!(informationSize > 0 && informationSize < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("n = " + informationSize + " must be positive and finite");
        }
        QuadratureDesign design =
                QuadratureDesign.of(truth.input(), truth.model().dimension(), nodesPerDimension);
        double[] weights = design.weights().clone();
        double[] noise = new double[weights.length];
        truth.noise().fill(Streams.of(dataKey, "noise"), 0, design.x(), noise);
        for (int node = 0; node < weights.length; node++) {
            weights[node] *= informationSize;
            noise[node] /= Math.sqrt(weights[node]);
        }
        return Sample.of(design.x(), responses(truth, design.x(), noise), weights);
    }

    /**
     * The true regression function, which is the response without noise.
     *
     * @param truth a regression truth
     * @param x {@code x[j][row]}: d columns of n rows; not modified
     * @return n values
     */
    public static double[] regressionFunction(Truth truth, double[][] x) {
        if (truth.problem() != Problem.REGRESSION) {
            throw new IllegalArgumentException("the regression function is that of the problem regression, not "
                    + truth.problem().id());
        }
        return responses(truth, x, new double[x[0].length]);
    }

    /**
     * The responses of weighted nodes or of a regression function, which have no choice of experts.
     *
     * @param noise {@code noise[row]}: in units of the standard deviation of an expert
     */
    private static double[] responses(Truth truth, double[][] x, double[] noise) {
        double[] y = new double[noise.length];
        double[] ofBlock = Block.newArray();
        // The place of the responses holds the noise.
        Sample inputs = Sample.of(x, noise);
        Responses responses = new Responses(truth);
        for (int b = 0; b < inputs.blockCount(); b++) {
            Block block = inputs.block(b);
            responses.fill(block, new double[0], block.response(), ofBlock);
            System.arraycopy(ofBlock, 0, y, b * Block.ROWS, block.rows());
        }
        return y;
    }

    /** Computes responses of blocks. Not safe for use by several threads. */
    private static final class Responses {
        private final Truth truth;
        private final double[] theta;
        private final double[] deviation;
        private final double[][] scores;
        private final double[][] means;
        private final double[] weights;

        Responses(Truth truth) {
            this.truth = truth;
            theta = truth.parameters();
            deviation = deviations(truth);
            scores = new double[deviation.length][Block.LENGTH];
            means = new double[deviation.length][Block.LENGTH];
            weights = new double[deviation.length];
        }

        /**
         * The responses of a block of inputs.
         *
         * @param choice {@code choice[row]}: uniform numbers that choose the experts (density), or empty (regression)
         * @param noise {@code noise[row]}: in units of the standard deviation of an expert
         * @param y {@code y[row]}; modified
         */
        void fill(Block block, double[] choice, double[] noise, double[] y) {
            MixtureOfExperts model = truth.model();
            model.gate().values(theta, model.gateOffset(), block, scores);
            model.expert().values(theta, model.expertOffset(), block, means);
            for (int i = 0; i < block.rows(); i++) {
                double total = weights(model.gate().normaliser(), scores, i, weights);
                if (truth.problem() == Problem.DENSITY) {
                    int expert = choose(weights, choice[i] * total);
                    y[i] = means[expert][i] + deviation[expert] * noise[i];
                } else {
                    y[i] = mean(weights, means, i) / total + deviation[0] * noise[i];
                }
            }
        }
    }

    private static double[] deviations(Truth truth) {
        double[] deviation = new double[truth.atoms().size()];
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = Math.sqrt(truth.atoms().get(i).variance());
        }
        return deviation;
    }

    /**
     * The gate's weights of one row.
     *
     * @param weights {@code weights[atom]}: proportional to the weights; modified
     * @return what the weights must be divided by: their sum, or one where they need not sum to one
     */
    static double weights(Normaliser normaliser, double[][] scores, int row, double[] weights) {
        double max = Double.NEGATIVE_INFINITY;
        for (double[] score : scores) {
            max = Math.max(max, score[row]);
        }
        if (normaliser == Normaliser.NONE) {
            max = 0;
        }
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            double difference = scores[i][row] - max;
            // The largest of a row is exactly zero below itself: an exponential less.
            weights[i] = difference == 0 ? 1 : Elementary.exp(difference);
            total += weights[i];
        }
        return normaliser == Normaliser.NONE ? 1 : total;
    }

    /** {@code sum_i weights[i] means[i][row]}; an atom without weight adds nothing. */
    private static double mean(double[] weights, double[][] means, int row) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                sum += weights[i] * means[i][row];
            }
        }
        return sum;
    }

    /** The first atom with a positive weight whose cumulative weight is above a level, or else the last such atom. */
    private static int choose(double[] weights, double level) {
        double cumulative = 0;
        int chosen = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                chosen = i;
                cumulative += weights[i];
                if (cumulative > level) {
                    break;
                }
            }
        }
        return chosen;
    }
}
