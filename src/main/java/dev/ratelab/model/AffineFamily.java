package dev.ratelab.model;

/**
 * A family in which the value of every atom is {@code theta_0 + theta_1 x_1 + ... + theta_d x_d} of its own {@code 1 + d}
 * parameters, the atoms' parameters standing one after the other.
 */
public interface AffineFamily extends PredictorFamily {

    @Override
    default boolean affine() {
        return true;
    }

    @Override
    default void values(double[] theta, int offset, Block block, double[][] out) {
        int count = 1 + block.columns().length;
        for (int i = 0; i < out.length; i++) {
            AffineKernels.values(theta, offset + i * count, block, out[i]);
        }
    }

    @Override
    default void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        throw new IllegalStateException("an affine family has no columns of its own");
    }

    @Override
    default void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        // Affine in its parameters: second derivatives are zero.
    }
}
