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
    /** Relative size below which the part of a constraint that is left on a face is rounding: the face implies it. */
    private static final double DEPENDENT = 1e-9;

    private final FeasibleSet feasible;
    private final double[] metric;
    private final double[][] basis;
    private final double[] gradient;
    private final double[][] hessian;
    private final double[][] rows;
    private final double[] slack;
    private final double[] multipliers;
    private final List<Integer> held;

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
        if (isFinite()) {
            multipliers = solveMultipliers();
            held = hold();
        } else {
            multipliers = new double[count];
            held = List.of();
        }
    }

    /** Whether gradient and Hessian are finite in scaled coordinates. If not, there is no step and no certificate. */
    boolean isFinite() {
        double sum = Vectors.dot(gradient, gradient);
        for (double[] row : hessian) {
            sum += Vectors.dot(row, row);
        }
        return Double.isFinite(sum);
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

    /**
     * Linearly independent constraints that hold the point back: those with a positive multiplier, and those that these and the
     * other active ones leave no room to leave. At a vertex where more constraints meet than the space has dimensions,
     * multipliers are not unique and some constraints of the second kind have none.
     */
    private List<Integer> hold() {
        List<Integer> binding = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < slack.length; i++) {
            if (multipliers[i] > 0) {
                binding.add(i);
            } else if (slack[i] == 0) {
                others.add(i);
            }
        }
        double[][] free = freeBasis(binding);
        others.removeIf(i -> isDependent(i, free));
        double[][] left = new double[others.size()][];
        for (int i = 0; i < left.length; i++) {
            left[i] = Vectors.multiply(free, rows[others.get(i)]);
        }
        for (int i = 0; i < left.length; i++) {
            double[] opposite = new double[free.length];
            for (int a = 0; a < opposite.length; a++) {
                opposite[a] = -left[i][a];
            }
            double[] room =
                    NonNegativeLeastSquares.residual(left, NonNegativeLeastSquares.solve(left, opposite), opposite);
            if (Vectors.norm(room) <= DEPENDENT * Vectors.norm(opposite)
                    && !isDependent(others.get(i), freeBasis(binding))) {
                binding.add(others.get(i));
            }
        }
        return List.copyOf(binding);
    }

    /** Whether a constraint cannot change along the directions of a basis. */
    private boolean isDependent(int constraint, double[][] free) {
        double[] row = rows[constraint];
        return Vectors.norm(Vectors.multiply(free, row)) <= DEPENDENT * Vectors.norm(row);
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

    /** The quadratic on the free space: orthogonal to the constraints that hold the point, at the current point. */
    QuadraticModel freeModel() {
        return modelAt(new double[gradient.length], freeBasis(held));
    }

    private QuadraticModel modelAt(double[] z, double[][] free) {
        return new QuadraticModel(Vectors.multiply(free, gradientAt(z)), Vectors.congruence(free, hessian));
    }

    /**
     * Change of the parameters by a Newton step on the part of the free space that is not flat.
     *
     * @param flatTolerance share of the largest curvature at or below which a direction is flat
     */
    double[] newtonStep(double flatTolerance) {
        double[][] free = freeBasis(held);
        QuadraticModel model = freeModel();
        double[] step = model.newtonStep(flatTolerance * Math.max(0, model.largestCurvature()));
        return unscaled(Vectors.combine(free, step, gradient.length));
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
     * face, and the rest of the radius is spent there. Along negative curvature both senses are tried, as one of them may be
     * blocked.
     */
    Step maximise(double radius) {
        QuadraticModel first = freeModel();
        Step step = climb(radius, first, false);
        if (first.size() > 0 && first.smallestCurvature() < 0 && rows.length > 0) {
            Step mirrored = climb(radius, first, true);
            return mirrored.gain() > step.gain() ? mirrored : step;
        }
        return step;
    }

    private Step climb(double radius, QuadraticModel first, boolean mirrored) {
        List<Integer> working = new ArrayList<>(held);
        double[] z = new double[gradient.length];
        double rest = radius;
        boolean atStart = true;
        while (working.size() < gradient.length && rest > 1e-3 * radius) {
            double[][] free = freeBasis(working);
            QuadraticModel model = atStart ? first : modelAt(z, free);
            double[] step = model.maximiser(rest);
            if (atStart && mirrored) {
                step = model.mirrored(step);
            }
            atStart = false;
            double[] direction = Vectors.combine(free, step, z.length);
            double fraction = 1;
            int blocking = -1;
            for (int i = 0; i < rows.length; i++) {
                double slope = Vectors.dot(rows[i], direction);
                if (slope > 1e-14 * Vectors.norm(rows[i]) * Vectors.norm(direction) && !working.contains(i)) {
                    double limit = Math.max(0, slack[i] - Vectors.dot(rows[i], z)) / slope;
                    if (limit < fraction && !isDependent(i, free)) {
                        fraction = limit;
                        blocking = i;
                    }
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
        return new Step(unscaled(z), Vectors.norm(z), gain);
    }

    private double[] unscaled(double[] z) {
        double[] step = Vectors.combine(basis, z, metric.length);
        for (int a = 0; a < step.length; a++) {
            step[a] /= metric[a];
        }
        return step;
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
