package dev.ratelab.model.expert;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.CanonicalExperts;
import dev.ratelab.model.Description;
import dev.ratelab.model.Expert;
import dev.ratelab.model.NamedFamily;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Optional;

/**
 * Input-free experts {@code h(x, b) = b}; parameter of one atom: intercept {@code b}.
 *
 * <p>Not strongly identifiable with gates whose weights depend on {@code x}: with a softmax gate the derivative of the
 * regression function by a gate's bias is a multiple of its derivative by the intercept.
 */
public final class ConstantExpert extends NamedFamily implements Expert {
    private static final CanonicalUnits CANONICAL = CanonicalUnits.of("3 -2 1 -4", "0");

    @Override
    public String id() {
        return "constant";
    }

    @Override
    public Description description() {
        return new Description("h(x) = intercept", "arXiv 2305.03288; 2503.03213", Description.NO_INVARIANCES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind("intercept", 0, 1));
    }

    @Override
    public int parameterCount(int dimension) {
        return 1;
    }

    @Override
    public boolean linearInParameters() {
        return true;
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        for (int i = 0; i < out.length; i++) {
            BlockKernels.fill(theta[offset + i], out[i]);
        }
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        for (double[][] column : columns) {
            BlockKernels.fill(1, column[0]);
        }
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        // Linear in its parameter: second derivatives are zero.
    }

    /** {@inheritDoc} Intercepts 3, -2, 1, -4, then the same a quarter larger, and so on. */
    @Override
    public Optional<CanonicalExperts> canonical(int atoms, int dimension) {
        return Optional.of(new CanonicalExperts(CANONICAL.rows(atoms, 0), 0.25));
    }
}
