package dev.ratelab.fit.objective;

import dev.ratelab.data.Rows;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;

/**
 * The log likelihood of a mixture of experts: {@code sum_n omega_n log p(y_n | x_n)}, or {@code sum_n omega_n log p(x_n, y_n)} for a
 * gate that models the inputs, with the weights {@code omega} of the rows.
 *
 * <p>The third predictor of each atom is its log variance; derivatives of a row are those of {@link PredictorGradients} times its
 * weight. For a sample without weights nothing is multiplied: the sums are those of the arrays of the posterior themselves.
 */
public final class MixtureLikelihood extends Objective {
    private final PosteriorBlock posterior;
    private final PredictorGradients gradients;
    private final Predictor[] logVariances;
    private final boolean weighted;
    private double[] observations;

    /** Responsibilities and derivatives times the weights of the rows: without weights, the same arrays. */
    private final double[][] mass;

    private final double[][] meanGradient;
    private final double[][] logVarianceGradient;
    private final double[][] residualSums;
    private final WeightedProducts[] momentSums;
    private final int[] momentIndices;
    private final double[] work = Block.newArray();
    private final double[] scratch = Block.newArray();
    private final boolean joint;

    /**
     * Whether the derivatives by the scores of all atoms sum to zero and the scores have the same columns, so that the same holds for
     * the parameters.
     */
    private final boolean scoresBalance;

    /** The sums of {@link Order#COMPLETE}, or {@code null} if they are made by predictors and pairs. */
    private final AffineCompleteSums completeSums;

    public MixtureLikelihood(MixtureOfExperts model, Rows sample) {
        super(model, sample);
        if (model.noise().kind() == Noise.Kind.KNOWN) {
            throw new IllegalArgumentException("a mixture likelihood needs variances that are parameters");
        }
        int atoms = model.atoms();
        weighted = sample.weighted();
        posterior = new PosteriorBlock(model, weighted);
        gradients = new PredictorGradients(posterior, atoms);
        mass = weighted ? new double[atoms][Block.LENGTH] : posterior.responsibility;
        meanGradient = weighted ? new double[atoms][Block.LENGTH] : gradients.mean;
        logVarianceGradient = weighted ? new double[atoms][Block.LENGTH] : gradients.logVariance;
        residualSums = new double[atoms][BlockKernels.HALF + BlockKernels.PADDING];
        logVariances = new Predictor[atoms];
        double[][] constant = {WeightedProducts.ONES};
        for (int i = 0; i < atoms; i++) {
            logVariances[i] = new Predictor(new int[] {model.logVarianceIndex(i)}, constant);
        }
        joint = model.gate().normaliser() == Normaliser.JOINT;
        int size = 1 + model.dimension();
        momentSums = new WeightedProducts[joint ? atoms : 0];
        momentIndices = new int[size];
        for (int a = 0; a < size; a++) {
            momentIndices[a] = a;
        }
        for (int i = 0; i < momentSums.length; i++) {
            momentSums[i] = new WeightedProducts(size, size, true);
        }
        scoresBalance =
                model.gate().normaliser() == Normaliser.SOFTMAX && model.gate().affine();
        completeSums = !weighted && AffineCompleteSums.serve(model) ? new AffineCompleteSums(model, posterior) : null;
        planPairs();
    }

    private void planPairs() {
        for (int i = 0; i < model.atoms(); i++) {
            for (int l = 0; l < model.atoms(); l++) {
                planPairs(i, l);
            }
        }
    }

    private void planPairs(int i, int l) {
        boolean same = i == l;
        if (i <= l) {
            PredictorPair score = pair(scores[i], scores[l], same, out -> gradients.scoreScore(i, l, out));
            if (!(same && scoresBalance)) {
                observedPairs.add(score);
            }
            completePairs.add(score.with(byRow(out -> completeScoreScore(i, l, out))));
            PredictorPair mean = pair(means[i], means[l], same, out -> gradients.meanMean(i, l, out));
            observedPairs.add(mean);
            if (same) {
                completePairs.add(mean.with(byRow(out -> completeMeanMean(i, out))));
            }
            observedPairs.add(
                    pair(logVariances[i], logVariances[l], same, out -> gradients.logVarianceLogVariance(i, l, out)));
        }
        if (!(same && scoresBalance)) {
            observedPairs.add(pair(scores[i], means[l], false, out -> gradients.scoreMean(i, l, out)));
        }
        if (!(same && scoresBalance && model.noise().kind() == Noise.Kind.OWN)) {
            observedPairs.add(pair(scores[i], logVariances[l], false, out -> gradients.scoreLogVariance(i, l, out)));
        }
        observedPairs.add(pair(means[i], logVariances[l], false, out -> gradients.meanLogVariance(i, l, out)));
    }

    private PredictorPair pair(Predictor left, Predictor right, boolean diagonal, PredictorPair.Weights derivatives) {
        return new PredictorPair(left, right, diagonal, byRow(derivatives));
    }

    /** Second derivatives times the weights of the rows; unchanged for a sample without weights. */
    private PredictorPair.Weights byRow(PredictorPair.Weights derivatives) {
        if (!weighted) {
            return derivatives;
        }
        return out -> {
            derivatives.compute(out);
            BlockKernels.multiply(out, observations, out);
        };
    }

    @Override
    void start(double[] theta) {
        posterior.start(theta);
    }

    @Override
    void startChunk() {
        posterior.startChunk();
    }

    @Override
    void compute(double[] theta, Block block) {
        observations = block.weight();
        posterior.compute(theta, block);
    }

    @Override
    double chunkValue() {
        return posterior.chunkLogLikelihood();
    }

    @Override
    void differentiate(Order order) {
        gradients.compute();
        for (int i = 0; i < scoreGradient.length; i++) {
            BlockKernels.subtract(posterior.responsibility[i], posterior.weight[i], scoreGradient[i]);
        }
        for (int i = 0; weighted && i < scoreGradient.length; i++) {
            BlockKernels.multiply(scoreGradient[i], observations, scoreGradient[i]);
            BlockKernels.multiply(posterior.responsibility[i], observations, mass[i]);
            BlockKernels.multiply(gradients.mean[i], observations, meanGradient[i]);
            BlockKernels.multiply(gradients.logVariance[i], observations, logVarianceGradient[i]);
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
        for (int i = 0; i < logVariances.length; i++) {
            logVariances[i].addGradient(logVarianceGradient[i]);
        }
        if (order != Order.COMPLETE) {
            return;
        }
        for (int i = 0; i < residualSums.length; i++) {
            BlockKernels.multiply(mass[i], posterior.residual[i], work);
            BlockKernels.addProduct(residualSums[i], work, posterior.residual[i]);
        }
        if (joint) {
            model.gate().addCurvature(theta, model.gateOffset(), block, mass, out.hessian);
            double[][] columns = new double[momentIndices.length][];
            columns[0] = WeightedProducts.ONES;
            System.arraycopy(block.columns(), 0, columns, 1, block.columns().length);
            for (int i = 0; i < momentSums.length; i++) {
                momentSums[i].add(mass[i], columns, columns, scratch);
            }
        }
    }

    @Override
    void drainOthers(Order order, Evaluation out) {
        for (int i = 0; i < logVariances.length; i++) {
            logVariances[i].drainGradient(out.gradient);
        }
        if (order != Order.COMPLETE) {
            return;
        }
        for (int i = 0; i < residualSums.length; i++) {
            out.squaredResiduals[i] += Predictor.drain(residualSums[i]);
        }
        for (int a = model.logVarianceOffset(); a < model.parameterCount(); a++) {
            out.hessian[a][a] = 0;
        }
        for (int i = 0; i < model.atoms(); i++) {
            int a = model.logVarianceIndex(i);
            out.hessian[a][a] -= 0.5 * out.mass[i];
        }
        for (int i = 0; i < momentSums.length; i++) {
            momentSums[i].drainInto(momentIndices, momentIndices, false, out.moments[i]);
        }
    }

    @Override
    boolean addDirectly(Block block, Order order) {
        boolean direct = order == Order.COMPLETE && completeSums != null;
        if (direct) {
            completeSums.add(block);
        }
        return direct;
    }

    @Override
    boolean drainDirectly(Order order, Evaluation out) {
        boolean direct = order == Order.COMPLETE && completeSums != null;
        if (direct) {
            completeSums.drain(out);
        }
        return direct;
    }

    /**
     * Where scores balance, the second derivatives by the score of atom {@code l} and any predictor of atom {@code l} are minus the sum
     * of those by the scores of the other atoms.
     */
    @Override
    void complete(Order order, Evaluation out) {
        if (order != Order.OBSERVED || !scoresBalance) {
            return;
        }
        boolean ownVariances = model.noise().kind() == Noise.Kind.OWN;
        for (int l = 0; l < scores.length; l++) {
            balance(l, scores[l].parameters, out.hessian);
            balance(l, means[l].parameters, out.hessian);
            if (ownVariances) {
                balance(l, logVariances[l].parameters, out.hessian);
            }
        }
    }

    private void balance(int atom, int[] others, double[][] hessian) {
        for (int a = 0; a < scores[atom].parameters.length; a++) {
            int row = scores[atom].parameters[a];
            for (int column : others) {
                double sum = 0;
                for (int i = 0; i < scores.length; i++) {
                    sum += i == atom ? 0 : hessian[scores[i].parameters[a]][column];
                }
                hessian[row][column] = -sum;
                hessian[column][row] = -sum;
            }
        }
    }

    @Override
    public double rootInformation() {
        return Math.sqrt(sample.totalWeight());
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
}
