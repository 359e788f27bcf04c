package dev.ratelab.math;

import java.util.function.IntToDoubleFunction;

/**
 * A Gauss quadrature rule with m nodes for a symmetric distribution: {@code sum_j w_j g(x_j) = E g(X)}, exactly for every
 * polynomial {@code g} of degree at most {@code 2m - 1}.
 *
 * <p>The orthonormal polynomials of the distribution satisfy
 * {@code b_{k+1} p_{k+1}(x) = x p_k(x) - b_k p_{k-1}(x)} with {@code p_0 = 1}. The nodes are the roots of {@code p_m}. They
 * are found for m = 1, 2, ... in turn, each root by a Newton iteration that a bisection safeguards, in the interval between
 * two roots of the polynomial before. The weights are {@code w_j = 1 / sum_{k < m} p_k(x_j)^2}. Only {@code + - * /} and
 * square roots are used, so the bits are the same on every JVM. Cost: about {@code 5 m^3} operations.
 *
 * <p>Source: Golub and Welsch, <i>Calculation of Gauss quadrature rules</i>, Mathematics of Computation 23 (1969) 221-230.
 *
 * @param nodes {@code nodes[j]}: ascending and symmetric about zero; owned by the record, not modified
 * @param weights {@code weights[j]}: positive, sum to one; owned by the record, not modified
 */
public record GaussRule(double[] nodes, double[] weights) {
    /** The most nodes that a rule may have. */
    public static final int MOST_NODES = 160;

    private static final int MOST_STEPS = 200;

    /**
     * The Gauss-Legendre rule: X is uniform on [-1, 1].
     *
     * @param count number of nodes m, 1 to {@value #MOST_NODES}
     */
    public static GaussRule legendre(int count) {
        return of(count, k -> k / Math.sqrt(4.0 * k * k - 1), m -> 1);
    }

    /**
     * The Gauss-Hermite rule: X is standard normal.
     *
     * @param count number of nodes m, 1 to {@value #MOST_NODES}
     */
    public static GaussRule hermite(int count) {
        return of(count, k -> Math.sqrt(k), m -> 2 * Math.sqrt(m));
    }

    /**
     * A rule.
     *
     * @param coefficient {@code b_k}, for k from 1
     * @param bound a bound on the roots of {@code p_m}
     */
    private static GaussRule of(int count, IntToDoubleFunction coefficient, IntToDoubleFunction bound) {
        if (count < 1 || count > MOST_NODES) {
            throw new IllegalArgumentException("number of nodes = " + count + " must be from 1 to " + MOST_NODES);
        }
        double[] b = new double[count + 1];
        for (int k = 1; k <= count; k++) {
            b[k] = coefficient.applyAsDouble(k);
        }
        double[] nodes = {0};
        for (int m = 2; m <= count; m++) {
            nodes = roots(b, m, nodes, bound.applyAsDouble(m));
        }
        double[] weights = new double[count];
        double total = 0;
        for (int j = 0; j < count; j++) {
            weights[j] = 1 / sumOfSquares(b, count, nodes[j]);
            total += weights[j];
        }
        for (int j = 0; j < count; j++) {
            weights[j] /= total;
        }
        return new GaussRule(nodes, weights);
    }

    /** The roots of {@code p_m}, which the roots of {@code p_{m-1}} separate. */
    private static double[] roots(double[] b, int m, double[] before, double bound) {
        double[] roots = new double[m];
        for (int j = m / 2; j < m; j++) {
            if (2 * j + 1 == m) {
                continue;
            }
            roots[j] = root(b, m, before[j - 1], j < m - 1 ? before[j] : bound);
            roots[m - 1 - j] = -roots[j];
        }
        return roots;
    }

    /** The one root of {@code p_m} in an interval. */
    private static double root(double[] b, int m, double from, double to) {
        double[] value = new double[2];
        evaluate(b, m, to, value);
        boolean positiveAbove = value[0] > 0;
        double low = from;
        double high = to;
        double x = low + (high - low) / 2;
        for (int step = 0; step < MOST_STEPS; step++) {
            evaluate(b, m, x, value);
            if (value[0] == 0) {
                return x;
            }
            if (value[0] > 0 == positiveAbove) {
                high = x;
            } else {
                low = x;
            }
            double next = x - value[0] / value[1];
            if (!(next > low && next < high)) {
                next = low + (high - low) / 2;
            }
            if (Math.abs(next - x) <= Math.ulp(x)) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** {@code p_m(x)} and its derivative. */
    private static void evaluate(double[] b, int m, double x, double[] valueAndSlope) {
        double before = 0;
        double value = 1;
        double slopeBefore = 0;
        double slope = 0;
        for (int k = 0; k < m; k++) {
            double next = (x * value - b[k] * before) / b[k + 1];
            double nextSlope = (value + x * slope - b[k] * slopeBefore) / b[k + 1];
            before = value;
            value = next;
            slopeBefore = slope;
            slope = nextSlope;
        }
        valueAndSlope[0] = value;
        valueAndSlope[1] = slope;
    }

    /** {@code sum_{k < m} p_k(x)^2}. */
    private static double sumOfSquares(double[] b, int m, double x) {
        double before = 0;
        double value = 1;
        double sum = 1;
        for (int k = 0; k < m - 1; k++) {
            double next = (x * value - b[k] * before) / b[k + 1];
            before = value;
            value = next;
            sum += value * value;
        }
        return sum;
    }
}
