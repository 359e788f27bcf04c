package dev.ratelab.loss;

import dev.ratelab.model.MixtureOfExperts;
import java.util.Arrays;

/**
 * Which gate parameters of an atom may be translated by an amount common to all atoms without a change of the gate: all
 * of them for the softmax gate, where {@code (t0, t1)} can be added to every {@code (beta0_i, beta1_i)}.
 *
 * <p>It is read off {@link dev.ratelab.model.Gate#invariances}: an invariance counts if it changes one canonical gate
 * parameter of all atoms by the same amount and nothing else. The losses {@code D1} and {@code D2} are defined for
 * gates of which every parameter can be translated.
 */
public final class TranslationAlignment {
    private static final double TOLERANCE = 1e-12;

    private final boolean[] movable;

    private TranslationAlignment(boolean[] movable) {
        this.movable = movable;
    }

    /** The translations of a model's gate. */
    public static TranslationAlignment of(MixtureOfExperts model) {
        int atoms = model.atoms();
        int dimension = model.dimension();
        double[] theta = new double[model.parameterCount()];
        double[][] before = model.gate().toAtoms(theta, model.gateOffset(), atoms, dimension);
        boolean[] movable = new boolean[before[0].length];
        for (double[] direction : model.gate().invariances(theta, model.gateOffset(), atoms, dimension)) {
            double[] moved = theta.clone();
            for (int a = 0; a < direction.length; a++) {
                moved[model.gateOffset() + a] += direction[a];
            }
            int component = commonShift(before, model.gate().toAtoms(moved, model.gateOffset(), atoms, dimension));
            if (component >= 0) {
                movable[component] = true;
            }
        }
        return new TranslationAlignment(movable);
    }

    /** The one component that has changed, by the same amount in all atoms; -1 if that is not what has happened. */
    private static int commonShift(double[][] before, double[][] after) {
        int found = -1;
        for (int c = 0; c < before[0].length; c++) {
            double first = after[0][c] - before[0][c];
            for (int i = 0; i < before.length; i++) {
                if (Math.abs(after[i][c] - before[i][c] - first) > TOLERANCE) {
                    return -1;
                }
            }
            if (Math.abs(first) > TOLERANCE) {
                if (found >= 0) {
                    return -1;
                }
                found = c;
            }
        }
        return found;
    }

    /** Whether a gate parameter, by its index in {@link dev.ratelab.model.Atom#gate}, can be translated. */
    public boolean movable(int component) {
        return movable[component];
    }

    /** Whether every gate parameter can be translated. */
    public boolean complete() {
        return Arrays.equals(movable, allTrue(movable.length));
    }

    private static boolean[] allTrue(int length) {
        boolean[] all = new boolean[length];
        Arrays.fill(all, true);
        return all;
    }
}
