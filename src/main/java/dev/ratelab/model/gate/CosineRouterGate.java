package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;

/**
 * Scores {@code u_i = bias_i + s_i / tau} of the similarity {@code s = w'x / ((|w| + xi1) (|x| + xi2))}.
 *
 * <p>With {@code X = x / (|x| + xi2)}, {@code g = 1 / (|w| + xi1)}, {@code v = w / |w|} and {@code p = w'X},
 *
 * <pre>
 *   ds/dw      = g (X - g p v)
 *   d2s/dw dw' = -g^2 (X v' + v X') + 2 g^3 p v v' - g^2 p (I - v v') / |w|
 * </pre>
 *
 * Where {@code w = 0}, {@code v} and the last term are taken to be zero; where {@code |w| + xi1 = 0} or
 * {@code |x| + xi2 = 0}, {@code s} and its derivatives are.
 */
abstract class CosineRouterGate extends TemperedGate {
    private static final double[] CANONICAL_BIASES = {0, 0.5, -0.5, 0.25};
    private static final double[] CANONICAL_WEIGHTS = {1.5, -1, 0.5, -2};

    private final double weightOffset;
    private final double inputOffset;

    CosineRouterGate(String name, Temperature temperature, double weightOffset, double inputOffset) {
        super(name, temperature, false);
        this.weightOffset = weightOffset;
        this.inputOffset = inputOffset;
    }

    @Override
    final int translated(int dimension) {
        return 1;
    }

    @Override
    final boolean boundsWeights() {
        return false;
    }

    /** Euclidean norm of a weight. */
    static double norm(double[] theta, int first, int dimension) {
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum += theta[first + j] * theta[first + j];
        }
        return Math.sqrt(sum);
    }

    private double factor(double norm) {
        return norm + weightOffset > 0 ? 1 / (norm + weightOffset) : 0;
    }

    private static double[] direction(double[] theta, int first, int dimension, double norm) {
        double[] direction = new double[dimension];
        for (int j = 0; j < dimension && norm > 0; j++) {
            direction[j] = theta[first + j] / norm;
        }
        return direction;
    }

    /** {@code out = 1 / (|x| + xi2)}, 0 where that is not finite. */
    private void inverseNorms(Block block, double[] out) {
        double[][] x = block.columns();
        BlockKernels.multiply(x[0], x[0], out);
        for (int j = 1; j < x.length; j++) {
            addSquare(x[j], out);
        }
        for (int i = 0; i < Block.ROWS; i++) {
            double sum = Math.sqrt(out[i]) + inputOffset;
            out[i] = sum > 0 ? 1 / sum : 0;
        }
    }

    private static void addSquare(double[] x, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] += x[i] * x[i];
        }
    }

    @Override
    final void router(double[] theta, int first, Block block, double[] out) {
        double[] inverse = Block.newArray();
        inverseNorms(block, inverse);
        GateKernels.linear(theta, first, block, out);
        BlockKernels.multiply(out, inverse, out);
        BlockKernels.scale(factor(norm(theta, first, block.columns().length)), out, out);
    }

    @Override
    final void routerColumns(double[] theta, int first, Block block, double[][] columns) {
        int dimension = block.columns().length;
        double norm = norm(theta, first, dimension);
        double g = factor(norm);
        double[] v = direction(theta, first, dimension, norm);
        double[] similarity = columns[0];
        router(theta, first, block, similarity);
        double[] inverse = Block.newArray();
        inverseNorms(block, inverse);
        for (int j = 0; j < dimension; j++) {
            BlockKernels.multiply(block.columns()[j], inverse, columns[1 + j]);
            BlockKernels.addScaled(-v[j], similarity, columns[1 + j]);
            BlockKernels.scale(g, columns[1 + j], columns[1 + j]);
        }
    }

    @Override
    final void routerSums(
            double[] theta,
            int first,
            Block block,
            double[] weight,
            RowSums sums,
            double[] gradient,
            double[][] second) {
        int dimension = gradient.length;
        double norm = norm(theta, first, dimension);
        double g = factor(norm);
        double[] v = direction(theta, first, dimension, norm);
        double[] scaled = Block.newArray();
        inverseNorms(block, scaled);
        BlockKernels.multiply(weight, scaled, scaled);
        double[] inputs = new double[dimension];
        double p = 0;
        for (int j = 0; j < dimension; j++) {
            inputs[j] = sums.dot(scaled, block.columns()[j]);
            p += theta[first + j] * inputs[j];
        }
        double flat = norm > 0 ? p / norm : 0;
        for (int j = 0; j < dimension; j++) {
            gradient[j] = g * (inputs[j] - g * p * v[j]);
            for (int l = 0; l < dimension; l++) {
                double across = inputs[j] * v[l] + inputs[l] * v[j];
                double orthogonal = (j == l ? 1 : 0) - v[j] * v[l];
                second[j][l] = g * g * (2 * g * p * v[j] * v[l] - across - flat * orthogonal);
            }
        }
    }

    /** The {@link GateKernels#tabulated} rows of biases 0, 0.5, -0.5, 0.25 and weights 1.5, -1, 0.5, -2. */
    @Override
    final double[][] canonicalAtoms(int atoms, int dimension) {
        return extended(GateKernels.tabulated(atoms, dimension, CANONICAL_BIASES, CANONICAL_WEIGHTS), dimension);
    }
}
