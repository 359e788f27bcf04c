package dev.ratelab.loss;

import dev.ratelab.math.BlockExp;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;

/**
 * Conditional densities at equally spaced responses {@code y = low[node] + g step[node]}, {@code g = 0, 1, ...}.
 *
 * <p>From the point next to a mean outwards, a normal density obeys {@code f(g + 1) = f(g) r(g)},
 * {@code r(g + 1) = r(g) exp(-(step / sd)^2)}: four exponentials an atom and node, taken by blocks, and a relative error of about
 * {@code g^2 / 2} roundings, 6e-14 at nine standard deviations with a step of a third.
 */
final class DensityCurves {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** The exponentials: of the value at the centre, of its ratios upwards and downwards, and of the change of ratios. */
    private static final int PEAK = 0;

    private static final int UP = 1;
    private static final int DOWN = 2;
    private static final int CHANGE = 3;
    private static final int KINDS = 4;

    private final ConditionalDensity density;
    private final int nodes;

    /** {@code centre[atom][node]}: index of the point next to the mean. */
    private final int[][] centre;

    /** {@code reach[atom][node]}: points on each side, with the centre, that are not taken as 0. */
    private final int[][] reach;

    /** All exponentials, one behind the other. */
    private final double[][] blocks;

    /**
     * @param low {@code low[node]}; at least nine standard deviations below every mean; not modified
     * @param step {@code step[node]}; not modified
     */
    DensityCurves(ConditionalDensity density, double[] low, double[] step) {
        this.density = density;
        int atoms = density.deviation.length;
        nodes = low.length;
        centre = new int[atoms][nodes];
        reach = new int[atoms][nodes];
        blocks = new double[(atoms * KINDS * nodes + BlockKernels.ROWS - 1) / BlockKernels.ROWS][Block.LENGTH];
        for (int i = 0; i < atoms; i++) {
            for (int node = 0; node < nodes; node++) {
                double position = (density.mean[i][node] - low[node]) / step[node];
                double unit = step[node] / density.deviation[i];
                centre[i][node] = (int) (position + 0.5);
                reach[i][node] = (int) (ConditionalDensity.REACH / unit + 1);
                double offset = (centre[i][node] - position) * unit;
                put(i, PEAK, node, -0.5 * offset * offset);
                put(i, UP, node, -unit * (offset + 0.5 * unit));
                put(i, DOWN, node, unit * (offset - 0.5 * unit));
                put(i, CHANGE, node, -unit * unit);
            }
        }
        double[] scratch = Block.newArray();
        for (double[] block : blocks) {
            BlockExp.exp(block, scratch, block);
        }
    }

    private void put(int atom, int kind, int node, double exponent) {
        int index = (atom * KINDS + kind) * nodes + node;
        blocks[index / BlockKernels.ROWS][index % BlockKernels.ROWS] = exponent;
    }

    private double exponential(int atom, int kind, int node) {
        int index = (atom * KINDS + kind) * nodes + node;
        return blocks[index / BlockKernels.ROWS][index % BlockKernels.ROWS];
    }

    /**
     * Adds {@code factor p(y | x)} to {@code out[start + g]}, {@code g = 0, ..., points - 1}.
     *
     * @param out modified
     */
    void add(int node, double factor, int points, double[] out, int start) {
        for (int i = 0; i < centre.length; i++) {
            double height = factor * density.weight[i][node] / (density.deviation[i] * ROOT_TWO_PI);
            double peak = height * exponential(i, PEAK, node);
            double change = exponential(i, CHANGE, node);
            int middle = centre[i][node];
            int end = start + Math.min(points, middle + reach[i][node]);
            int first = start + Math.max(0, middle + 1 - reach[i][node]);

            double value = peak;
            double ratio = exponential(i, UP, node);
            for (int g = start + middle; g < end; g++) {
                out[g] += value;
                value *= ratio;
                ratio *= change;
            }
            ratio = exponential(i, DOWN, node);
            value = peak * ratio;
            for (int g = start + middle - 1; g >= first; g--) {
                ratio *= change;
                out[g] += value;
                value *= ratio;
            }
        }
    }
}
