package dev.ratelab.fit;

import dev.ratelab.data.Sample;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.PredictorFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log likelihood of a mixture of experts on a sample, with gradient and second derivatives.
 *
 * <p>Each atom has three predictors: its gate score, its mean and its log variance. A block of rows gives the second derivatives
 * {@code W} by the predictors ({@link PredictorGradients}); the families give the columns of their Jacobians {@code J}; the
 * Hessian by the parameters is {@code J'WJ} plus the families' curvature. No family is known here.
 *
 * <p>Sums run over blocks of {@value BlockKernels#ROWS} rows and chunks of {@value #CHUNK_BLOCKS} blocks in a fixed order. Not safe
 * for use by several threads: the work space belongs to the object.
 */
final class MixtureLikelihood {
    /** Blocks of a chunk: 32,768 rows. Stored numbers depend on it. */
    static final int CHUNK_BLOCKS = 64;

    /** What to compute beside the value. */
    enum Order {
        /** Nothing: the log likelihood only. */
        VALUE,
        /** Gradient and the information of the complete data: what an EM iteration needs. */
        COMPLETE,
        /** Gradient and exact Hessian. */
        OBSERVED
    }

    private final MixtureOfExperts model;
    private final Sample sample;
    private final PosteriorBlock posterior;
    private final PredictorGradients gradients;
    private final double[][] scoreGradient;
    private final double[] work = Block.newArray();
    private final double[] scratch = Block.newArray();
    private final double[][] massSums;
    private final double[][] residualSums;
    private final Predictor[] scores;
    private final Predictor[] means;
    private final Predictor[] logVariances;
    private final List<Pair> completePairs = new ArrayList<>();
    private final List<Pair> observedPairs = new ArrayList<>();
    private long passes;

    MixtureLikelihood(MixtureOfExperts model, Sample sample) {
        if (model.dimension() != sample.dimension()) {
            throw new IllegalArgumentException(
                    "the model has " + model.dimension() + " inputs, the sample " + sample.dimension());
        }
        this.model = model;
        this.sample = sample;
        int atoms = model.atoms();
        posterior = new PosteriorBlock(model);
        gradients = new PredictorGradients(posterior, atoms);
        scoreGradient = new double[atoms][Block.LENGTH];
        massSums = new double[atoms][BlockKernels.HALF + BlockKernels.PADDING];
        residualSums = new double[atoms][BlockKernels.HALF + BlockKernels.PADDING];
        double[][] affineColumns = new double[1 + model.dimension()][];
        affineColumns[0] = WeightedProducts.ONES;
        scores = predictors(model.gate(), model.gateOffset(), affineColumns);
        means = predictors(model.expert(), model.expertOffset(), affineColumns);
        logVariances = new Predictor[atoms];
        double[][] constant = {WeightedProducts.ONES};
        for (int i = 0; i < atoms; i++) {
            logVariances[i] = new Predictor(new int[] {model.logVarianceOffset() + i}, constant);
        }
        planPairs();
    }

    private Predictor[] predictors(PredictorFamily family, int offset, double[][] affineColumns) {
        Predictor[] list = new Predictor[model.atoms()];
        for (int i = 0; i < list.length; i++) {
            int[] indices = family.parametersOf(i, model.atoms(), model.dimension());
            for (int c = 0; c < indices.length; c++) {
                indices[c] += offset;
            }
            list[i] =
                    new Predictor(indices, family.affine() ? affineColumns : new double[indices.length][Block.LENGTH]);
        }
        return list;
    }

    private void planPairs() {
        int atoms = model.atoms();
        for (int i = 0; i < atoms; i++) {
            for (int l = 0; l < atoms; l++) {
                int first = i;
                int second = l;
                if (i <= l) {
                    Pair pair = new Pair(scores[i], scores[l], i == l, out -> gradients.scoreScore(first, second, out));
                    observedPairs.add(pair);
                    completePairs.add(new Pair(
                            scores[i],
                            scores[l],
                            i == l,
                            out -> completeScoreScore(first, second, out),
                            pair.products));
                    Pair mean = new Pair(means[i], means[l], i == l, out -> gradients.meanMean(first, second, out));
                    observedPairs.add(mean);
                    if (i == l) {
                        completePairs.add(
                                new Pair(means[i], means[i], true, out -> completeMeanMean(first, out), mean.products));
                    }
                    observedPairs.add(new Pair(
                            logVariances[i],
                            logVariances[l],
                            i == l,
                            out -> gradients.logVarianceLogVariance(first, second, out)));
                }
                observedPairs.add(new Pair(scores[i], means[l], false, out -> gradients.scoreMean(first, second, out)));
                observedPairs.add(new Pair(
                        scores[i], logVariances[l], false, out -> gradients.scoreLogVariance(first, second, out)));
                observedPairs.add(new Pair(
                        means[i], logVariances[l], false, out -> gradients.meanLogVariance(first, second, out)));
            }
        }
    }

    /** Number of passes over the sample so far. */
    long passes() {
        return passes;
    }

    /**
     * Evaluates the log likelihood at a point.
     *
     * @param theta flat parameter vector; not modified
     * @param out modified
     */
    void evaluate(double[] theta, Order order, Evaluation out) {
        passes++;
        clear(out);
        posterior.start(theta);
        for (int from = 0; from < sample.blockCount(); from += CHUNK_BLOCKS) {
            int to = Math.min(from + CHUNK_BLOCKS, sample.blockCount());
            posterior.startChunk();
            for (int b = from; b < to; b++) {
                Block block = sample.block(b);
                posterior.compute(theta, block);
                if (order != Order.VALUE) {
                    addBlock(theta, block, order, out);
                }
            }
            out.logLikelihood += posterior.chunkLogLikelihood();
            if (order != Order.VALUE) {
                drain(order, out);
            }
        }
        if (order == Order.COMPLETE) {
            for (int i = 0; i < model.atoms(); i++) {
                out.hessian[model.logVarianceOffset() + i][model.logVarianceOffset() + i] = -0.5 * out.mass[i];
            }
        }
    }

    /** Mean over rows of {@code y^2}. */
    double meanSquaredResponse() {
        double sum = 0;
        for (int b = 0; b < sample.blockCount(); b++) {
            Block block = sample.block(b);
            for (int row = 0; row < block.rows(); row++) {
                sum += block.response()[row] * block.response()[row];
            }
        }
        return sum / sample.size();
    }

    /** Largest change, over rows and pairs of atoms, of the difference of two scores between two points. */
    double largestScoreChange(double[] from, double[] to) {
        double[][] before = new double[model.atoms()][Block.LENGTH];
        double[][] after = new double[model.atoms()][Block.LENGTH];
        double largest = 0;
        for (int b = 0; b < sample.blockCount(); b++) {
            Block block = sample.block(b);
            model.gate().values(from, model.gateOffset(), block, before);
            model.gate().values(to, model.gateOffset(), block, after);
            for (int row = 0; row < block.rows(); row++) {
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < before.length; i++) {
                    double change = after[i][row] - before[i][row];
                    low = Math.min(low, change);
                    high = Math.max(high, change);
                }
                largest = Math.max(largest, high - low);
            }
        }
        return largest;
    }

    private static void clear(Evaluation out) {
        out.logLikelihood = 0;
        Arrays.fill(out.gradient, 0);
        Arrays.fill(out.mass, 0);
        Arrays.fill(out.squaredResiduals, 0);
        for (double[] row : out.hessian) {
            Arrays.fill(row, 0);
        }
    }

    private void addBlock(double[] theta, Block block, Order order, Evaluation out) {
        int atoms = model.atoms();
        gradients.compute();
        for (int i = 0; i < atoms; i++) {
            BlockKernels.subtract(posterior.responsibility[i], posterior.weight[i], scoreGradient[i]);
            BlockKernels.add(massSums[i], posterior.responsibility[i]);
        }
        prepareColumns(theta, block);
        for (int i = 0; i < atoms; i++) {
            scores[i].addGradient(scoreGradient[i]);
            means[i].addGradient(gradients.mean[i]);
            logVariances[i].addGradient(gradients.logVariance[i]);
        }
        for (Pair pair : order == Order.COMPLETE ? completePairs : observedPairs) {
            pair.weights.compute(work);
            pair.products.add(work, pair.left.columns, pair.right.columns, scratch);
        }
        if (order == Order.COMPLETE) {
            for (int i = 0; i < atoms; i++) {
                BlockKernels.multiply(posterior.responsibility[i], posterior.residual[i], work);
                BlockKernels.addProduct(residualSums[i], work, posterior.residual[i]);
            }
        } else {
            model.gate().addCurvature(theta, model.gateOffset(), block, scoreGradient, out.hessian);
            model.expert().addCurvature(theta, model.expertOffset(), block, gradients.mean, out.hessian);
        }
    }

    private void prepareColumns(double[] theta, Block block) {
        prepareColumns(model.gate(), model.gateOffset(), scores, theta, block);
        prepareColumns(model.expert(), model.expertOffset(), means, theta, block);
    }

    private static void prepareColumns(
            PredictorFamily family, int offset, Predictor[] predictors, double[] theta, Block block) {
        if (family.affine()) {
            System.arraycopy(block.columns(), 0, predictors[0].columns, 1, block.columns().length);
        } else {
            double[][][] columns = new double[predictors.length][][];
            for (int i = 0; i < predictors.length; i++) {
                columns[i] = predictors[i].columns;
            }
            family.jacobian(theta, offset, block, columns);
        }
    }

    private void drain(Order order, Evaluation out) {
        for (int i = 0; i < model.atoms(); i++) {
            out.mass[i] += drainSum(massSums[i]);
            scores[i].drainGradient(out.gradient);
            means[i].drainGradient(out.gradient);
            logVariances[i].drainGradient(out.gradient);
            if (order == Order.COMPLETE) {
                out.squaredResiduals[i] += drainSum(residualSums[i]);
            }
        }
        for (Pair pair : order == Order.COMPLETE ? completePairs : observedPairs) {
            pair.products.drainInto(pair.left.parameters, pair.right.parameters, !pair.diagonal, out.hessian);
        }
    }

    private static double drainSum(double[] sums) {
        double sum = BlockKernels.fold(sums);
        Arrays.fill(sums, 0);
        return sum;
    }

    private void completeScoreScore(int i, int l, double[] out) {
        if (i == l) {
            minusBernoulliVariance(posterior.weight[i], out);
        } else {
            BlockKernels.multiply(posterior.weight[i], posterior.weight[l], out);
        }
    }

    private void completeMeanMean(int i, double[] out) {
        BlockKernels.scale(-posterior.inverseVariance[i], posterior.responsibility[i], out);
    }

    private static void minusBernoulliVariance(double[] pi, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = pi[i] * pi[i] - pi[i];
        }
    }

    /** One predictor of one atom: which parameters it depends on, and the columns of its Jacobian on the current block. */
    private static final class Predictor {
        private final int[] parameters;
        private final double[][] columns;
        private final double[][] gradientSums;

        Predictor(int[] parameters, double[][] columns) {
            this.parameters = parameters;
            this.columns = columns;
            this.gradientSums = new double[parameters.length][BlockKernels.HALF + BlockKernels.PADDING];
        }

        void addGradient(double[] derivative) {
            for (int c = 0; c < columns.length; c++) {
                if (columns[c] == WeightedProducts.ONES) {
                    BlockKernels.add(gradientSums[c], derivative);
                } else {
                    BlockKernels.addProduct(gradientSums[c], derivative, columns[c]);
                }
            }
        }

        void drainGradient(double[] gradient) {
            for (int c = 0; c < columns.length; c++) {
                gradient[parameters[c]] += drainSum(gradientSums[c]);
            }
        }
    }

    /** Fills one block array with second derivatives by two predictors. */
    private interface PairWeights {
        void compute(double[] out);
    }

    /** A pair of predictors whose second derivative is not zero. */
    private static final class Pair {
        private final Predictor left;
        private final Predictor right;
        private final boolean diagonal;
        private final PairWeights weights;
        private final WeightedProducts products;

        Pair(Predictor left, Predictor right, boolean diagonal, PairWeights weights) {
            this(
                    left,
                    right,
                    diagonal,
                    weights,
                    new WeightedProducts(left.columns.length, right.columns.length, left.columns == right.columns));
        }

        Pair(Predictor left, Predictor right, boolean diagonal, PairWeights weights, WeightedProducts products) {
            this.left = left;
            this.right = right;
            this.diagonal = diagonal;
            this.weights = weights;
            this.products = products;
        }
    }
}
