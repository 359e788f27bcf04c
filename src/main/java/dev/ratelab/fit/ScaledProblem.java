package dev.ratelab.fit;

import dev.ratelab.math.NonNegativeLeastSquares;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * The quadratic approximation of an objective at a feasible point, in scaled coordinates orthogonal to the declared
 * invariances: maximise {@code g'z + z'Hz / 2} subject to {@code row_i . z <= slack_i}.
 *
 * <p>Coordinates: {@code theta + D^-1 B'z}, with {@code D} a positive diagonal metric (the square root of information, so that a
 * unit step is about one standard error) and the rows of {@code B} an orthonormal basis of the complement of the scaled
 * invariances.
 */
final class ScaledProblem {
    private final FeasibleSet feasible;
    private final double[] metric;
    private final double[][] basis;
    private final double[] gradient;
    private final double[][] hessian;
    private final double[][] rows;
    private final double[] slack;
    private final double[] multipliers;

    /**
     * Sets up the problem.
     *
     * @param theta the point, feasible; not modified
     * @param evaluation gradient and Hessian there
     * @param metric diagonal of D, positive
     * @param invariances directions that are held fixed
     */
    ScaledProblem(
            FeasibleSet feasible, double[] theta, Evaluation evaluation, double[] metric, double[][] invariances) {
        this.feasible = feasible;
        this.metric = metric;
        int parameters = theta.length;
        double[][] scaledInvariances = new double[invariances.length][parameters];
        for (int v = 0; v < invariances.length; v++) {
            for (int a = 0; a < parameters; a++) {
                scaledInvariances[v][a] = invariances[v][a] * metric[a];
            }
        }
        basis = Vectors.orthogonalComplement(scaledInvariances, parameters);
        double[] scaledGradient = new double[parameters];
        double[][] scaledHessian = new double[parameters][parameters];
        for (int a = 0; a < parameters; a++) {
            scaledGradient[a] = evaluation.gradient[a] / metric[a];
            for (int b = 0; b < parameters; b++) {
                scaledHessian[a][b] = evaluation.hessian[a][b] / (metric[a] * metric[b]);
            }
        }
        gradient = Vectors.multiply(basis, scaledGradient);
        hessian = Vectors.congruence(basis, scaledHessian);
        int count = feasible.constraints().size();
        rows = new double[count][];
        slack = new double[count];
        for (int i = 0; i < count; i++) {
            double[] row = feasible.constraints().get(i).row().clone();
            for (int a = 0; a < parameters; a++) {
                row[a] /= metric[a];
            }
            rows[i] = Vectors.multiply(basis, row);
            slack[i] = feasible.slack(i, theta);
        }
        multipliers = solveMultipliers();
    }

    /** Multipliers of the active constraints, at least 0; zero for inactive ones. */
    private double[] solveMultipliers() {
        List<Integer> active = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (slack[i] == 0) {
                active.add(i);
            }
        }
        double[][] activeRows = new double[active.size()][];
        for (int i = 0; i < activeRows.length; i++) {
            activeRows[i] = rows[active.get(i)];
        }
        double[] solved = NonNegativeLeastSquares.solve(activeRows, gradient);
        double[] all = new double[rows.length];
        for (int i = 0; i < activeRows.length; i++) {
            all[active.get(i)] = solved[i];
        }
        return all;
    }

    /** Constraints with a positive multiplier: those that hold the point back. */
    List<Integer> binding() {
        List<Integer> binding = new ArrayList<>();
        for (int i = 0; i < multipliers.length; i++) {
            if (multipliers[i] > 0) {
                binding.add(i);
            }
        }
        return binding;
    }

    /** Names of the constraints that are active, sorted. */
    List<String> activeNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < slack.length; i++) {
            if (slack[i] == 0) {
                names.add(feasible.constraints().get(i).name());
            }
        }
        names.sort(null);
        return names;
    }

    /** Euclidean norm of the projection of the scaled gradient on the cone of feasible directions. */
    double projectedGradient() {
        return Vectors.norm(NonNegativeLeastSquares.residual(rows, multipliers, gradient));
    }

    /** The quadratic on the free space: orthogonal to the binding constraints, at the current point. */
    QuadraticModel freeModel() {
        double[][] free = freeBasis(binding());
        return new QuadraticModel(Vectors.multiply(free, gradient), Vectors.congruence(free, hessian));
    }

    private double[][] freeBasis(List<Integer> working) {
        double[][] normals = new double[working.size()][];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = rows[working.get(i)];
        }
        return Vectors.orthogonalComplement(normals, gradient.length);
    }

    /**
     * A feasible step that increases the quadratic, within a radius of the scaled metric. The trust-region problem is solved on
     * the current face; where its solution leaves the set, the step goes to the boundary, the constraint that blocks joins the
     * face, and the rest of the radius is spent there.
     */
    Step maximise(double radius) {
        List<Integer> working = binding();
        double[] z = new double[gradient.length];
        double rest = radius;
        while (working.size() < gradient.length && rest > 1e-3 * radius) {
            double[][] free = freeBasis(working);
            double[] slopes = gradientAt(z);
            QuadraticModel model =
                    new QuadraticModel(Vectors.multiply(free, slopes), Vectors.congruence(free, hessian));
            double[] direction = Vectors.combine(free, model.maximiser(rest), z.length);
            double fraction = 1;
            int blocking = -1;
            for (int i = 0; i < rows.length; i++) {
                double slope = Vectors.dot(rows[i], direction);
                if (working.contains(i) || slope <= 1e-14 * Vectors.norm(rows[i]) * Vectors.norm(direction)) {
                    continue;
                }
                double limit = Math.max(0, slack[i] - Vectors.dot(rows[i], z)) / slope;
                if (limit < fraction) {
                    fraction = limit;
                    blocking = i;
                }
            }
            for (int a = 0; a < z.length; a++) {
                z[a] += fraction * direction[a];
            }
            if (blocking < 0) {
                break;
            }
            working.add(blocking);
            rest = radius - Vectors.norm(z);
        }
        double gain = 0.5 * (Vectors.dot(gradient, z) + Vectors.dot(gradientAt(z), z));
        double[] step = Vectors.combine(basis, z, metric.length);
        for (int a = 0; a < step.length; a++) {
            step[a] /= metric[a];
        }
        return new Step(step, Vectors.norm(z), gain);
    }

    private double[] gradientAt(double[] z) {
        double[] slopes = Vectors.multiply(hessian, z);
        for (int a = 0; a < slopes.length; a++) {
            slopes[a] += gradient[a];
        }
        return slopes;
    }

    /**
     * A step of the quadratic model.
     *
     * @param delta change of the parameters
     * @param length length in the scaled metric
     * @param gain predicted increase of the objective, nats
     */
    record Step(double[] delta, double length, double gain) {}
}
