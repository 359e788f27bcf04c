package dev.ratelab.fit.quadratic;

import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * Scaled coordinates around a feasible point, orthogonal to the declared invariances: {@code theta + D^-1 B'z}, with {@code D} a
 * positive diagonal metric (the square root of information, so that a unit step is about one standard error) and the rows of
 * {@code B} an orthonormal basis of the complement of the scaled invariances. The compact set is {@code row_i . z <= slack_i}.
 */
public final class ScaledSpace {
    /** Relative size below which the part of a constraint that is left on a face is rounding: the face implies it. */
    private static final double DEPENDENT = 1e-9;

    /** Share of the radius below which nothing is left of it. */
    private static final double SPENT = 1e-3;

    private static final double ALONG = 1e-14;

    private final double[] metric;
    private final double[][] basis;
    private final double[][] rows;
    private final double[] slack;

    /**
     * Sets up the coordinates.
     *
     * @param theta the point, feasible; not modified
     * @param metric diagonal of D, positive
     * @param invariances directions that are held fixed
     */
    ScaledSpace(FeasibleSet feasible, double[] theta, double[] metric, double[][] invariances) {
        this.metric = metric;
        basis = Vectors.orthogonalComplement(scaled(invariances, metric), theta.length);
        int count = feasible.constraints().size();
        rows = new double[count][];
        slack = new double[count];
        for (int i = 0; i < count; i++) {
            rows[i] = gradient(feasible.constraints().get(i).row());
            slack[i] = feasible.slack(i, theta);
        }
    }

    /** Directions in the units of a metric. */
    public static double[][] scaled(double[][] directions, double[] metric) {
        double[][] scaled = new double[directions.length][metric.length];
        for (int v = 0; v < directions.length; v++) {
            for (int a = 0; a < metric.length; a++) {
                scaled[v][a] = directions[v][a] * metric[a];
            }
        }
        return scaled;
    }

    /** Number of coordinates. */
    int size() {
        return basis.length;
    }

    /** Number of constraints. */
    int constraints() {
        return rows.length;
    }

    /** The normal of a constraint. */
    double[] row(int constraint) {
        return rows[constraint];
    }

    /** Distance to the boundary of a constraint in the units of its row; 0 when it is active. */
    double slack(int constraint) {
        return slack[constraint];
    }

    /** A gradient by the parameters as one by the coordinates. */
    double[] gradient(double[] byParameters) {
        double[] scaled = byParameters.clone();
        for (int a = 0; a < scaled.length; a++) {
            scaled[a] /= metric[a];
        }
        return Vectors.multiply(basis, scaled);
    }

    /** Second derivatives by the parameters as those by the coordinates. */
    double[][] hessian(double[][] byParameters) {
        double[][] scaled = new double[metric.length][metric.length];
        for (int a = 0; a < metric.length; a++) {
            for (int b = 0; b < metric.length; b++) {
                scaled[a][b] = byParameters[a][b] / (metric[a] * metric[b]);
            }
        }
        return Vectors.congruence(basis, scaled);
    }

    /** A change of the coordinates as one of the parameters. */
    double[] unscaled(double[] z) {
        double[] step = Vectors.combine(basis, z, metric.length);
        for (int a = 0; a < step.length; a++) {
            step[a] /= metric[a];
        }
        return step;
    }

    /** Orthonormal rows that span what constraints leave free. */
    double[][] face(List<Integer> constraints) {
        double[][] normals = new double[constraints.size()][];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = rows[constraints.get(i)];
        }
        return Vectors.orthogonalComplement(normals, size());
    }

    /** Whether a constraint cannot change along the rows of a face. */
    boolean isDependent(int constraint, double[][] free) {
        double[] row = rows[constraint];
        return Vectors.norm(Vectors.multiply(free, row)) <= DEPENDENT * Vectors.norm(row);
    }

    /** A step on a face. */
    interface FaceStep {
        /**
         * The step, constraints aside.
         *
         * @param number number of constraints that have joined the face on the way, 0 at first
         * @param free orthonormal rows that span the face
         * @param z where the way is; not modified
         * @param rest largest length
         * @return coordinates in {@code free}
         */
        double[] of(int number, double[][] free, double[] z, double rest);
    }

    /**
     * A way within the compact set: where a step leaves the set, it goes to the boundary, the constraint that blocks joins the face, and the
     * rest of the radius is spent there.
     *
     * @param held constraints of the first face; not modified
     * @return where the way ends
     */
    double[] walk(double radius, List<Integer> held, FaceStep solver) {
        List<Integer> working = new ArrayList<>(held);
        double[] z = new double[size()];
        double rest = radius;
        while (working.size() < z.length && rest > SPENT * radius) {
            double[][] free = face(working);
            double[] direction =
                    Vectors.combine(free, solver.of(working.size() - held.size(), free, z, rest), z.length);
            double length = Vectors.norm(direction);
            double fraction = 1;
            int blocking = -1;
            for (int i = 0; i < rows.length; i++) {
                double slope = Vectors.dot(rows[i], direction);
                if (slope > ALONG * Vectors.norm(rows[i]) * length && !working.contains(i)) {
                    double limit = Math.max(0, slack[i] - Vectors.dot(rows[i], z)) / slope;
                    if (limit < fraction && !isDependent(i, free)) {
                        fraction = limit;
                        blocking = i;
                    }
                }
            }
            z = Vectors.sum(z, fraction, direction);
            if (blocking < 0) {
                break;
            }
            working.add(blocking);
            rest = radius - Vectors.norm(z);
        }
        return z;
    }
}
