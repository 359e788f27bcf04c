package dev.ratelab.loss;

import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Which coordinates of an atom's place in the gate may be translated by an amount common to several atoms without a change of
 * the gate: all of them for the softmax gate, where {@code (t0, t1)} can be added to every {@code (beta0_i, beta1_i)}.
 *
 * <p>It is read off {@link Gate#invariances} at a generic point: an invariance counts if it changes one coordinate by the
 * same amount, and nothing else, in all atoms ({@link Reach#ALL}) or in all atoms of one group ({@link Reach#GROUP}), as the
 * inner gates of a hierarchical gate allow. Invariances that do something else, such as the common scaling of weights and
 * temperature, move nothing in {@link Gate#invariantForm} and do not count there.
 */
public final class TranslationAlignment {
    private static final double STEP = 1e-4;
    private static final double TOLERANCE = 1e-5;
    private static final double GOLDEN = 0.6180339887498949;

    private final Reach[] reach;

    /** Which atoms move together. */
    public enum Reach {
        /** The coordinate cannot be translated. */
        NONE,
        /** It can be translated in all atoms at once. */
        ALL,
        /** It can be translated in the atoms of each group by an amount of its own. */
        GROUP
    }

    private TranslationAlignment(Reach[] reach) {
        this.reach = reach;
    }

    /** The translations of a model's gate in the parameters of {@link Gate#kinds}. */
    public static TranslationAlignment of(MixtureOfExperts model) {
        return of(model.gate(), model.atoms(), model.dimension(), raw -> raw);
    }

    /**
     * The translations of a gate in other coordinates.
     *
     * @param coordinates the coordinates of one atom, by its parameters of {@link Gate#kinds}
     */
    static TranslationAlignment of(Gate gate, int atoms, int dimension, UnaryOperator<double[]> coordinates) {
        double[] theta = genericPoint(gate, atoms, dimension);
        int count = coordinates.apply(gate.toAtoms(theta, 0, atoms, dimension)[0]).length;
        Reach[] reach = new Reach[count];
        Arrays.fill(reach, Reach.NONE);
        for (double[] direction : gate.invariances(theta, 0, atoms, dimension)) {
            double step = STEP / largest(direction);
            double[][] before = moved(gate, theta, direction, -step, atoms, dimension, coordinates);
            double[][] after = moved(gate, theta, direction, step, atoms, dimension, coordinates);
            double[][] difference = derivative(after, before, step);
            int component = onlyComponent(difference);
            if (component >= 0) {
                Reach found = reachOf(difference, component, gate, atoms);
                if (found != Reach.NONE && reach[component] != Reach.ALL) {
                    reach[component] = found;
                }
            }
        }
        return new TranslationAlignment(reach);
    }

    /** Flat parameters of a gate, from 0.5 to 1.5, no two of which are equal or stand in a simple ratio. */
    static double[] genericPoint(Gate gate, int atoms, int dimension) {
        double[] theta = new double[gate.parameterCount(atoms, dimension)];
        for (int a = 0; a < theta.length; a++) {
            double multiple = (a + 1) * GOLDEN;
            theta[a] = 0.5 + multiple - Math.floor(multiple);
        }
        return theta;
    }

    private static double largest(double[] direction) {
        double largest = 1;
        for (double value : direction) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double[][] moved(
            Gate gate,
            double[] theta,
            double[] direction,
            double step,
            int atoms,
            int dimension,
            UnaryOperator<double[]> coordinates) {
        double[] moved = theta.clone();
        for (int a = 0; a < direction.length; a++) {
            moved[a] += step * direction[a];
        }
        double[][] parameters = gate.toAtoms(moved, 0, atoms, dimension);
        double[][] result = new double[atoms][];
        for (int i = 0; i < atoms; i++) {
            result[i] = coordinates.apply(parameters[i]);
        }
        return result;
    }

    /** Derivatives of all coordinates along the direction. */
    private static double[][] derivative(double[][] after, double[][] before, double step) {
        double[][] difference = new double[after.length][];
        for (int i = 0; i < after.length; i++) {
            difference[i] = MixingMeasure.minus(after[i], before[i]);
            for (int c = 0; c < difference[i].length; c++) {
                difference[i][c] /= 2 * step;
            }
        }
        return difference;
    }

    /** The one coordinate that changes in any atom; -1 if there is none or several. */
    private static int onlyComponent(double[][] difference) {
        int found = -1;
        for (double[] ofAtom : difference) {
            for (int c = 0; c < ofAtom.length; c++) {
                if (Math.abs(ofAtom[c]) > TOLERANCE && c != found) {
                    if (found >= 0) {
                        return -1;
                    }
                    found = c;
                }
            }
        }
        return found;
    }

    private static Reach reachOf(double[][] difference, int component, Gate gate, int atoms) {
        double amount = 0;
        int group = -1;
        boolean all = true;
        for (int i = 0; i < atoms; i++) {
            double change = difference[i][component];
            if (Math.abs(change) <= TOLERANCE) {
                all = false;
                continue;
            }
            if (amount == 0) {
                amount = change;
                group = gate.group(i, atoms);
            }
            if (Math.abs(change - amount) > TOLERANCE * Math.abs(amount)) {
                return Reach.NONE;
            }
        }
        if (all) {
            return Reach.ALL;
        }
        int size = 0;
        for (int i = 0; i < atoms; i++) {
            boolean moves = Math.abs(difference[i][component]) > TOLERANCE;
            if (moves != (gate.group(i, atoms) == group)) {
                return Reach.NONE;
            }
            size += moves ? 1 : 0;
        }
        // Nothing is identified in a group of one, which says nothing of the others.
        return size > 1 || allGroupsOfOne(gate, atoms) ? Reach.GROUP : Reach.NONE;
    }

    private static boolean allGroupsOfOne(Gate gate, int atoms) {
        for (int i = 1; i < atoms; i++) {
            if (gate.group(i, atoms) == gate.group(i - 1, atoms)) {
                return false;
            }
        }
        return true;
    }

    /** Which atoms the coordinate of that index can be translated in. */
    Reach reach(int component) {
        return reach[component];
    }

    /** Whether a coordinate, by default of {@link dev.ratelab.model.Atom#gate}, can be translated. */
    public boolean movable(int component) {
        return reach[component] != Reach.NONE;
    }

    /** Whether every coordinate can be translated in all atoms. */
    public boolean complete() {
        for (Reach one : reach) {
            if (one != Reach.ALL) {
                return false;
            }
        }
        return true;
    }
}
