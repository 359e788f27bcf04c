package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;

/** Means {@code h(x) = sum_u c_u sigma(a_u'x + b_u)} of a {@link NetworkExpert} and their derivatives. */
final class NetworkKernel {
    private static final int CURVATURE_ARRAYS = 5;

    private final NetworkOptions options;

    NetworkKernel(NetworkOptions options) {
        this.options = options;
    }

    void values(double[] theta, int offset, Block block, double[][] out) {
        int dimension = block.columns().length;
        double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
        double[] unit = options.width() == 1 ? null : Block.newArray();
        for (int i = 0; i < out.length; i++) {
            int first = offset + i * options.parameterCount(dimension);
            activate(theta, first, 0, block, scratch, out[i]);
            if (options.outputWeight()) {
                BlockKernels.scale(theta[first + options.outputOffset(dimension)], out[i], out[i]);
            }
            for (int u = 1; u < options.width(); u++) {
                activate(theta, first, u, block, scratch, unit);
                BlockKernels.addScaled(outputWeight(theta, first, u, dimension), unit, out[i]);
            }
        }
    }

    private void activate(double[] theta, int first, int unit, Block block, double[][] scratch, double[] out) {
        arguments(theta, first, unit, block, out);
        options.activation().evaluate(out, scratch, out, null, null);
    }

    void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        int dimension = block.columns().length;
        double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
        double[] value = options.outputWeight() ? null : Block.newArray();
        for (int i = 0; i < columns.length; i++) {
            int first = offset + i * options.parameterCount(dimension);
            for (int u = 0; u < options.width(); u++) {
                unitColumns(theta, first, u, block, scratch, value, columns[i]);
            }
        }
    }

    /** The columns of one unit; the derivative by its argument stands in a column that is filled last. */
    private void unitColumns(
            double[] theta, int first, int u, Block block, double[][] scratch, double[] spare, double[][] columns) {
        double[][] x = block.columns();
        int dimension = x.length;
        int weights = options.weightOffset() + u * dimension;
        double[] value = options.outputWeight() ? columns[options.outputOffset(dimension) + u] : spare;
        double[] slope = options.bias() ? columns[u] : columns[weights + dimension - 1];
        arguments(theta, first, u, block, value);
        options.activation().evaluate(value, scratch, value, slope, null);
        if (options.outputWeight()) {
            BlockKernels.scale(outputWeight(theta, first, u, dimension), slope, slope);
        }
        for (int j = 0; j < dimension; j++) {
            BlockKernels.multiply(slope, x[j], columns[weights + j]);
        }
    }

    void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        int dimension = block.columns().length;
        double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
        double[][] work = new double[CURVATURE_ARRAYS][Block.LENGTH];
        for (int i = 0; i < weight.length; i++) {
            int first = offset + i * options.parameterCount(dimension);
            for (int u = 0; u < options.width(); u++) {
                addUnitCurvature(theta, first, u, block, weight[i], scratch, work, hessian);
            }
        }
    }

    /**
     * With {@code t = (1, x)} and {@code (b, a)} the unit's bias and weights: {@code c sigma'' t t'} for the pairs of
     * {@code (b, a)} and {@code sigma' t} for {@code c} and {@code (b, a)}. Different units have no mixed derivatives.
     */
    private void addUnitCurvature(
            double[] theta,
            int first,
            int u,
            Block block,
            double[] weight,
            double[][] scratch,
            double[][] work,
            double[][] hessian) {
        double[][] x = block.columns();
        int dimension = x.length;
        double[] value = work[0];
        double[] slope = work[1];
        double[] second = work[2];
        arguments(theta, first, u, block, value);
        options.activation().evaluate(value, scratch, value, slope, second);
        BlockKernels.multiply(weight, slope, slope);
        BlockKernels.multiply(weight, second, second);
        double output = outputWeight(theta, first, u, dimension);
        for (int j = options.bias() ? -1 : 0; j < dimension; j++) {
            int row = first + options.parameter(u, j, dimension);
            if (options.outputWeight()) {
                int column = first + options.outputOffset(dimension) + u;
                addSymmetric(hessian, row, column, sum(slope, x, j, work[4]));
            }
            double[] product = second;
            if (j >= 0) {
                product = work[3];
                BlockKernels.multiply(second, x[j], product);
            }
            for (int l = options.bias() ? -1 : 0; l <= j; l++) {
                addSymmetric(
                        hessian, row, first + options.parameter(u, l, dimension), output * sum(product, x, l, work[4]));
            }
        }
    }

    /** The sum over rows of {@code weight} ({@code j = -1}) or of {@code weight x_j}. */
    private static double sum(double[] weight, double[][] x, int j, double[] partialSums) {
        BlockKernels.fill(0, partialSums);
        if (j < 0) {
            BlockKernels.add(partialSums, weight);
        } else {
            BlockKernels.addProduct(partialSums, weight, x[j]);
        }
        return BlockKernels.fold(partialSums);
    }

    private static void addSymmetric(double[][] hessian, int row, int column, double value) {
        hessian[row][column] += value;
        if (row != column) {
            hessian[column][row] += value;
        }
    }

    private double outputWeight(double[] theta, int first, int u, int dimension) {
        return options.outputWeight() ? theta[first + options.outputOffset(dimension) + u] : 1;
    }

    /** {@code out = b_u + a_u'x}, terms added in the order of the inputs. */
    private void arguments(double[] theta, int first, int u, Block block, double[] out) {
        double[][] x = block.columns();
        int weights = first + options.weightOffset() + u * x.length;
        BlockKernels.fill(options.bias() ? theta[first + u] : 0, out);
        for (int j = 0; j < x.length; j++) {
            BlockKernels.addScaled(theta[weights + j], x[j], out);
        }
    }
}
