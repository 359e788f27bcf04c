package dev.ratelab.loss;

import dev.ratelab.loss.TranslationAlignment.Reach;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;

/**
 * How losses read the parameters of a gate: which coordinate is the mass, which belong to a group of atoms, and which can be
 * translated. Coordinates are those of {@link Gate#invariantForm} unless {@link #raw} ones are meant; all of it is found from the
 * methods of {@link Gate}, derivatives being taken at a generic point. Immutable.
 */
final class GateStructure {
    private static final double CURVATURE_STEP = 1e-3;
    private static final double NOTICEABLE_CURVATURE = 1e-3;

    private final Gate gate;
    private final int dimension;
    private final GateCoordinates raw;
    private final GateCoordinates invariant;
    private final int[] group;
    private final int groups;
    private final boolean[] groupLevel;
    private final int mass;
    private final int outerBias;
    private final boolean saturating;
    private final boolean scaleFree;

    private GateStructure(Gate gate, int atoms, int dimension) {
        this.gate = gate;
        this.dimension = dimension;
        this.group = new int[atoms];
        int count = 1;
        for (int i = 0; i < atoms; i++) {
            group[i] = gate.group(i, atoms);
            count = Math.max(count, group[i] + 1);
        }
        this.groups = count;
        CoordinateGradients gradients = CoordinateGradients.of(GateForm.INVARIANT, gate, atoms, dimension, groups);
        this.groupLevel = gradients.groupLevel();
        this.mass = gradients.mass();
        this.saturating = groups == 1 && mass >= 0 && saturates(gate, atoms, dimension);
        this.outerBias = groups > 1 ? gradients.massOfGroups() : -1;
        this.invariant = new GateCoordinates(
                GateForm.INVARIANT,
                gate.invariantForm(dimension).kinds(),
                gradients.massOfAtoms(),
                TranslationAlignment.of(gate, atoms, dimension, this::coordinates));
        this.raw = new GateCoordinates(
                GateForm.RAW,
                gate.kinds(dimension),
                CoordinateGradients.of(GateForm.RAW, gate, atoms, dimension, groups)
                        .massOfAtoms(),
                TranslationAlignment.of(gate, atoms, dimension, parameters -> parameters));
        this.scaleFree = mass >= 0
                && !saturating
                && gate.normaliser() == Normaliser.SOFTMAX
                && invariant.alignment().reach(mass) != Reach.NONE;
    }

    /** The structure of a gate with that many atoms. */
    static GateStructure of(Gate gate, int atoms, int dimension) {
        return new GateStructure(gate, atoms, dimension);
    }

    /** The invariant form, with the logarithm of the mass in the place of its mass coordinate if there is one group. */
    private double[] coordinates(double[] raw) {
        double[] form = gate.invariantForm(dimension).of(raw).clone();
        if (groups == 1 && mass >= 0) {
            form[mass] = gate.mass().log(raw, dimension);
        }
        return form;
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

    /** Parameters of an atom at a generic point. */
    static double[] genericAtom(Gate gate, int atoms, int dimension) {
        return gate.toAtoms(TranslationAlignment.genericPoint(gate, atoms, dimension), 0, atoms, dimension)[0];
    }

    /** The parameters as they are. */
    GateCoordinates raw() {
        return raw;
    }

    /** The coordinates in which atoms are compared. */
    GateCoordinates invariant() {
        return invariant;
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
        return invariant.alignment().movable(component);
    }
}
