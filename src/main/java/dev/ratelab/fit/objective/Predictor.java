package dev.ratelab.fit.objective;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.PredictorFamily;
import java.util.Arrays;

/** One predictor of one atom: which parameters it depends on, and the columns of its Jacobian on the current block. */
final class Predictor {
    final int[] parameters;
    final double[][] columns;
    private final double[][] gradientSums;

    Predictor(int[] parameters, double[][] columns) {
        this.parameters = parameters;
        this.columns = columns;
        this.gradientSums = new double[parameters.length][BlockKernels.HALF + BlockKernels.PADDING];
    }

    /**
     * The predictors of a family.
     *
     * @param offset index of the family's first parameter in the flat vector
     * @param affineColumns columns of affine families: where two families have the same, their joint sums are symmetric
     */
    static Predictor[] of(PredictorFamily family, int offset, int atoms, int dimension, double[][] affineColumns) {
        Predictor[] list = new Predictor[atoms];
        for (int i = 0; i < atoms; i++) {
            int[] indices = family.parametersOf(i, atoms, dimension);
            for (int c = 0; c < indices.length; c++) {
                indices[c] += offset;
            }
            list[i] =
                    new Predictor(indices, family.affine() ? affineColumns : new double[indices.length][Block.LENGTH]);
        }
        return list;
    }

    /** Room for the columns {@code (1, x)} of affine families, of which {@link #prepare} fills the inputs. */
    static double[][] affineColumns(int dimension) {
        double[][] columns = new double[1 + dimension][];
        columns[0] = WeightedProducts.ONES;
        return columns;
    }

    /** Fills the columns of a family's predictors for a block. */
    static void prepare(PredictorFamily family, int offset, Predictor[] predictors, double[] theta, Block block) {
        if (family.affine()) {
            System.arraycopy(block.columns(), 0, predictors[0].columns, 1, block.columns().length);
        } else {
            double[][][] columns = new double[predictors.length][][];
            for (int i = 0; i < predictors.length; i++) {
                columns[i] = predictors[i].columns;
            }
            family.jacobian(theta, offset, block, columns);
        }
    }

    /** Adds a block to the gradient. */
    void addGradient(double[] derivative) {
        for (int c = 0; c < columns.length; c++) {
            if (columns[c] == WeightedProducts.ONES) {
                BlockKernels.add(gradientSums[c], derivative);
            } else {
                BlockKernels.addProduct(gradientSums[c], derivative, columns[c]);
            }
        }
    }

    /** Adds the sums to a gradient and clears them. */
    void drainGradient(double[] gradient) {
        for (int c = 0; c < columns.length; c++) {
            gradient[parameters[c]] += drain(gradientSums[c]);
        }
    }

    /** The sum of partial sums, which are cleared. */
    static double drain(double[] sums) {
        double sum = BlockKernels.fold(sums);
        Arrays.fill(sums, 0);
        return sum;
    }
}
