package dev.ratelab.math;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Least squares with non-negative coefficients: minimises {@code |sum_i mu_i row_i - target|} over {@code mu >= 0} by the
 * active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23).
 *
 * <p>With the rows the outward normals of active constraints and the target a gradient, the coefficients are Lagrange multipliers
 * and the residual is the projection of the gradient on the cone of feasible directions (Moreau).
 */
public final class NonNegativeLeastSquares {
    private static final double RELATIVE_TOLERANCE = 1e-12;

    private NonNegativeLeastSquares() {}

    /**
     * Solves the problem.
     *
     * @param rows {@code rows[i]}: vectors of the target's length; not modified
     * @param target not modified
     * @return the coefficients, one for each row, all at least 0; the rows with positive ones are linearly independent
     */
    public static double[] solve(double[][] rows, double[] target) {
        int count = rows.length;
        double[] coefficients = new double[count];
        boolean[] passive = new boolean[count];
        boolean[] excluded = new boolean[count];
        double scale = Vectors.norm(target);
        for (int iteration = 0; iteration < 3 * count + 10; iteration++) {
            double[] residual = residual(rows, coefficients, target);
            int entering = -1;
            double steepest = 0;
            for (int i = 0; i < count; i++) {
                double slope = Vectors.dot(rows[i], residual);
                if (!passive[i]
                        && !excluded[i]
                        && slope > RELATIVE_TOLERANCE * scale * Vectors.norm(rows[i])
                        && slope > steepest) {
                    entering = i;
                    steepest = slope;
                }
            }
            if (entering < 0) {
                return coefficients;
            }
            passive[entering] = true;
            double[] candidate = solvePassive(rows, passive, target);
            if (candidate == null || candidate[entering] <= 0) {
                // Dependent on the passive rows up to rounding: it cannot reduce the residual.
                passive[entering] = false;
                excluded[entering] = true;
                continue;
            }
            candidate = retreat(rows, passive, target, coefficients, candidate);
            System.arraycopy(candidate, 0, coefficients, 0, count);
            Arrays.fill(excluded, false);
        }
        return coefficients;
    }

    /** Moves towards the unconstrained solution of the passive rows, dropping rows whose coefficient would be negative. */
    private static double[] retreat(
            double[][] rows, boolean[] passive, double[] target, double[] coefficients, double[] first) {
        double[] current = coefficients.clone();
        double[] candidate = first;
        while (candidate != null) {
            double fraction = 1;
            int leaving = -1;
            for (int i = 0; i < rows.length; i++) {
                if (passive[i] && candidate[i] <= 0) {
                    double limit = current[i] / (current[i] - candidate[i]);
                    if (limit < fraction || leaving < 0) {
                        fraction = Math.min(fraction, limit);
                        leaving = i;
                    }
                }
            }
            if (leaving < 0) {
                return candidate;
            }
            for (int i = 0; i < rows.length; i++) {
                current[i] += fraction * (candidate[i] - current[i]);
                if (passive[i] && (i == leaving || current[i] <= 0)) {
                    passive[i] = false;
                    current[i] = 0;
                }
            }
            candidate = solvePassive(rows, passive, target);
        }
        return current;
    }

    /** Unconstrained least squares on the passive rows; null if they are dependent. */
    private static double[] solvePassive(double[][] rows, boolean[] passive, double[] target) {
        int size = 0;
        for (boolean flag : passive) {
            size += flag ? 1 : 0;
        }
        double[] solution = new double[rows.length];
        if (size == 0) {
            return solution;
        }
        if (size > target.length) {
            return null;
        }
        double[][] matrix = new double[target.length][size];
        int column = 0;
        for (int i = 0; i < rows.length; i++) {
            if (passive[i]) {
                for (int a = 0; a < target.length; a++) {
                    matrix[a][column] = rows[i][a];
                }
                column++;
            }
        }
        try {
            double[] packed = new QRDecomposition(new Array2DRowRealMatrix(matrix, false), RELATIVE_TOLERANCE)
                    .getSolver()
                    .solve(new ArrayRealVector(target, false))
                    .toArray();
            column = 0;
            for (int i = 0; i < rows.length; i++) {
                if (passive[i]) {
                    solution[i] = packed[column++];
                }
            }
            return solution;
        } catch (SingularMatrixException dependent) {
            return null;
        }
    }

    /** {@code target - sum_i coefficients_i rows_i}. */
    public static double[] residual(double[][] rows, double[] coefficients, double[] target) {
        double[] residual = target.clone();
        for (int i = 0; i < rows.length; i++) {
            if (coefficients[i] != 0) {
                Vectors.add(residual, -coefficients[i], rows[i]);
            }
        }
        return residual;
    }
}
