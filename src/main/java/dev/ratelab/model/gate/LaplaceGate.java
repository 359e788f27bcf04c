package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.ParameterKind;
import java.util.List;

/**
 * The Laplace gate: the softmax of {@code u_i(x) = bias_i - |x - centre_i|} with the Euclidean distance.
 *
 * <p>Parameters of one atom: bias, centre (d). With {@code v = (x - centre) / |x - centre|}, {@code du/dcentre = v} and
 * {@code d2u/dcentre2 = -(I - v v') / |x - centre|}; at {@code x = centre}, where the score has a kink, both count as
 * zero.
 *
 * <p>The same {@code t0} can be added to all biases; centres are identified. Bounds are on pairwise differences of
 * biases and on absolute values of the coordinates of centres (the bound on weights).
 *
 * <p>Source: arXiv 2402.03226.
 */
public final class LaplaceGate extends AtomGate {
    private static final double[] CANONICAL_BIASES = {0, 0.5, -0.5, 0.25};
    private static final double[] CANONICAL_CENTRES = {1.5, -1, 0.3, -2.2};

    @Override
    public String id() {
        return "laplace";
    }

    @Override
    public Description description() {
        return new Description("pi_i = softmax of u_i = bias_i - |x - centre_i|", "arXiv 2402.03226", SHIFT_OF_BIASES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind(BIAS, 0, 1), new ParameterKind("gate-centre", 1, dimension));
    }

    @Override
    public boolean smooth() {
        return false;
    }

    @Override
    int translated(int dimension) {
        return 1;
    }

    /** {@code out = |x - centre|}. */
    private static void distance(double[] theta, int first, Block block, double[] out) {
        BlockKernels.fill(0, out);
        for (int j = 0; j < block.columns().length; j++) {
            addSquaredDifference(block.columns()[j], theta[first + 1 + j], out);
        }
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = Math.sqrt(out[i]);
        }
    }

    private static void addSquaredDifference(double[] x, double centre, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            double difference = x[i] - centre;
            out[i] += difference * difference;
        }
    }

    /** {@code out = 1 / |x - centre|}, 0 at the centre. */
    private static void inverseDistance(double[] theta, int first, Block block, double[] out) {
        distance(theta, first, block, out);
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = out[i] > 0 ? 1 / out[i] : 0;
        }
    }

    @Override
    void score(double[] theta, int first, int shared, Block block, double[] out) {
        distance(theta, first, block, out);
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = theta[first] - out[i];
        }
    }

    @Override
    void columns(double[] theta, int first, int shared, Block block, double[][] columns) {
        double[] inverse = columns[0];
        inverseDistance(theta, first, block, inverse);
        for (int j = 0; j < block.columns().length; j++) {
            GateKernels.shift(block.columns()[j], -theta[first + 1 + j], columns[1 + j]);
            BlockKernels.multiply(columns[1 + j], inverse, columns[1 + j]);
        }
        BlockKernels.fill(1, columns[0]);
    }

    @Override
    void addCurvature(
            double[] theta, int first, int shared, Block block, double[] weight, RowSums sums, double[][] hessian) {
        int dimension = block.columns().length;
        double[][] v = GateKernels.arrays(1 + dimension);
        columns(theta, first, shared, block, v);
        double[] scaled = v[0];
        inverseDistance(theta, first, block, scaled);
        BlockKernels.multiply(weight, scaled, scaled);
        double total = sums.sum(scaled);
        for (int j = 0; j < dimension; j++) {
            hessian[first + 1 + j][first + 1 + j] -= total;
        }
        double[][] units = new double[dimension][];
        System.arraycopy(v, 1, units, 0, dimension);
        sums.addSquares(scaled, units, hessian, first + 1);
    }

    /** Centres and biases of the {@link GateKernels#tabulated} rows: 1.5, -1, 0.3, -2.2, ... and 0, 0.5, -0.5, ... */
    @Override
    double[][] canonicalAtoms(int atoms, int dimension) {
        return GateKernels.tabulated(atoms, dimension, CANONICAL_BIASES, CANONICAL_CENTRES);
    }
}
