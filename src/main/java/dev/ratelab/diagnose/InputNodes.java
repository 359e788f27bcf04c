package dev.ratelab.diagnose;

import dev.ratelab.data.GridInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.UniformInput;
import dev.ratelab.random.Streams;
import java.util.Arrays;

/**
 * The points at which functions of the inputs are compared: {@code sum_q w_q g(x_q)} stands for {@code E g(X)}.
 *
 * <p>Uniform and normal inputs, and grids, which tend to uniform ones, have a Gauss quadrature in one or two dimensions;
 * of everything else equally weighted points are drawn from a fixed stream. Whether functions are linearly dependent does
 * not depend on which of the two it is, as long as there are many more points than functions.
 *
 * @param x {@code x[j][node]}: d columns; owned by the record, not modified
 * @param weights {@code weights[node]}: positive, sum to one; owned by the record, not modified
 */
public record InputNodes(double[][] x, double[] weights) {
    private static final int MOST_NODES_OF_TWO = 32;

    /** With fewer, the functions of two experts with four inputs would interpolate the points. */
    private static final int FEWEST_DRAWN = 600;

    private static final String KEY = "diagnose";

    /**
     * The nodes of an input distribution.
     *
     * @param dimension number of inputs d, at least 1
     * @param nodes number of nodes for one input, 2 to 160; two inputs have at most {@value #MOST_NODES_OF_TWO} in each coordinate;
     *     where points are drawn, there are four times as many of them, and at least {@value #FEWEST_DRAWN}
     */
    public static InputNodes of(InputDistribution input, int dimension, int nodes) {
        InputDistribution limit =
                input instanceof GridInput grid ? InputDistribution.uniform(grid.low(), grid.high()) : input;
        if (dimension <= 2 && (limit instanceof UniformInput || limit instanceof NormalInput)) {
            int each = dimension == 1 ? nodes : Math.min(nodes, MOST_NODES_OF_TWO);
            QuadratureDesign design = QuadratureDesign.of(limit, dimension, each);
            return new InputNodes(design.x(), design.weights());
        }
        int rows = Math.min(Math.max(4 * nodes, FEWEST_DRAWN), input.mostRows());
        double[][] x = new double[dimension][rows];
        input.fill(Streams.of(KEY, "input"), 0, rows, 0, x);
        double[] weights = new double[rows];
        Arrays.fill(weights, 1.0 / rows);
        return new InputNodes(x, weights);
    }

    /** Number of nodes. */
    public int size() {
        return weights.length;
    }
}
