package dev.ratelab.fit.objective;

import dev.ratelab.data.Rows;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fit maximises on a sample, in nats, with gradient and second derivatives.
 *
 * <p>Each atom has predictors: its gate score, its mean, perhaps its log variance. A block of rows gives the first and second
 * derivatives {@code W} of the objective by the predictors; the families give the columns of their Jacobians {@code J}; the
 * Hessian by the parameters is {@code J'WJ} plus the families' curvature. No family is known here.
 *
 * <p>Sums run over the blocks of a chunk in order, and over chunks in the order of {@link dev.ratelab.data.ChunkTree}. Not safe for
 * use by several threads: the work space belongs to the object.
 */
public abstract class Objective {
    public final MixtureOfExperts model;
    public final Rows sample;
    final Predictor[] scores;
    final Predictor[] means;

    /** Derivatives of the objective by the score of each atom on the current block. */
    final double[][] scoreGradient;

    /** Pairs that {@link Order#COMPLETE} adds. */
    final List<PredictorPair> completePairs = new ArrayList<>();

    /** Pairs that {@link Order#OBSERVED} adds. */
    final List<PredictorPair> observedPairs = new ArrayList<>();

    private final double[][] massSums;
    private final double[] work = Block.newArray();
    private final double[] scratch = Block.newArray();
    private final Evaluation chunk;
    private final FamilyIds family;
    private long passes;
    private ColumnMoments moments;

    Objective(MixtureOfExperts model, Rows sample) {
        if (model.dimension() != sample.dimension()) {
            throw new IllegalArgumentException(
                    "the model has " + model.dimension() + " inputs, the sample " + sample.dimension());
        }
        this.model = model;
        this.sample = sample;
        chunk = Evaluation.of(model);
        family = FamilyIds.of(model);
        scoreGradient = new double[model.atoms()][Block.LENGTH];
        massSums = new double[model.atoms()][BlockKernels.HALF + BlockKernels.PADDING];
        double[][] affine = Predictor.affineColumns(model.dimension());
        scores = Predictor.of(model.gate(), model.gateOffset(), model.atoms(), model.dimension(), affine);
        means = Predictor.of(model.expert(), model.expertOffset(), model.atoms(), model.dimension(), affine);
    }

    /** The objective of a model's problem: the log likelihood, or least squares where the noise variance is known. */
    public static Objective of(MixtureOfExperts model, Rows sample) {
        return switch (model.problem()) {
            case DENSITY -> new MixtureLikelihood(model, sample);
            case REGRESSION -> new LeastSquares(model, sample);
        };
    }

    /** Begins with a new parameter vector. */
    abstract void start(double[] theta);

    /** Begins a chunk of blocks. */
    abstract void startChunk();

    /** Computes one block and adds its rows to the value of the chunk. */
    abstract void compute(double[] theta, Block block);

    /** The value of the blocks of the chunk, nats. */
    abstract double chunkValue();

    /** Fills the derivatives by all predictors on the current block, those by the scores into {@link #scoreGradient}. */
    abstract void differentiate(Order order);

    /** Weights of the atoms on the current block, of which the mass is the sum. */
    abstract double[][] masses();

    /** Derivatives by the means on the current block. */
    abstract double[][] meanGradient();

    /** Adds what else an order asks for of the current block. */
    abstract void addOthers(double[] theta, Block block, Order order, Evaluation out);

    /** Adds the sums of {@link #addOthers} to the evaluation and clears them. */
    abstract void drainOthers(Order order, Evaluation out);

    /**
     * Adds all sums of an order over the current block in a way of its own.
     *
     * @return whether it did; if not, nothing was added, and the sums by predictors and pairs are made
     */
    boolean addDirectly(Block block, Order order) {
        return false;
    }

    /**
     * Adds the sums of {@link #addDirectly} to the evaluation and clears them.
     *
     * @return whether this order is summed in that way
     */
    boolean drainDirectly(Order order, Evaluation out) {
        return false;
    }

    /** Completes what was drained by entries that follow from others. */
    void complete(Order order, Evaluation out) {
        // Nothing follows unless an objective says so.
    }

    /**
     * Square root of the number of observations of unit noise that the data stand for: a typical ratio of a parameter's scale and its
     * standard error.
     */
    public abstract double rootInformation();

    /** Number of passes over the sample so far. */
    final long passes() {
        return passes;
    }

    /**
     * Evaluates the objective at a point.
     *
     * @param theta flat parameter vector; not modified
     * @param out modified
     */
    public final void evaluate(double[] theta, Order order, Evaluation out) {
        passes++;
        out.set(order, sample.fold(new ObjectiveFold(this, family, theta, order)));
    }

    /** The objective at a point, nats. */
    public final double value(double[] theta) {
        Evaluation value = Evaluation.of(model);
        evaluate(theta, Order.VALUE, value);
        return value.logLikelihood;
    }

    /** The sums of one chunk at the point of {@link #start}: the entries of {@link Evaluation#entries}. */
    final double[] chunk(Block[] blocks, double[] theta, Order order) {
        chunk.clear();
        startChunk();
        for (Block block : blocks) {
            compute(theta, block);
            if (order != Order.VALUE) {
                addBlock(theta, block, order, chunk);
            }
        }
        chunk.logLikelihood = chunkValue();
        if (order != Order.VALUE) {
            drain(order, chunk);
        }
        return chunk.entries(order);
    }

    private void addBlock(double[] theta, Block block, Order order, Evaluation out) {
        if (addDirectly(block, order)) {
            return;
        }
        differentiate(order);
        for (int i = 0; i < scores.length; i++) {
            BlockKernels.add(massSums[i], masses()[i]);
        }
        Predictor.prepare(model.gate(), model.gateOffset(), scores, theta, block);
        Predictor.prepare(model.expert(), model.expertOffset(), means, theta, block);
        for (int i = 0; i < scores.length; i++) {
            scores[i].addGradient(scoreGradient[i]);
            means[i].addGradient(meanGradient()[i]);
        }
        for (PredictorPair pair : pairs(order)) {
            pair.add(work, scratch);
        }
        addOthers(theta, block, order, out);
        if (order == Order.OBSERVED) {
            model.gate().addCurvature(theta, model.gateOffset(), block, scoreGradient, out.hessian);
            model.expert().addCurvature(theta, model.expertOffset(), block, meanGradient(), out.hessian);
        }
    }

    private List<PredictorPair> pairs(Order order) {
        return order == Order.COMPLETE ? completePairs : observedPairs;
    }

    private void drain(Order order, Evaluation out) {
        if (drainDirectly(order, out)) {
            return;
        }
        for (int i = 0; i < scores.length; i++) {
            out.mass[i] += Predictor.drain(massSums[i]);
            scores[i].drainGradient(out.gradient);
            means[i].drainGradient(out.gradient);
        }
        drainOthers(order, out);
        for (PredictorPair pair : pairs(order)) {
            pair.drainInto(out.hessian);
        }
        complete(order, out);
    }

    /** Means and variances of the columns of the sample. */
    public final ColumnMoments moments() {
        if (moments == null) {
            moments = ColumnMoments.of(sample);
        }
        return moments;
    }

    /** Mean over observations of {@code y^2}. */
    public final double meanSquaredResponse() {
        double mean = moments().mean(model.dimension());
        return mean * mean + moments().variance(model.dimension());
    }

    /**
     * Largest change, over rows and pairs of atoms, of the difference of two scores between two points; of a
     * score itself where weights are not its softmax. Atoms that a gate excludes on a
     * row at either point are not looked at there.
     */
    public final double largestScoreChange(double[] from, double[] to) {
        return sample.fold(new ScoreChangeFold(model, family, from, to))[0];
    }
}
