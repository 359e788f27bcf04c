package dev.ratelab.fit.objective;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import java.util.Arrays;

/**
 * The log likelihood of a chunk of blocks: {@code log R + j_0 - u_0 - log(2 pi) / 2} summed over its rows, where {@code R} is the ratio of
 * the sums of exponentials of joint scores and of scores, relative to the references {@code j_0} and {@code u_0} ({@link PosteriorBlock}).
 *
 * <p>The logarithm is taken once a chunk: each lane multiplies the ratios of its rows and adds the differences of the two references.
 * Relative to the largest, {@code R} lies in {@code [1/k, k]}; relative to the first atom, powers of two are taken out of the products
 * before they overflow. Rows with weights {@code omega} take a logarithm each, and each lane adds {@code omega log p(y | x)}.
 */
final class ChunkLogLikelihood {
    private static final double HALF_LOG_2_PI = 0.9189385332046727;
    private static final double LOG_2 = 0.6931471805599453;

    /** So many ratios of at most {@code k 2^RELATIVE_LIMIT} multiplied do not overflow. */
    private static final int BLOCKS_BEFORE_NORMALISING = 3;

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final long EXPONENT_OF_ONE = 1023;

    private final double[] ratioProduct = Block.newArray();

    /** By lane: differences of the references, and weighted log likelihoods. */
    private final double[] sums = Block.newArray();

    private double observations;

    /** Sum of the powers of two that were taken out of {@link #ratioProduct}. */
    private long ratioExponent;

    private int blocksSinceNormalised;

    /** Begins a chunk. */
    void start() {
        Arrays.fill(ratioProduct, 1);
        Arrays.fill(sums, 0);
        observations = 0;
        ratioExponent = 0;
        blocksSinceNormalised = 0;
    }

    /** Log likelihood of the rows of the chunk, nats; ends the chunk. */
    double value() {
        for (int i = 0; i < Block.ROWS; i++) {
            sums[i] += Elementary.log(ratioProduct[i]);
        }
        for (int i = 0; i < BlockKernels.HALF; i++) {
            sums[i] += sums[i + BlockKernels.HALF];
        }
        return BlockKernels.fold(sums) + ratioExponent * LOG_2 - observations * HALF_LOG_2_PI;
    }

    /**
     * Adds a block whose references are the largest scores.
     *
     * @param jointSum sums of exponentials of joint scores
     * @param inverseScoreSum reciprocals of those of scores
     * @param jointReference {@code j_0} by row
     * @param scoreReference {@code u_0} by row
     * @param rows number of rows; the rows beyond must be neutral
     */
    void add(double[] jointSum, double[] inverseScoreSum, double[] jointReference, double[] scoreReference, int rows) {
        for (int i = 0; i < Block.ROWS; i++) {
            ratioProduct[i] *= jointSum[i] * inverseScoreSum[i];
            sums[i] += jointReference[i] - scoreReference[i];
        }
        observations += rows;
    }

    /** The same for a block whose references are the scores of one atom. */
    void addRelative(
            double[] jointSum, double[] inverseScoreSum, double[] jointReference, double[] scoreReference, int rows) {
        add(jointSum, inverseScoreSum, jointReference, scoreReference, rows);
        blocksSinceNormalised++;
        if (blocksSinceNormalised == BLOCKS_BEFORE_NORMALISING) {
            normalise();
        }
    }

    /** The same as {@link #add} for rows with weights. */
    void addWeighted(
            double[] weights,
            double[] jointSum,
            double[] inverseScoreSum,
            double[] jointReference,
            double[] scoreReference,
            int rows) {
        for (int i = 0; i < Block.ROWS; i++) {
            double logRatio = Elementary.log(jointSum[i] * inverseScoreSum[i]);
            sums[i] += weights[i] * (logRatio + (jointReference[i] - scoreReference[i]));
        }
        for (int i = 0; i < rows; i++) {
            observations += weights[i];
        }
    }

    /**
     * Takes the powers of two out of the lanes' products; needed between a relative block and another one. They are added as integers:
     * exactly.
     */
    void normalise() {
        long exponents = 0;
        for (int i = 0; i < Block.ROWS; i++) {
            long bits = Double.doubleToRawLongBits(ratioProduct[i]);
            exponents += bits >>> MANTISSA_BITS;
            ratioProduct[i] = Double.longBitsToDouble((bits & MANTISSA) | (EXPONENT_OF_ONE << MANTISSA_BITS));
        }
        ratioExponent += exponents - EXPONENT_OF_ONE * Block.ROWS;
        blocksSinceNormalised = 0;
    }
}
