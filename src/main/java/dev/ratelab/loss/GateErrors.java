package dev.ratelab.loss;

import dev.ratelab.loss.TranslationAlignment.Reach;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterKind;

/**
 * Errors of gate parameters in one form.
 *
 * <p>They are compared in this gauge: with {@code v_i} the share of atom {@code i} in the mass of its cell, the value of a cell is
 * {@code log sum_i w_i} for the bias and {@code sum_i v_i beta1_i} for the rest; the estimate is translated, in the parameters that
 * the gate lets translate, such that the mean over non-empty cells (of a group, if groups translate apart) of (cell value - true
 * value) is 0. The bias of an atom is compared by cell: only the total mass of a cell has a true value. A bias that is not the
 * logarithm of the mass, such as one that a temperature divides, has the cell value
 * {@code sum_i v_i (beta0_i - l log w_i) + l log sum_i w_i}, {@code l = sum_i v_i d beta0_i / d log w_i}; that of a cell of several
 * atoms with weights that saturate, such as sigmoids, is the bias of one atom with their total mass, undefined if no bias gives it.
 */
final class GateErrors {
    private static final double STEP = 1e-5;
    private static final double LARGEST_BIAS = 30;

    private final Gate gate;
    private final int dimension;
    private final GateCoordinates coordinates;
    private final MixingMeasure estimate;
    private final MixingMeasure truth;
    private final CellSums cells;
    private final double[][] fitted;
    private final double[][] target;

    /**
     * The errors of an estimate.
     *
     * @param gate the fitted gate
     * @param coordinates the true gate's coordinates in the form
     */
    GateErrors(
            Gate gate,
            int dimension,
            GateCoordinates coordinates,
            MixingMeasure estimate,
            MixingMeasure truth,
            CellSums cells) {
        this.gate = gate;
        this.dimension = dimension;
        this.coordinates = coordinates;
        this.estimate = estimate;
        this.truth = truth;
        this.cells = cells;
        this.fitted = forms(estimate);
        this.target = forms(truth);
    }

    /** Coordinates of all atoms; a bias that is the logarithm of a probability is that of the mass. */
    private double[][] forms(MixingMeasure measure) {
        double[][] forms = new double[measure.atoms][];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = coordinates.form().of(gate, measure.gate[i], dimension);
            if (raw() && measure.structure.probabilities() && coordinates.mass() >= 0) {
                forms[i] = forms[i].clone();
                forms[i][coordinates.mass()] = measure.logMass[i];
            }
        }
        return forms;
    }

    private boolean raw() {
        return coordinates.form() == GateForm.RAW;
    }

    /** The error of each fitted atom in a kind of the coordinates. */
    double[] of(ParameterKind kind) {
        return coordinates.isMass(kind) ? ofBias(kind.offset()) : ofKind(kind);
    }

    private double[] ofBias(int index) {
        Reach reach = coordinates.alignment().reach(index);
        double[] value = cellBias(index);
        double[] difference = new double[value.length];
        for (int j = 0; j < difference.length; j++) {
            difference[j] = cells.sizes[j] > 0 ? value[j] - target[j][index] : 0;
        }
        double[] error = new double[fitted.length];
        for (int i = 0; i < error.length; i++) {
            int j = cells.cell(i);
            double shift = reach == Reach.NONE ? 0 : meanOverCells(difference, reach, j);
            error[i] = Math.abs(value[j] - shift - target[j][index]);
        }
        return error;
    }

    /** The bias of each cell. */
    private double[] cellBias(int index) {
        boolean same = true;
        for (int i = 0; i < fitted.length; i++) {
            same &= fitted[i][index] == estimate.logMass[i];
        }
        if (same) {
            return cells.logMass;
        }
        double[] value = new double[cells.sizes.length];
        double[] rate = new double[cells.sizes.length];
        for (int i = 0; i < fitted.length; i++) {
            double unit = raw() ? rate(fitted[i], index) : 1;
            value[cells.cell(i)] += cells.share[i] * (fitted[i][index] - unit * estimate.logMass[i]);
            rate[cells.cell(i)] += cells.share[i] * unit;
        }
        for (int j = 0; j < value.length; j++) {
            if (cells.sizes[j] > 0) {
                value[j] += rate[j] * cells.logMass[j];
            }
        }
        for (int i = 0; i < fitted.length && raw() && estimate.structure.saturating(); i++) {
            if (cells.sizes[cells.cell(i)] > 1) {
                value[cells.cell(i)] = biasOf(cells.logMass[cells.cell(i)], fitted[i], index);
            }
        }
        return value;
    }

    /** The bias, within {@link #LARGEST_BIAS}, at which an atom has a log mass that grows with it; {@code NaN} if there is none. */
    private double biasOf(double logMass, double[] parameters, int index) {
        double low = -LARGEST_BIAS;
        double high = LARGEST_BIAS;
        if (!(logMassAt(low, parameters, index) <= logMass && logMass <= logMassAt(high, parameters, index))) {
            return Double.NaN;
        }
        for (double middle = 0; middle > low && middle < high; middle = 0.5 * (low + high)) {
            if (logMassAt(middle, parameters, index) < logMass) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double logMassAt(double bias, double[] parameters, int index) {
        double[] moved = parameters.clone();
        moved[index] = bias;
        return gate.mass().log(moved, dimension);
    }

    /** {@code d beta0 / d log w} at the parameters of one atom. */
    private double rate(double[] parameters, int index) {
        double[] up = parameters.clone();
        double[] down = parameters.clone();
        up[index] += STEP;
        down[index] -= STEP;
        double change = gate.mass().log(up, dimension) - gate.mass().log(down, dimension);
        return change == 0 ? 1 : (up[index] - down[index]) / change;
    }

    private double meanOverCells(double[] difference, Reach reach, int cell) {
        double sum = 0;
        int occupied = 0;
        for (int j = 0; j < difference.length; j++) {
            if (cells.sizes[j] > 0 && together(reach, j, cell)) {
                sum += difference[j];
                occupied++;
            }
        }
        return sum / occupied;
    }

    private boolean together(Reach reach, int cell, int other) {
        return reach == Reach.ALL || truth.structure.group(cell) == truth.structure.group(other);
    }

    private double[] ofKind(ParameterKind kind) {
        double[] error = new double[fitted.length];
        for (int c = kind.offset(); c < kind.offset() + kind.length(); c++) {
            Reach reach = coordinates.alignment().reach(c);
            for (int i = 0; i < error.length; i++) {
                double shift = reach == Reach.NONE ? 0 : shift(c, reach, cells.cell(i));
                double difference = fitted[i][c] - shift - target[cells.cell(i)][c];
                error[i] += difference * difference;
            }
        }
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.sqrt(error[i]);
        }
        return error;
    }

    /** Mean over non-empty cells that move together of the cell's value of a gate parameter less its true value. */
    private double shift(int component, Reach reach, int cell) {
        double sum = 0;
        int occupied = 0;
        for (int i = 0; i < fitted.length; i++) {
            if (together(reach, cells.cell(i), cell)) {
                sum += cells.share[i] * (fitted[i][component] - target[cells.cell(i)][component]);
            }
        }
        for (int j = 0; j < cells.sizes.length; j++) {
            occupied += cells.sizes[j] > 0 && together(reach, j, cell) ? 1 : 0;
        }
        return sum / occupied;
    }
}
