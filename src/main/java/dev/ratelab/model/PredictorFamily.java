package dev.ratelab.model;

/**
 * A parametric family of {@code k} functions of {@code x}, one for each atom: gate scores {@code u_i(x)} or expert means
 * {@code h(x, eta_i)}.
 *
 * <p>The estimation core needs nothing else of a family: values, the columns of the Jacobian, and, where values are not linear
 * in the parameters, the contraction of second derivatives with given weights. All are asked for one block of rows at a
 * time ({@link Block#ROWS} rows, structure of arrays). Implementations are immutable and safe for use by several threads;
 * whatever scratch space they need lives in the output arrays that the caller owns.
 *
 * <p>Only plain arithmetic and the kernels of {@link dev.ratelab.math} may be used, so that values have the same bits on every
 * JVM.
 */
public interface PredictorFamily {

    /** Number of parameters of the whole family for {@code atoms} atoms and {@code dimension} inputs. */
    int parameterCount(int atoms, int dimension);

    /**
     * The parameters (indices from 0 within the family) on which the value of one atom depends, in the order of the columns
     * that {@link #jacobian} fills.
     */
    int[] parametersOf(int atom, int atoms, int dimension);

    /**
     * Whether the value of every atom is {@code theta_0 + theta_1 x_1 + ... + theta_d x_d} of its own {@code 1 + d}
     * parameters in this order. The core then uses the input columns as they are and never calls {@link #jacobian}. By default not.
     */
    default boolean affine() {
        return false;
    }

    /**
     * Values of all atoms on a block.
     *
     * @param theta flat parameter vector; not modified
     * @param offset index of this family's first parameter in {@code theta}
     * @param block input rows; not modified
     * @param out {@code out[atom][row]}; modified
     */
    void values(double[] theta, int offset, Block block, double[][] out);

    /**
     * Columns of the Jacobian: {@code columns[atom][c][row]} is the derivative of the atom's value by parameter
     * {@code parametersOf(atom, ..)[c]}. Not called for {@link #affine()} families.
     *
     * @param columns modified
     */
    void jacobian(double[] theta, int offset, Block block, double[][][] columns);

    /**
     * Adds {@code sum_rows sum_atoms weight[atom][row] d2 value_atom / d theta_a d theta_b} to {@code hessian[a][b]}, for
     * both triangles. Rows beyond the block's count have zero weight. Affine families add nothing.
     *
     * @param weight {@code weight[atom][row]}; not modified
     * @param hessian square, over the whole flat parameter vector; modified
     */
    void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian);
}
