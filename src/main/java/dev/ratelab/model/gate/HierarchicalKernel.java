package dev.ratelab.model.gate;

import dev.ratelab.math.BlockExp;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.math.BlockLogistic;
import dev.ratelab.model.Block;
import dev.ratelab.model.Gate;
import java.util.Arrays;

/**
 * Scores of a hierarchical gate and their derivatives. With inner weights {@code p_l = exp(w_l - L)} of a group,
 * {@code L = log sum_l exp(w_l)}, and derivatives {@code w'} by the group's inner parameters,
 *
 * <pre>
 *   L'      = sum_l p_l w_l'
 *   u_i'    = w_i' - L'                 and the outer score's derivatives by the outer parameters
 *   L''     = sum_l p_l w_l'' + sum_l p_l (w_l' - L') (w_l' - L')'
 * </pre>
 */
final class HierarchicalKernel {
    private final HierarchicalLayout layout;
    private final Groups groups;
    private final Gate outer;
    private final Gate inner;

    HierarchicalKernel(HierarchicalLayout layout) {
        this.layout = layout;
        groups = layout.groups();
        outer = layout.outer();
        inner = layout.inner();
    }

    /** The outer parameters of the atom's group, then all inner parameters of the group. */
    int[] parametersOf(int atom, int atoms, int dimension) {
        int group = groups.group(atom, atoms);
        int[] offsets = layout.innerOffsets(atoms, dimension);
        int[] outerIndices = outer.parametersOf(group, groups.count(), dimension);
        int count = offsets[group + 1] - offsets[group];
        int[] indices = Arrays.copyOf(outerIndices, outerIndices.length + count);
        for (int q = 0; q < count; q++) {
            indices[outerIndices.length + q] = offsets[group] + q;
        }
        return indices;
    }

    void values(double[] theta, int offset, Block block, double[][] out) {
        int dimension = block.columns().length;
        int[] starts = groups.starts(out.length);
        int[] offsets = layout.innerOffsets(out.length, dimension);
        double[][] outerScores = GateKernels.arrays(groups.count());
        outer.values(theta, offset, block, outerScores);
        double[] total = Block.newArray();
        double[][] scratch = GateKernels.arrays(3);
        for (int g = 0; g < groups.count(); g++) {
            double[][] members = Arrays.copyOfRange(out, starts[g], starts[g + 1]);
            inner.values(theta, offset + offsets[g], block, members);
            logSumExp(members, scratch, total);
            BlockKernels.subtract(outerScores[g], total, total);
            for (double[] member : members) {
                BlockKernels.accumulate(total, member);
            }
        }
    }

    /**
     * {@code out = log sum_l exp(w_l)}, by {@code log(e^a + e^b) = a - log s(a - b)} with the logistic function
     * {@code s}.
     */
    private static void logSumExp(double[][] w, double[][] scratch, double[] out) {
        System.arraycopy(w[0], 0, out, 0, Block.ROWS);
        double[] difference = scratch[2];
        for (int l = 1; l < w.length; l++) {
            BlockKernels.subtract(out, w[l], difference);
            BlockLogistic.logSigmoid(difference, scratch, difference, null, null);
            BlockKernels.subtract(out, difference, out);
        }
    }

    void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        int dimension = block.columns().length;
        int[] starts = groups.starts(columns.length);
        int[] offsets = layout.innerOffsets(columns.length, dimension);
        int outerCount = outer.parametersOf(0, groups.count(), dimension).length;
        double[][][] firsts = new double[groups.count()][][];
        for (int g = 0; g < groups.count(); g++) {
            firsts[g] = columns[starts[g]];
        }
        GateKernels.columns(outer, theta, offset, block, firsts);
        for (int g = 0; g < groups.count(); g++) {
            double[][][] members = new double[starts[g + 1] - starts[g]][][];
            for (int l = 0; l < members.length; l++) {
                double[][] leaf = columns[starts[g] + l];
                for (int c = 0; c < outerCount && l > 0; c++) {
                    System.arraycopy(firsts[g][c], 0, leaf[c], 0, Block.ROWS);
                }
                members[l] = Arrays.copyOfRange(leaf, outerCount, outerCount + offsets[g + 1] - offsets[g]);
            }
            double[][] weights = innerWeights(theta, offset + offsets[g], block, members.length);
            centredColumns(theta, offset + offsets[g], block, weights, members);
        }
    }

    /** The inner weights of a group. */
    private double[][] innerWeights(double[] theta, int offset, Block block, int size) {
        double[][] weights = GateKernels.arrays(size);
        inner.values(theta, offset, block, weights);
        double[] total = Block.newArray();
        double[][] scratch = GateKernels.arrays(3);
        logSumExp(weights, scratch, total);
        for (double[] weight : weights) {
            BlockExp.expOfDifference(weight, total, scratch[0], weight);
        }
        return weights;
    }

    /** Fills {@code members[l][q] = w_l' - L'} for all inner parameters {@code q} of a group. */
    private void centredColumns(double[] theta, int offset, Block block, double[][] weights, double[][][] members) {
        int dimension = block.columns().length;
        int size = members.length;
        double[][][] own = new double[size][][];
        for (int l = 0; l < size; l++) {
            for (double[] column : members[l]) {
                BlockKernels.fill(0, column);
            }
            int[] indices = inner.parametersOf(l, size, dimension);
            own[l] = new double[indices.length][];
            for (int c = 0; c < indices.length; c++) {
                own[l][c] = members[l][indices[c]];
            }
        }
        GateKernels.columns(inner, theta, offset, block, own);
        double[] mean = Block.newArray();
        for (int q = 0; q < members[0].length; q++) {
            BlockKernels.fill(0, mean);
            for (int l = 0; l < size; l++) {
                addProduct(weights[l], members[l][q], mean);
            }
            for (int l = 0; l < size; l++) {
                BlockKernels.subtract(members[l][q], mean, members[l][q]);
            }
        }
    }

    private static void addProduct(double[] a, double[] b, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] += a[i] * b[i];
        }
    }

    void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        int[] starts = groups.starts(weight.length);
        int[] offsets = layout.innerOffsets(weight.length, block.columns().length);
        double[][] groupWeight = GateKernels.arrays(groups.count());
        for (int g = 0; g < groups.count(); g++) {
            for (int i = starts[g]; i < starts[g + 1]; i++) {
                BlockKernels.accumulate(weight[i], groupWeight[g]);
            }
        }
        outer.addCurvature(theta, offset, block, groupWeight, hessian);
        RowSums sums = new RowSums();
        for (int g = 0; g < groups.count(); g++) {
            int size = starts[g + 1] - starts[g];
            int first = offset + offsets[g];
            double[][] normaliser = innerWeights(theta, first, block, size);
            double[][][] centred = new double[size][][];
            for (int l = 0; l < size; l++) {
                centred[l] = GateKernels.arrays(offsets[g + 1] - offsets[g]);
            }
            centredColumns(theta, first, block, normaliser, centred);
            double[][] own = GateKernels.arrays(size);
            for (int l = 0; l < size; l++) {
                BlockKernels.multiplyNegated(groupWeight[g], normaliser[l], normaliser[l]);
                sums.addSquares(normaliser[l], centred[l], hessian, first);
                System.arraycopy(weight[starts[g] + l], 0, own[l], 0, Block.ROWS);
                BlockKernels.accumulate(normaliser[l], own[l]);
            }
            inner.addCurvature(theta, first, block, own, hessian);
        }
    }
}
