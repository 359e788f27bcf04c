package dev.ratelab.fit.quadratic;

import dev.ratelab.math.NonNegativeLeastSquares;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * The quadratic approximation of an objective at a feasible point, in the coordinates of a {@link ScaledSpace}: maximise
 * {@code g'z + z'Hz / 2} subject to {@code row_i . z <= slack_i}.
 */
public final class ScaledProblem {
    /** Relative size below which the part of a constraint that is left on a face is rounding: the face implies it. */
    private static final double DEPENDENT = 1e-9;

    private final FeasibleSet feasible;
    private final ScaledSpace space;
    private final double[] gradient;
    private final double[][] hessian;
    private final double[] multipliers;
    private final List<Integer> held;

    /** The quadratic on the free space, once somebody has asked for it: it takes an eigenvalue decomposition. */
    private QuadraticModel freeModel;

    /**
     * Sets up the problem.
     *
     * @param theta the point, feasible; not modified
     * @param byParameters gradient there; not modified
     * @param secondByParameters Hessian there; not modified
     * @param metric diagonal of the metric, positive
     * @param invariances directions that are held fixed
     */
    public ScaledProblem(
            FeasibleSet feasible,
            double[] theta,
            double[] byParameters,
            double[][] secondByParameters,
            double[] metric,
            double[][] invariances) {
        this.feasible = feasible;
        space = new ScaledSpace(feasible, theta, metric, invariances);
        gradient = space.gradient(byParameters);
        hessian = space.hessian(secondByParameters);
        if (isFinite()) {
            multipliers = solveMultipliers();
            held = hold();
        } else {
            multipliers = new double[space.constraints()];
            held = List.of();
        }
    }

    /** Whether gradient and Hessian are finite in scaled coordinates. If not, there is no step and no certificate. */
    public boolean isFinite() {
        double sum = Vectors.dot(gradient, gradient);
        for (double[] row : hessian) {
            sum += Vectors.dot(row, row);
        }
        return Double.isFinite(sum);
    }

    /** Multipliers of the active constraints, at least 0; zero for inactive ones. */
    private double[] solveMultipliers() {
        List<Integer> active = new ArrayList<>();
        for (int i = 0; i < space.constraints(); i++) {
            if (space.slack(i) == 0) {
                active.add(i);
            }
        }
        double[][] activeRows = new double[active.size()][];
        for (int i = 0; i < activeRows.length; i++) {
            activeRows[i] = space.row(active.get(i));
        }
        double[] solved = NonNegativeLeastSquares.solve(activeRows, gradient);
        double[] all = new double[space.constraints()];
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
        for (int i = 0; i < multipliers.length; i++) {
            if (multipliers[i] > 0) {
                binding.add(i);
            } else if (space.slack(i) == 0) {
                others.add(i);
            }
        }
        double[][] free = space.face(binding);
        others.removeIf(i -> space.isDependent(i, free));
        double[][] left = new double[others.size()][];
        for (int i = 0; i < left.length; i++) {
            left[i] = Vectors.multiply(free, space.row(others.get(i)));
        }
        for (int i = 0; i < left.length; i++) {
            double[] opposite = new double[free.length];
            for (int a = 0; a < opposite.length; a++) {
                opposite[a] = -left[i][a];
            }
            double[] room =
                    NonNegativeLeastSquares.residual(left, NonNegativeLeastSquares.solve(left, opposite), opposite);
            if (Vectors.norm(room) <= DEPENDENT * Vectors.norm(opposite)
                    && !space.isDependent(others.get(i), space.face(binding))) {
                binding.add(others.get(i));
            }
        }
        return List.copyOf(binding);
    }

    /** Names of the constraints that are active, sorted. */
    public List<String> activeNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < space.constraints(); i++) {
            if (space.slack(i) == 0) {
                names.add(feasible.constraints().get(i).name());
            }
        }
        names.sort(null);
        return names;
    }

    /** Euclidean norm of the projection of the scaled gradient on the cone of feasible directions. */
    public double projectedGradient() {
        double[][] rows = new double[space.constraints()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = space.row(i);
        }
        return Vectors.norm(NonNegativeLeastSquares.residual(rows, multipliers, gradient));
    }

    /** The quadratic on the free space: orthogonal to the constraints that hold the point, at the current point. */
    public QuadraticModel freeModel() {
        if (freeModel == null) {
            freeModel = modelAt(new double[gradient.length], space.face(held));
        }
        return freeModel;
    }

    private QuadraticModel modelAt(double[] z, double[][] free) {
        return new QuadraticModel(Vectors.multiply(free, gradientAt(z)), Vectors.congruence(free, hessian));
    }

    /**
     * Change of the parameters by a Newton step on the part of the free space that is not flat.
     *
     * @param flatTolerance share of the largest curvature at or below which a direction is flat
     */
    public double[] newtonStep(double flatTolerance) {
        double[][] free = space.face(held);
        QuadraticModel model = freeModel();
        double[] step = model.newtonStep(flatTolerance * Math.max(0, model.largestCurvature()));
        return space.unscaled(Vectors.combine(free, step, gradient.length));
    }

    /**
     * A feasible step that increases the quadratic, within a radius of the scaled metric. The trust-region problem is solved on
     * each face of the {@linkplain ScaledSpace#walk way}. Along negative curvature both senses are tried, as one of them may be
     * blocked.
     */
    public Step maximise(double radius) {
        QuadraticModel first = freeModel();
        Step step = climb(radius, first, false);
        if (first.size() > 0 && first.smallestCurvature() < 0 && space.constraints() > 0) {
            Step mirrored = climb(radius, first, true);
            return mirrored.gain() > step.gain() ? mirrored : step;
        }
        return step;
    }

    private Step climb(double radius, QuadraticModel first, boolean mirrored) {
        double[] end = space.walk(radius, held, (number, free, z, rest) -> {
            QuadraticModel model = number == 0 ? first : modelAt(z, free);
            double[] step = model.maximiser(rest);
            return number == 0 && mirrored ? model.mirrored(step) : step;
        });
        double gain = 0.5 * (Vectors.dot(gradient, end) + Vectors.dot(gradientAt(end), end));
        return new Step(space.unscaled(end), Vectors.norm(end), gain);
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
    public record Step(double[] delta, double length, double gain) {}
}
