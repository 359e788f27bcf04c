package dev.ratelab.model.gate;

import dev.ratelab.model.Block;

/**
 * A {@link RowGate} in which the score of an atom depends on its own row and the shared temperature only.
 *
 * <p>In the methods that gates implement, {@code first} is the index in {@code theta} of the atom's bias and
 * {@code shared} that of the log temperature, which exists only if {@link #sharesTemperature}.
 */
abstract class AtomGate extends RowGate {

    /** The score of one atom on a block. */
    abstract void score(double[] theta, int first, int shared, Block block, double[] out);

    /** The score's derivatives by the row, then by the log temperature if there is one. */
    abstract void columns(double[] theta, int first, int shared, Block block, double[][] columns);

    /** Adds the weighted sum of the score's second derivatives to the matrix. */
    abstract void addCurvature(
            double[] theta, int first, int shared, Block block, double[] weight, RowSums sums, double[][] hessian);

    @Override
    public final void values(double[] theta, int offset, Block block, double[][] out) {
        int own = own(block.columns().length);
        for (int i = 0; i < out.length; i++) {
            score(theta, offset + i * own, offset + out.length * own, block, out[i]);
        }
    }

    @Override
    public final void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        int own = own(block.columns().length);
        for (int i = 0; i < columns.length; i++) {
            columns(theta, offset + i * own, offset + columns.length * own, block, columns[i]);
        }
    }

    @Override
    public final void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        int own = own(block.columns().length);
        RowSums sums = new RowSums();
        for (int i = 0; i < weight.length; i++) {
            addCurvature(theta, offset + i * own, offset + weight.length * own, block, weight[i], sums, hessian);
        }
    }
}
