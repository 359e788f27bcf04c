package dev.ratelab.fit.quadratic;

import dev.ratelab.math.LinearConstraint;
import dev.ratelab.math.NonNegativeLeastSquares;
import dev.ratelab.math.Vectors;
import java.util.List;

/** The compact parameter set of a fit: an intersection of half spaces. */
public final class FeasibleSet {
    private static final double RELATIVE_TOLERANCE = 1e-10;

    private final List<LinearConstraint> constraints;

    public FeasibleSet(List<LinearConstraint> constraints) {
        this.constraints = List.copyOf(constraints);
    }

    List<LinearConstraint> constraints() {
        return constraints;
    }

    /** Distance to the boundary of constraint {@code index} in the units of its row, at least 0; 0 when it is active. */
    double slack(int index, double[] theta) {
        LinearConstraint constraint = constraints.get(index);
        double slack = -constraint.excess(theta);
        return slack <= RELATIVE_TOLERANCE * (1 + Math.abs(constraint.limit())) ? 0 : slack;
    }

    /**
     * The nearest point of the set (least-distance programming by non-negative least squares: Lawson and Hanson 1974, chapter
     * 23).
     *
     * @param theta not modified
     */
    public double[] project(double[] theta) {
        int parameters = theta.length;
        int count = constraints.size();
        double worst = 0;
        for (LinearConstraint constraint : constraints) {
            worst = Math.max(worst, constraint.excess(theta));
        }
        if (worst <= 0) {
            return theta.clone();
        }
        // min |s| subject to -row . s >= excess: solve NNLS with columns (-row, excess) and target (0, 1).
        double[][] rows = new double[count][parameters + 1];
        for (int i = 0; i < count; i++) {
            double[] row = constraints.get(i).row();
            for (int a = 0; a < parameters; a++) {
                rows[i][a] = -row[a];
            }
            rows[i][parameters] = constraints.get(i).excess(theta) / worst;
        }
        double[] target = new double[parameters + 1];
        target[parameters] = 1;
        double[] residual = NonNegativeLeastSquares.residual(rows, NonNegativeLeastSquares.solve(rows, target), target);
        double[] projected = theta.clone();
        for (int a = 0; a < parameters; a++) {
            projected[a] -= worst * residual[a] / residual[parameters];
        }
        return projected;
    }

    /** {@code row . direction} of a constraint. */
    double slope(int index, double[] direction) {
        return Vectors.dot(constraints.get(index).row(), direction);
    }
}
