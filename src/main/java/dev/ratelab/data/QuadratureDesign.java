package dev.ratelab.data;

import dev.ratelab.math.GaussRule;

/**
 * The nodes and weights of a Gauss quadrature over the inputs: {@code sum_j w_j g(x_j) = E g(X)} for every polynomial
 * {@code g} of degree at most {@code 2m - 1} in each coordinate, with m nodes in each coordinate.
 *
 * <p>Gauss-Legendre for uniform inputs, Gauss-Hermite for normal ones; for two inputs the tensor product, whose node
 * {@code m a + b} has the first coordinate of node {@code a} and the second of node {@code b}.
 *
 * <p>Regression data at the nodes, {@code y_j = f(x_j) + sqrt(nu / (n w_j)) z_j}, weighted by {@code n w_j}, carry the
 * information of n observations at a cost that does not depend on n. That holds while the regression functions that are
 * compared are smooth enough for the rule: check by doubling m, and do not use it for functions with kinks or jumps.
 *
 * @param x {@code x[j][node]}: d columns; owned by the record, not modified
 * @param weights {@code weights[node]}: positive, sum to one; owned by the record, not modified
 */
public record QuadratureDesign(double[][] x, double[] weights) {
    /** Nodes in each coordinate unless a study says otherwise. */
    public static final int DEFAULT_NODES = 80;

    private static final int MOST_INPUTS = 2;

    /**
     * The design of an input distribution.
     *
     * @param input uniform or normal inputs
     * @param dimension number of inputs d, 1 or 2
     * @param nodesPerDimension number of nodes m in each coordinate, 1 to {@value GaussRule#MOST_NODES}
     * @throws IllegalArgumentException saying why there is no such design
     */
    public static QuadratureDesign of(InputDistribution input, int dimension, int nodesPerDimension) {
        if (dimension < 1 || dimension > MOST_INPUTS) {
            throw new IllegalArgumentException("the quadrature design needs one or two inputs, the truth has "
                    + dimension + ": the number of nodes is a power of it");
        }
        double[] points;
        double[] weights;
        if (input instanceof UniformInput uniform) {
            GaussRule rule = GaussRule.legendre(nodesPerDimension);
            double centre = uniform.low() / 2 + uniform.high() / 2;
            points = mapped(rule.nodes(), centre, uniform.high() / 2 - uniform.low() / 2);
            weights = rule.weights();
        } else if (input instanceof NormalInput normal) {
            GaussRule rule = GaussRule.hermite(nodesPerDimension);
            points = mapped(rule.nodes(), normal.mean(), normal.standardDeviation());
            weights = rule.weights();
        } else {
            throw new IllegalArgumentException(
                    "the quadrature design needs uniform or normal inputs, not " + input.id() + " inputs");
        }
        return dimension == 1
                ? new QuadratureDesign(new double[][] {points}, weights.clone())
                : square(points, weights);
    }

    private static double[] mapped(double[] nodes, double origin, double unit) {
        double[] points = nodes.clone();
        InputChecks.scale(points, origin, unit);
        return points;
    }

    private static QuadratureDesign square(double[] points, double[] weights) {
        int count = points.length;
        double[][] x = new double[2][count * count];
        double[] products = new double[count * count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                x[0][count * a + b] = points[a];
                x[1][count * a + b] = points[b];
                products[count * a + b] = weights[a] * weights[b];
            }
        }
        return new QuadratureDesign(x, products);
    }
}
