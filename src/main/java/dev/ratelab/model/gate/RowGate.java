package dev.ratelab.model.gate;

import dev.ratelab.math.Elementary;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Gate;
import dev.ratelab.model.NamedFamily;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A gate in which every atom has a row of parameters of its own, the bias first, and all atoms may share a temperature.
 *
 * <p>Flat parameters: the rows, one after the other; then, if there is one, the logarithm of the temperature. The
 * parameters of an atom are its row, then the temperature itself.
 *
 * <p>Bounds are on pairwise differences of the leading parameters that can be translated, on absolute values of the
 * others. The logarithm of a temperature has bounds of its own.
 */
abstract class RowGate extends NamedFamily implements Gate {
    static final String BIAS = "gate-bias";
    static final String WEIGHT = "gate-weight";
    static final String TEMPERATURE = "gate-temperature";
    static final double CANONICAL_TEMPERATURE = 0.7;
    static final String SHIFT_OF_BIASES = "translation: the same t0 added to all biases";

    /** Number of parameters of an atom's row: by default a bias and a weight for each input. */
    int own(int dimension) {
        return 1 + dimension;
    }

    /**
     * How many of the row's parameters, from the first on, can be shifted in all atoms alike without changing weights.
     */
    abstract int translated(int dimension);

    /** Whether the last flat parameter is the logarithm of a temperature. */
    boolean sharesTemperature() {
        return false;
    }

    /** Whether the study's bound on weights applies to the parameters after the bias. */
    boolean boundsWeights() {
        return true;
    }

    /**
     * Adds the invariances other than translations, for at least two atoms.
     *
     * @param directions to be added to
     */
    void addInvariances(double[] theta, int offset, int atoms, int dimension, List<double[]> directions) {
        // Most gates have translations only.
    }

    @Override
    public final int parameterCount(int atoms, int dimension) {
        return atoms * own(dimension) + (sharesTemperature() ? 1 : 0);
    }

    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        int own = own(dimension);
        int[] indices = new int[own + (sharesTemperature() ? 1 : 0)];
        for (int c = 0; c < own; c++) {
            indices[c] = atom * own + c;
        }
        if (sharesTemperature()) {
            indices[own] = atoms * own;
        }
        return indices;
    }

    @Override
    public final double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        int count = parameterCount(atoms, dimension);
        if (atoms == 1 && normaliser() == Normaliser.SOFTMAX) {
            return GateKernels.identity(count);
        }
        List<double[]> directions = new ArrayList<>();
        for (int c = 0; c < translated(dimension); c++) {
            double[] direction = new double[count];
            for (int i = 0; i < atoms; i++) {
                direction[i * own(dimension) + c] = 1;
            }
            directions.add(direction);
        }
        addInvariances(theta, offset, atoms, dimension, directions);
        return directions.toArray(new double[0][]);
    }

    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        List<LinearConstraint> constraints = new ArrayList<>();
        int own = own(dimension);
        int movable = translated(dimension);
        for (int i = 0; i < atoms; i++) {
            for (int l = 0; l < atoms; l++) {
                for (int c = 0; c < movable && l != i; c++) {
                    double[] row = new double[parameterCount(atoms, dimension)];
                    row[i * own + c] = 1;
                    row[l * own + c] = -1;
                    addBound(c, row, bounds, constraints);
                }
            }
            for (int c = movable; c < own; c++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] row = new double[parameterCount(atoms, dimension)];
                    row[i * own + c] = sign;
                    addBound(c, row, bounds, constraints);
                }
            }
        }
        if (sharesTemperature()) {
            addTemperatureBounds(parameterCount(atoms, dimension), bounds, constraints);
        }
        return constraints;
    }

    private static void addTemperatureBounds(int count, ParameterBounds bounds, List<LinearConstraint> constraints) {
        if (bounds.minTemperature() > 0) {
            double limit = -Elementary.log(bounds.minTemperature());
            constraints.add(LinearConstraint.ofOne(ParameterBounds.MIN_TEMPERATURE, count, count - 1, -1, limit));
        }
        if (bounds.maxTemperature() < Double.POSITIVE_INFINITY) {
            double limit = Elementary.log(bounds.maxTemperature());
            constraints.add(LinearConstraint.ofOne(ParameterBounds.MAX_TEMPERATURE, count, count - 1, 1, limit));
        }
    }

    private void addBound(int parameter, double[] row, ParameterBounds bounds, List<LinearConstraint> constraints) {
        double limit = parameter == 0 ? bounds.gateBiasDifference() : bounds.gateWeightDifference();
        if (limit < Double.POSITIVE_INFINITY && (parameter == 0 || boundsWeights())) {
            constraints.add(new LinearConstraint(
                    parameter == 0 ? ParameterBounds.GATE_BIAS_DIFFERENCE : ParameterBounds.GATE_WEIGHT_DIFFERENCE,
                    row,
                    limit));
        }
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        int own = own(dimension);
        double[][] gates = new double[atoms][own + (sharesTemperature() ? 1 : 0)];
        for (int i = 0; i < atoms; i++) {
            System.arraycopy(theta, offset + i * own, gates[i], 0, own);
            if (sharesTemperature()) {
                gates[i][own] = Elementary.exp(theta[offset + atoms * own]);
            }
        }
        return gates;
    }

    /** {@inheritDoc} A temperature is that of the first atom. */
    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        int own = own(dimension);
        for (int i = 0; i < atoms.size(); i++) {
            System.arraycopy(atoms.get(i).gate(), 0, theta, offset + i * own, own);
        }
        if (sharesTemperature()) {
            theta[offset + atoms.size() * own] = Elementary.log(atoms.get(0).gate()[own]);
        }
    }

    @Override
    public int entry(int kind, int atom, int atoms) {
        // The temperature is the last kind of any dimension.
        return sharesTemperature() && kind == kinds(1).size() - 1 ? 0 : atom;
    }

    @Override
    public final Optional<double[][]> canonical(int atoms, int dimension) {
        return Optional.of(canonicalAtoms(atoms, dimension));
    }

    /**
     * The canonical parameters: by default the {@link GateKernels#ordered} rows, zeros after the weight, and a temperature of {@value
     * #CANONICAL_TEMPERATURE}.
     */
    double[][] canonicalAtoms(int atoms, int dimension) {
        return extended(GateKernels.ordered(atoms, dimension), dimension);
    }

    /** Rows that are filled up with zeros and, if there is one, with the canonical temperature. */
    final double[][] extended(double[][] rows, int dimension) {
        double[][] gates = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            gates[i] = Arrays.copyOf(rows[i], own(dimension) + (sharesTemperature() ? 1 : 0));
            if (sharesTemperature()) {
                gates[i][own(dimension)] = CANONICAL_TEMPERATURE;
            }
        }
        return gates;
    }
}
