package dev.ratelab.fit.objective;

import dev.ratelab.data.Rows;
import dev.ratelab.math.BlockExp;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import java.util.Arrays;

/**
 * Least squares of the regression function {@code f(x) = sum_i w_i(x) h_i(x)}, in nats:
 * {@code -sum_n omega_n (y_n - f(x_n))^2 / (2 nu)} with the weights {@code omega} of the rows and the known noise variance
 * {@code nu}. Up to a constant it is the log likelihood of normal noise.
 *
 * <p>With scores {@code u} and {@code g_i = df/du_i}, which is {@code w_i (h_i - f)} for weights that sum to one and
 * {@code w_i h_i} for others, and {@code df/dh_i = w_i}, the second derivatives of {@code f} are
 *
 * <pre>
 *   u_i u_l    [i = l] g_i - w_i g_l - w_l g_i      weights that do not sum to one: [i = l] g_i
 *   u_i h_l    [i = l] w_i - w_i w_l                                                [i = l] w_i
 *   h_i h_l    0
 * </pre>
 *
 * and those of the objective, with {@code r = y - f}, are {@code omega / nu (r d2f - df df')}. Gauss-Newton leaves out the first term.
 */
final class LeastSquares extends Objective {
    private final double inverseVariance;
    private final boolean normalised;
    private final double[][] weight;
    private final double[][] mean;
    private final double[][] pull;
    private final double[][] meanGradient;
    private final double[][] mass;
    private double[] observations;
    private final double[] maximum = Block.newArray();
    private final double[] sum = Block.newArray();
    private final double[] function = Block.newArray();
    private final double[] precision = Block.newArray();
    private final double[] force = Block.newArray();
    private final double[] scratch = Block.newArray();
    private final double[] squares = new double[BlockKernels.HALF + BlockKernels.PADDING];

    LeastSquares(MixtureOfExperts model, Rows sample) {
        super(model, sample);
        if (model.noise().kind() != Noise.Kind.KNOWN) {
            throw new IllegalArgumentException("least squares need a known noise variance");
        }
        if (model.gate().normaliser() == Normaliser.JOINT) {
            throw new IllegalArgumentException(
                    "gate " + model.gate().id() + " models the inputs, least squares do not");
        }
        inverseVariance = 1 / model.noise().variance();
        normalised = model.gate().normaliser() == Normaliser.SOFTMAX;
        int atoms = model.atoms();
        weight = new double[atoms][Block.LENGTH];
        mean = new double[atoms][Block.LENGTH];
        pull = new double[atoms][Block.LENGTH];
        meanGradient = new double[atoms][Block.LENGTH];
        mass = new double[atoms][Block.LENGTH];
        for (int i = 0; i < atoms; i++) {
            for (int l = 0; l < atoms; l++) {
                planPairs(i, l);
            }
        }
    }

    private void planPairs(int i, int l) {
        boolean same = i == l;
        if (i <= l) {
            PredictorPair score = new PredictorPair(scores[i], scores[l], same, out -> scoreScore(i, l, out));
            observedPairs.add(score);
            completePairs.add(score.with(out -> minusProducts(precision, pull[i], pull[l], out)));
            PredictorPair means = new PredictorPair(
                    this.means[i], this.means[l], same, out -> minusProducts(precision, weight[i], weight[l], out));
            observedPairs.add(means);
            completePairs.add(means);
        }
        PredictorPair mixed = new PredictorPair(scores[i], means[l], false, out -> scoreMean(i, l, out));
        observedPairs.add(mixed);
        completePairs.add(mixed.with(out -> minusProducts(precision, pull[i], weight[l], out)));
    }

    @Override
    void start(double[] theta) {
        // Nothing depends on the parameters alone.
    }

    @Override
    void startChunk() {
        Arrays.fill(squares, 0);
    }

    @Override
    double chunkValue() {
        return -0.5 * BlockKernels.fold(squares);
    }

    @Override
    void compute(double[] theta, Block block) {
        model.gate().values(theta, model.gateOffset(), block, weight);
        model.expert().values(theta, model.expertOffset(), block, mean);
        if (normalised) {
            Arrays.fill(maximum, Double.NEGATIVE_INFINITY);
            for (double[] score : weight) {
                BlockKernels.maximum(score, maximum);
            }
        } else {
            Arrays.fill(maximum, 0);
        }
        Arrays.fill(sum, 0);
        for (double[] score : weight) {
            BlockExp.expOfDifference(score, maximum, scratch, score);
            BlockKernels.accumulate(score, sum);
        }
        if (normalised) {
            BlockKernels.reciprocal(sum, sum);
            for (double[] score : weight) {
                BlockKernels.multiply(score, sum, score);
            }
        }
        Arrays.fill(function, 0);
        for (int i = 0; i < weight.length; i++) {
            addProduct(weight[i], mean[i], function);
        }
        observations = block.weight();
        residuals(block.response(), observations, function, inverseVariance, precision, force, scratch);
        BlockKernels.addProduct(squares, force, scratch);
    }

    /** Precision {@code omega / nu}, residual, and their product. */
    private static void residuals(
            double[] y,
            double[] omega,
            double[] function,
            double inverseVariance,
            double[] precision,
            double[] force,
            double[] residual) {
        for (int i = 0; i < Block.ROWS; i++) {
            double p = omega[i] * inverseVariance;
            double r = y[i] - function[i];
            precision[i] = p;
            residual[i] = r;
            force[i] = p * r;
        }
    }

    @Override
    void differentiate(Order order) {
        for (int i = 0; i < weight.length; i++) {
            if (normalised) {
                pull(weight[i], mean[i], function, pull[i]);
            } else {
                BlockKernels.multiply(weight[i], mean[i], pull[i]);
            }
            BlockKernels.multiply(force, pull[i], scoreGradient[i]);
            BlockKernels.multiply(force, weight[i], meanGradient[i]);
            BlockKernels.multiply(observations, weight[i], mass[i]);
        }
    }

    @Override
    double[][] masses() {
        return mass;
    }

    @Override
    double[][] meanGradient() {
        return meanGradient;
    }

    @Override
    void addOthers(double[] theta, Block block, Order order, Evaluation out) {
        // No predictors but scores and means.
    }

    @Override
    void drainOthers(Order order, Evaluation out) {
        // Nothing was added.
    }

    @Override
    public double rootInformation() {
        return Math.sqrt(sample.totalWeight() * inverseVariance);
    }

    private void scoreScore(int i, int l, double[] out) {
        minusProducts(precision, pull[i], pull[l], out);
        if (normalised) {
            addScoreScore(force, weight[i], pull[i], weight[l], pull[l], out);
        }
        if (i == l) {
            addProduct(force, pull[i], out);
        }
    }

    private void scoreMean(int i, int l, double[] out) {
        minusProducts(precision, pull[i], weight[l], out);
        if (normalised) {
            subtractProducts(force, weight[i], weight[l], out);
        }
        if (i == l) {
            addProduct(force, weight[i], out);
        }
    }

    private static void pull(double[] weight, double[] mean, double[] function, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = weight[i] * (mean[i] - function[i]);
        }
    }

    private static void addProduct(double[] a, double[] b, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] += a[i] * b[i];
        }
    }

    private static void minusProducts(double[] a, double[] b, double[] c, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = -(a[i] * b[i] * c[i]);
        }
    }

    private static void subtractProducts(double[] a, double[] b, double[] c, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] -= a[i] * b[i] * c[i];
        }
    }

    private static void addScoreScore(
            double[] force, double[] w, double[] g, double[] otherW, double[] otherG, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] -= force[i] * (w[i] * otherG[i] + otherW[i] * g[i]);
        }
    }
}
