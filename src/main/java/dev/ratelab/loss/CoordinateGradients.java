package dev.ratelab.loss;

import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * Derivatives of the coordinates and the log mass of one atom by its gate parameters, at a generic point: they tell which
 * coordinate stands for the mass.
 *
 * @param coordinates {@code coordinates[c][parameter]}
 * @param logMass {@code logMass[parameter]}
 * @param shared whether an atom shares a parameter with its group
 * @param groupLevel whether a coordinate depends on shared parameters only
 */
record CoordinateGradients(double[][] coordinates, double[] logMass, boolean[] shared, boolean[] groupLevel) {
    private static final double STEP = 1e-4;
    private static final double NEGLIGIBLE = 1e-6;
    private static final double HALF_COSINE = 0.5;

    static CoordinateGradients of(GateForm form, Gate gate, int atoms, int dimension, int groups) {
        double[] parameters = GateStructure.genericAtom(gate, atoms, dimension);
        int count = form.of(gate, parameters, dimension).length;
        double[][] coordinates = new double[count][parameters.length];
        double[] logMass = new double[parameters.length];
        for (int a = 0; a < parameters.length; a++) {
            double[] up = parameters.clone();
            double[] down = parameters.clone();
            up[a] += STEP;
            down[a] -= STEP;
            double[] above = form.of(gate, up, dimension);
            double[] below = form.of(gate, down, dimension);
            for (int c = 0; c < count; c++) {
                coordinates[c][a] = (above[c] - below[c]) / (2 * STEP);
            }
            logMass[a] = (gate.mass().log(up, dimension) - gate.mass().log(down, dimension)) / (2 * STEP);
        }
        boolean[] shared =
                groups > 1 ? shared(gate, dimension, groups, parameters.length) : new boolean[parameters.length];
        boolean[] groupLevel = new boolean[count];
        for (int c = 0; c < count; c++) {
            boolean any = false;
            boolean others = false;
            for (int a = 0; a < parameters.length; a++) {
                boolean depends = Math.abs(coordinates[c][a]) > NEGLIGIBLE;
                any |= depends;
                others |= depends && !shared[a];
            }
            groupLevel[c] = groups > 1 && any && !others;
        }
        return new CoordinateGradients(coordinates, logMass, shared, groupLevel);
    }

    /** Which parameters an atom shares with its group, seen where atoms are so many that not all groups have one. */
    private static boolean[] shared(Gate gate, int dimension, int groups, int length) {
        int atoms = 4 * groups;
        boolean[] shared = new boolean[length];
        List<ParameterKind> kinds = gate.kinds(dimension);
        for (int k = 0; k < kinds.size(); k++) {
            boolean byGroup = true;
            for (int i = 1; i < atoms; i++) {
                boolean together = gate.group(i, atoms) == gate.group(i - 1, atoms);
                byGroup &= !together || gate.entry(k, i, atoms) == gate.entry(k, i - 1, atoms);
            }
            if (byGroup) {
                int from = kinds.get(k).offset();
                Arrays.fill(shared, from, from + kinds.get(k).length(), true);
            }
        }
        return shared;
    }

    /** The coordinate whose gradient is most nearly parallel to that of the log mass; -1 if none nearly is. */
    int mass() {
        return most(logMass, false);
    }

    /** The coordinate that stands for the mass of an atom within its group. */
    int massOfAtoms() {
        return most(logMassBy(false), false);
    }

    /** The coordinate that stands for the mass of a group. */
    int massOfGroups() {
        return most(logMassBy(true), true);
    }

    private double[] logMassBy(boolean ofGroup) {
        double[] part = logMass.clone();
        for (int a = 0; a < part.length; a++) {
            part[a] = shared[a] == ofGroup ? part[a] : 0;
        }
        return part;
    }

    /** The coordinate of a level whose gradient is most nearly parallel to a direction; the last of equals. */
    private int most(double[] direction, boolean ofGroup) {
        int best = -1;
        double highest = HALF_COSINE;
        for (int c = 0; c < coordinates.length; c++) {
            double cosine = Math.abs(cosine(coordinates[c], direction));
            if (groupLevel[c] == ofGroup && cosine >= highest) {
                highest = cosine;
                best = c;
            }
        }
        return best;
    }

    private static double cosine(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int c = 0; c < a.length; c++) {
            ab += a[c] * b[c];
            aa += a[c] * a[c];
            bb += b[c] * b[c];
        }
        return aa < NEGLIGIBLE || bb < NEGLIGIBLE ? 0 : ab / Math.sqrt(aa * bb);
    }
}
