package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.BlockLogistic;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.AtomMass;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Gates with sigmoid scores: {@code u_i(x) = log s(bias_i + weight_i'x)} with {@code s(z) = 1 / (1 + e^-z)}.
 *
 * <ul>
 *   <li>{@code sigmoid}: {@code w_i(x) = s(bias_i + weight_i'x)}, which do not sum to one. There is no mixture and no
 *       likelihood, so that this gate is for regression only (arXiv 2405.13997).
 *   <li>{@code normalised-sigmoid}: {@code pi_i = s_i / sum_l s_l} (arXiv 2505.10860).
 * </ul>
 *
 * <p>Parameters of one atom: bias, weight (d). Nothing is invariant (a single atom of the normalised gate has no effect
 * at all), and bounds are on absolute values. Copies of a split atom weigh together what it did at {@code x = 0}, at
 * other rows only if the weight is zero: sigmoids cannot be split exactly.
 */
public final class SigmoidGate extends AtomGate {
    private static final double[] CANONICAL_BIASES = {1, 2, -3, -1};
    private static final double[] CANONICAL_WEIGHTS = {3, -2, 1.5, -4};

    private static final AtomMass MASS = new AtomMass() {
        @Override
        public double log(double[] gate, int dimension) {
            return GateKernels.logSigmoid(gate[0]);
        }

        /** Sets the bias {@code b'} with {@code s(b') = s(b) / copies}: {@code b' = -log(copies - 1 + copies e^-b)}. */
        @Override
        public void split(double[] gate, int copies, int dimension) {
            double b = gate[0];
            gate[0] = b > 0
                    ? -Elementary.log(copies - 1 + copies * Elementary.exp(-b))
                    : b - Elementary.log((copies - 1) * Elementary.exp(b) + copies);
        }
    };

    private final boolean normalised;

    private SigmoidGate(boolean normalised) {
        this.normalised = normalised;
    }

    /** The gate {@code sigmoid}. */
    public static SigmoidGate plain() {
        return new SigmoidGate(false);
    }

    /** The gate {@code normalised-sigmoid}. */
    public static SigmoidGate normalised() {
        return new SigmoidGate(true);
    }

    @Override
    public String id() {
        return normalised ? "normalised-sigmoid" : "sigmoid";
    }

    @Override
    public Normaliser normaliser() {
        return normalised ? Normaliser.SOFTMAX : Normaliser.NONE;
    }

    @Override
    public Optional<String> refusal(Problem problem, int atoms, int dimension) {
        return normalised || problem == Problem.REGRESSION
                ? Optional.empty()
                : Optional.of(
                        "the weights of " + id() + " do not sum to one, so that there is no mixture likelihood: it is"
                                + " for regression only; normalised-sigmoid has one");
    }

    @Override
    public Description description() {
        return new Description(
                normalised
                        ? "pi_i = s_i / sum_l s_l, s_i = 1 / (1 + exp(-(bias_i + weight_i'x)))"
                        : "w_i = 1 / (1 + exp(-(bias_i + weight_i'x))), not normalised",
                normalised ? "arXiv 2505.10860" : "arXiv 2405.13997",
                Description.NO_INVARIANCES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind(BIAS, 0, 1), new ParameterKind(WEIGHT, 1, dimension));
    }

    @Override
    int translated(int dimension) {
        return 0;
    }

    @Override
    public AtomMass mass() {
        return MASS;
    }

    private static void argument(double[] theta, int first, Block block, double[] out) {
        GateKernels.linear(theta, first + 1, block, out);
        GateKernels.addConstant(theta[first], out);
    }

    @Override
    void score(double[] theta, int first, int shared, Block block, double[] out) {
        argument(theta, first, block, out);
        BlockLogistic.logSigmoid(out, GateKernels.arrays(2), out, null, null);
    }

    @Override
    void columns(double[] theta, int first, int shared, Block block, double[][] columns) {
        double[] z = Block.newArray();
        argument(theta, first, block, z);
        BlockLogistic.logSigmoid(z, GateKernels.arrays(2), z, columns[0], null);
        for (int j = 0; j < block.columns().length; j++) {
            BlockKernels.multiply(columns[0], block.columns()[j], columns[1 + j]);
        }
    }

    @Override
    void addCurvature(
            double[] theta, int first, int shared, Block block, double[] weight, RowSums sums, double[][] hessian) {
        double[] z = Block.newArray();
        double[] bend = Block.newArray();
        argument(theta, first, block, z);
        BlockLogistic.logSigmoid(z, GateKernels.arrays(2), z, null, bend);
        BlockKernels.multiply(weight, bend, bend);
        hessian[first][first] += sums.sum(bend);
        for (int j = 0; j < block.columns().length; j++) {
            RowSums.addSymmetric(hessian, first, first + 1 + j, sums.dot(bend, block.columns()[j]));
        }
        sums.addSquares(bend, block.columns(), hessian, first + 1);
    }

    /** The {@link GateKernels#tabulated} rows of biases 1, 2, -3, -1 and weights 3, -2, 1.5, -4. */
    @Override
    double[][] canonicalAtoms(int atoms, int dimension) {
        return GateKernels.tabulated(atoms, dimension, CANONICAL_BIASES, CANONICAL_WEIGHTS);
    }
}
