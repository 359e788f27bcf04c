package dev.ratelab.loss;

import dev.ratelab.loss.TranslationAlignment.Reach;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * How losses read the parameters of a gate: which coordinate is the mass, which belong to a group of atoms, and which can be
 * translated. Coordinates are those of {@link Gate#invariantForm}; all of it is found from the methods of {@link Gate},
 * derivatives being taken at a generic point.
 */
final class GateStructure {
    private static final double STEP = 1e-4;
    private static final double NEGLIGIBLE = 1e-6;
    private static final double HALF_COSINE = 0.5;
    private static final String BIAS = "bias";
    private static final double CURVATURE_STEP = 1e-3;
    private static final double NOTICEABLE_CURVATURE = 1e-3;

    private final Gate gate;
    private final int dimension;
    private final InvariantForm form;
    private final List<ParameterKind> kinds;
    private final int[] group;
    private final int groups;
    private final boolean[] groupLevel;
    private final int mass;
    private final int outerBias;
    private final boolean saturating;
    private final TranslationAlignment alignment;
    private final boolean scaleFree;

    private GateStructure(Gate gate, int atoms, int dimension) {
        this.gate = gate;
        this.dimension = dimension;
        this.form = gate.invariantForm(dimension);
        this.kinds = form.kinds();
        this.group = new int[atoms];
        int count = 1;
        for (int i = 0; i < atoms; i++) {
            group[i] = gate.group(i, atoms);
            count = Math.max(count, group[i] + 1);
        }
        this.groups = count;
        Derivatives derivatives = Derivatives.of(gate, atoms, dimension, groups);
        this.groupLevel = derivatives.groupLevel;
        this.mass = derivatives.massComponent();
        this.saturating = groups == 1 && mass >= 0 && saturates(gate, atoms, dimension);
        this.outerBias = groups > 1 ? outerBias(kinds, groupLevel) : -1;
        this.alignment = TranslationAlignment.of(gate, atoms, dimension, this::coordinates);
        this.scaleFree = mass >= 0
                && !saturating
                && gate.normaliser() == Normaliser.SOFTMAX
                && alignment.reach(mass) != Reach.NONE;
    }

    /** The structure of a gate with that many atoms. */
    static GateStructure of(Gate gate, int atoms, int dimension) {
        return new GateStructure(gate, atoms, dimension);
    }

    /** The invariant form, with the logarithm of the mass in the place of its mass coordinate if there is one group. */
    private double[] coordinates(double[] raw) {
        double[] coordinates = form.of(raw).clone();
        if (groups == 1 && mass >= 0) {
            coordinates[mass] = gate.mass().log(raw, dimension);
        }
        return coordinates;
    }

    /** Whether the second derivative of the log mass by any one parameter but a temperature is not zero. */
    private static boolean saturates(Gate gate, int atoms, int dimension) {
        double[] raw = genericAtom(gate, atoms, dimension);
        for (ParameterKind kind : gate.kinds(dimension)) {
            for (int a = kind.offset(); a < kind.offset() + kind.length() && !kind.positive(); a++) {
                double[] up = raw.clone();
                double[] down = raw.clone();
                up[a] += CURVATURE_STEP;
                down[a] -= CURVATURE_STEP;
                double bend = gate.mass().log(up, dimension)
                        - 2 * gate.mass().log(raw, dimension)
                        + gate.mass().log(down, dimension);
                if (Math.abs(bend) > NOTICEABLE_CURVATURE * CURVATURE_STEP * CURVATURE_STEP) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double[] genericAtom(Gate gate, int atoms, int dimension) {
        return gate.toAtoms(TranslationAlignment.genericPoint(gate, atoms, dimension), 0, atoms, dimension)[0];
    }

    private static int outerBias(List<ParameterKind> kinds, boolean[] groupLevel) {
        for (ParameterKind kind : kinds) {
            if (groupLevel[kind.offset()] && kind.length() == 1 && kind.name().contains(BIAS)) {
                return kind.offset();
            }
        }
        return -1;
    }

    /** The kinds of the coordinates. */
    List<ParameterKind> kinds() {
        return kinds;
    }

    /** Number of groups of atoms that are not interchangeable; 1 for all but hierarchical gates. */
    int groups() {
        return groups;
    }

    /** The group of an atom. */
    int group(int atom) {
        return group[atom];
    }

    /** Index of the coordinate that stands for the mass of an atom; -1 if there is none. */
    int mass() {
        return mass;
    }

    /** Index of the coordinate that stands for the mass of a group; -1 if there is none. */
    int outerBias() {
        return outerBias;
    }

    /** Whether a coordinate belongs to a group and not to an atom. */
    boolean ofGroup(int component) {
        return groups > 1 && groupLevel[component];
    }

    /** Whether the log mass is no linear function of the bias, as of a sigmoid: the bias is then a part of the location. */
    boolean saturating() {
        return saturating;
    }

    /** Whether masses are defined up to a common factor (in each group, if there are several) only. */
    boolean scaleFree() {
        return scaleFree;
    }

    /** Whether masses are probabilities. */
    boolean probabilities() {
        return gate.normaliser() == Normaliser.JOINT;
    }

    /** Whether a coordinate can be translated. */
    boolean movable(int component) {
        return alignment.movable(component);
    }

    /** The translations of the coordinates. */
    TranslationAlignment alignment() {
        return alignment;
    }

    /** Derivatives of invariant form and log mass of one atom by its parameters. */
    private record Derivatives(double[][] form, double[] logMass, boolean[] groupLevel) {

        static Derivatives of(Gate gate, int atoms, int dimension, int groups) {
            double[] raw = genericAtom(gate, atoms, dimension);
            InvariantForm coordinates = gate.invariantForm(dimension);
            int count = coordinates.of(raw).length;
            double[][] form = new double[count][raw.length];
            double[] logMass = new double[raw.length];
            for (int a = 0; a < raw.length; a++) {
                double[] up = raw.clone();
                double[] down = raw.clone();
                up[a] += STEP;
                down[a] -= STEP;
                double[] above = coordinates.of(up);
                double[] below = coordinates.of(down);
                for (int c = 0; c < count; c++) {
                    form[c][a] = (above[c] - below[c]) / (2 * STEP);
                }
                logMass[a] = (gate.mass().log(up, dimension) - gate.mass().log(down, dimension)) / (2 * STEP);
            }
            boolean[] rawOfGroup = groups > 1 ? ofGroup(gate, dimension, groups, raw.length) : new boolean[raw.length];
            boolean[] groupLevel = new boolean[count];
            Arrays.fill(groupLevel, groups > 1);
            boolean[] any = new boolean[count];
            for (int c = 0; c < count; c++) {
                for (int a = 0; a < raw.length; a++) {
                    if (Math.abs(form[c][a]) > NEGLIGIBLE) {
                        groupLevel[c] &= rawOfGroup[a];
                        any[c] = true;
                    }
                }
                groupLevel[c] &= any[c];
            }
            return new Derivatives(form, logMass, groupLevel);
        }

        /** Which parameters an atom shares with its group, seen where atoms are so many that not all groups have one. */
        private static boolean[] ofGroup(Gate gate, int dimension, int groups, int length) {
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

        /** The coordinate whose gradient is most nearly parallel to that of the log mass; the last of equals. */
        int massComponent() {
            int best = -1;
            double highest = HALF_COSINE;
            for (int c = 0; c < form.length; c++) {
                double cosine = Math.abs(cosine(form[c], logMass));
                if (!groupLevel[c] && cosine >= highest) {
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
}
