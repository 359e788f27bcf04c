package dev.ratelab.diagnose;

import dev.ratelab.math.SingularValues;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Minimises the norm of the residual of a {@link HeldProblem} over {@code |s| = delta} and all y: Levenberg-Marquardt steps in the tangent
 * space of the sphere, by singular values of the Jacobian, and back to the sphere by scaling s.
 *
 * <p>The worst direction of s is part of the minimum and there can be several local ones. So there are starts in both senses of
 * all singular directions of the held parameters and along their coordinates, these also with the y that undoes them at first
 * order, beside those that are handed in; after a few steps the
 * best go on to the end.
 */
final class SphereSolver {
    private static final int SCOUT_STEPS = 10;
    private static final int MOST_STEPS = 150;
    private static final int SURVIVORS = 3;
    private static final int MOST_REFUSALS = 12;
    private static final double FIRST_DAMPING = 1e-3;
    private static final double LEAST_GAIN = 1e-9;
    private static final double ROUNDING = 1e-15;

    /** Share of the largest singular value below which others are zero. */
    private static final double SINGULAR = 1e-11;

    private final HeldProblem problem;

    SphereSolver(HeldProblem problem) {
        this.problem = problem;
    }

    /**
     * A local minimum.
     *
     * @param point coordinates {@code (s, y)}
     * @param norm norm of the residual
     */
    record Minimum(double[] point, double norm) {}

    /**
     * The lowest minima that are found, the best first.
     *
     * @param delta radius of the sphere, positive
     * @param known starts; their s are scaled to the sphere, and their y with it
     * @param scouting whether there are starts in all directions too; if not, at least one must be known
     */
    List<Minimum> solve(double delta, List<double[]> known, boolean scouting) {
        List<double[]> starts = new ArrayList<>();
        for (double[] point : known) {
            starts.add(Vectors.scaled(point, delta / radius(point)));
        }
        for (double[] direction : scouting ? directions() : List.<double[]>of()) {
            starts.add(Vectors.scaled(direction, delta));
            starts.add(Vectors.scaled(direction, -delta));
        }
        List<State> states = new ArrayList<>();
        for (double[] start : starts) {
            State state = new State(start, delta);
            state.run(SCOUT_STEPS);
            states.add(state);
        }
        states.sort(Comparator.comparingDouble(state -> state.norm));
        List<Minimum> minima = new ArrayList<>();
        for (State state : states.subList(0, Math.min(SURVIVORS, states.size()))) {
            state.run(MOST_STEPS);
            minima.add(new Minimum(state.point, state.norm));
        }
        minima.sort(Comparator.comparingDouble(Minimum::norm));
        return minima;
    }

    private double radius(double[] point) {
        double square = 0;
        for (int c = 0; c < problem.heldCount(); c++) {
            square += point[c] * point[c];
        }
        return Math.sqrt(square);
    }

    /** Directions of s: singular ones of the part of its Jacobian that y cannot undo, and coordinates. */
    private List<double[]> directions() {
        int held = problem.heldCount();
        int all = held + problem.freeCount();
        List<double[]> list = new ArrayList<>();
        for (int c = 0; c < held; c++) {
            double[] direction = new double[all];
            direction[c] = 1;
            list.add(direction);
        }
        double[][] columns = problem.linearise(new double[all]).columns();
        for (int c = 0; c < held && held < all; c++) {
            list.add(compensated(list.get(c), columns));
        }
        List<double[]> basis = new ArrayList<>();
        for (int c = held; c < all; c++) {
            double[] rest = Vectors.rest(columns[c], basis);
            double length = Vectors.norm(rest);
            if (length > 1e-10 * Vectors.norm(columns[c])) {
                basis.add(Vectors.scaled(rest, 1 / length));
            }
        }
        double[][] left = new double[held][];
        for (int c = 0; c < held; c++) {
            left[c] = Vectors.rest(columns[c], basis);
        }
        SingularValues values = new SingularValues(left);
        for (int i = 0; i < held && held > 1; i++) {
            double[] direction = new double[all];
            System.arraycopy(values.vector(i), 0, direction, 0, held);
            list.add(direction);
        }
        return list;
    }

    /** A direction of s with the y that undoes its first-order effect as far as possible, of the smallest norm. */
    private double[] compensated(double[] direction, double[][] columns) {
        int held = problem.heldCount();
        double[] effect = Vectors.combine(columns, direction, columns[0].length);
        double[][] others = Arrays.copyOfRange(columns, held, columns.length);
        SingularValues values = new SingularValues(others);
        double[] slopes = Vectors.multiply(others, effect);
        double[] out = direction.clone();
        for (int i = 0; i < values.size(); i++) {
            if (values.value(i) > SINGULAR * values.value(0)) {
                double[] v = values.vector(i);
                double part = -Vectors.dot(v, slopes) / (values.value(i) * values.value(i));
                for (int c = 0; c < v.length; c++) {
                    out[held + c] += part * v[c];
                }
            }
        }
        return out;
    }

    /** One search. */
    private final class State {
        private final double delta;
        private double[] point;
        private double norm;
        private double damping = FIRST_DAMPING;
        private boolean ended;

        State(double[] start, double delta) {
            this.delta = delta;
            point = start;
            norm = Vectors.norm(problem.residual(start));
        }

        void run(int steps) {
            for (int step = 0; step < steps && !ended; step++) {
                double before = norm;
                if (!step()) {
                    ended = true;
                } else if ((before - norm < LEAST_GAIN * norm && damping < FIRST_DAMPING) || norm < ROUNDING) {
                    ended = true;
                }
            }
        }

        /** Takes one step that lowers the norm; false if there is none. */
        private boolean step() {
            HeldProblem.Linearisation here = problem.linearise(point);
            int held = problem.heldCount();
            double[] s = Arrays.copyOf(point, held);
            double[][] tangent = Vectors.orthogonalComplement(new double[][] {s}, held);
            int count = tangent.length + problem.freeCount();
            if (count == 0) {
                return false;
            }
            double[][] columns = new double[count][];
            for (int t = 0; t < tangent.length; t++) {
                columns[t] = Vectors.combine(here.columns(), extended(tangent[t]), here.residual().length);
            }
            for (int c = tangent.length; c < count; c++) {
                columns[c] = here.columns()[held + c - tangent.length];
            }
            SingularValues values = new SingularValues(columns);
            double largest = values.value(0);
            for (int refusal = 0; refusal < MOST_REFUSALS; refusal++) {
                double[] move = move(columns, values, here.residual(), damping * largest * largest);
                double[] next = moved(tangent, move);
                double reached = Vectors.norm(problem.residual(next));
                if (reached < norm) {
                    point = next;
                    norm = reached;
                    damping = Math.max(damping * 0.1, 1e-25);
                    return true;
                }
                damping *= 8;
            }
            return false;
        }

        private double[] extended(double[] s) {
            return Arrays.copyOf(s, point.length);
        }

        private double[] move(double[][] columns, SingularValues values, double[] residual, double damped) {
            double[] slopes = Vectors.multiply(columns, residual);
            double[] move = new double[columns.length];
            for (int i = 0; i < values.size(); i++) {
                double[] v = values.vector(i);
                double square = values.value(i) * values.value(i) + damped;
                if (square > 0) {
                    Vectors.add(move, -Vectors.dot(v, slopes) / square, v);
                }
            }
            return move;
        }

        private double[] moved(double[][] tangent, double[] move) {
            double[] next = point.clone();
            int held = problem.heldCount();
            for (int t = 0; t < tangent.length; t++) {
                for (int c = 0; c < held; c++) {
                    next[c] += move[t] * tangent[t][c];
                }
            }
            double factor = delta / radius(next);
            for (int c = 0; c < held; c++) {
                next[c] *= factor;
            }
            for (int c = held; c < next.length; c++) {
                next[c] += move[tangent.length + c - held];
            }
            return next;
        }
    }
}
