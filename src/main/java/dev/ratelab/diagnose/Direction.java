package dev.ratelab.diagnose;

/**
 * A direction of the flat parameter vector with few entries: {@code sum_e sign_e e_(index_e)}.
 *
 * @param index parameters
 * @param sign their coefficients
 */
record Direction(int[] index, double[] sign) {
    /** The direction of one parameter. */
    static Direction of(int parameter) {
        return new Direction(new int[] {parameter}, new double[] {1});
    }

    /** The direction in which one parameter rises as much as another one falls. */
    static Direction opposed(int parameter, int other) {
        return new Direction(new int[] {parameter, other}, new double[] {1, -1});
    }

    /** The derivative along this direction at a node, of a predictor with the slopes {@code [parameter][node]}. */
    double slope(double[][] slopes, int node) {
        double sum = 0;
        for (int e = 0; e < index.length; e++) {
            if (slopes[index[e]] != null) {
                sum += sign[e] * slopes[index[e]][node];
            }
        }
        return sum;
    }

    /** The coefficient of a parameter. */
    double at(int parameter) {
        double sum = 0;
        for (int e = 0; e < index.length; e++) {
            sum += index[e] == parameter ? sign[e] : 0;
        }
        return sum;
    }

    /** The second derivative along this direction and another one, of a function with this Hessian. */
    double curvature(double[][] hessian, Direction other) {
        double sum = 0;
        for (int e = 0; e < index.length; e++) {
            for (int f = 0; f < other.index.length; f++) {
                sum += sign[e] * other.sign[f] * hessian[index[e]][other.index[f]];
            }
        }
        return sum;
    }
}
