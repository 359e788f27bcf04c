package dev.ratelab.loss;

import dev.ratelab.loss.TranslationAlignment.Reach;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.AtomMass;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Map;

/**
 * Euclidean errors of parameters by kind, apart for cells of one fitted atom and of several; of the parameters as they are and,
 * where the gate has others, of its invariant ones.
 *
 * <p>Gate parameters are compared in this gauge: with {@code v_i} the share of atom {@code i} in the mass of its cell, the
 * value of a cell is {@code log sum_i w_i} for the bias and {@code sum_i v_i beta1_i} for the rest; the estimate is translated,
 * in the parameters that the gate lets translate, such that the mean over non-empty cells (of a group, if groups translate
 * apart) of (cell value - true value) is 0. The bias of an atom is compared by cell: only the total mass of a cell has a true
 * value. A bias that is not the logarithm of the mass, such as one that a temperature divides, has the cell value
 * {@code sum_i v_i (beta0_i - l log w_i) + l log sum_i w_i}, {@code l = sum_i v_i d beta0_i / d log w_i}; that of a cell of several
 * atoms with weights that saturate, such as sigmoids, is the bias of one atom with their total mass, undefined if no bias gives it.
 *
 * <p>Experts are compared in the equivalent of their parameters that is nearest to the true ones.
 */
final class ParameterErrors {
    private static final double STEP = 1e-5;
    private static final double LARGEST_BIAS = 30;

    private final MixtureOfExperts model;
    private final List<Atom> estimate;
    private final List<Atom> truth;
    private final MixingMeasure measure;
    private final MixingMeasure target;
    private final VoronoiCells cells;
    private final int[] sizes;
    private final double[] cellLogMass;
    private final double[] share;
    private final Map<LossName, Double> losses;

    private ParameterErrors(
            MixtureOfExperts model,
            List<Atom> estimate,
            MixingMeasure measure,
            List<Atom> truth,
            MixingMeasure targetMeasure,
            VoronoiCells cells,
            Map<LossName, Double> losses) {
        this.model = model;
        this.estimate = estimate;
        this.truth = truth;
        this.measure = measure;
        this.target = targetMeasure;
        this.cells = cells;
        this.sizes = cells.sizes();
        this.losses = losses;
        this.cellLogMass = cellLogMass(measure.logMass, cells, sizes);
        this.share = new double[measure.atoms];
        for (int i = 0; i < share.length; i++) {
            share[i] = Elementary.exp(measure.logMass[i] - cellLogMass[cells.cellOf()[i]]);
        }
    }

    /**
     * Adds the errors of an estimate.
     *
     * @param model the fitted family
     * @param estimate its atoms
     * @param measure their measure, with the experts nearest to the target's
     * @param target the atoms that they are compared with
     * @param targetMeasure their measure
     * @param variances whether variances are parameters
     * @param functionErrors distance of the function of each fitted expert from that of the true atom of its cell
     * @param losses modified
     */
    static void add(
            MixtureOfExperts model,
            List<Atom> estimate,
            MixingMeasure measure,
            List<Atom> target,
            MixingMeasure targetMeasure,
            VoronoiCells cells,
            boolean variances,
            double[] functionErrors,
            Map<LossName, Double> losses) {
        ParameterErrors errors = new ParameterErrors(model, estimate, measure, target, targetMeasure, cells, losses);
        Gate gate = model.gate();
        int dimension = model.dimension();
        List<ParameterKind> raw = gate.kinds(dimension);
        errors.addGate(
                raw,
                raw(targetMeasure, gate, dimension),
                errors.rawForms(estimate, measure),
                errors.rawForms(target, targetMeasure));
        List<ParameterKind> invariant = gate.invariantForm(dimension).kinds().stream()
                .filter(kind -> raw.stream().noneMatch(other -> other.name().equals(kind.name())))
                .toList();
        if (!invariant.isEmpty()) {
            errors.addGate(
                    invariant,
                    targetMeasure.structure.alignment(),
                    errors.invariantForms(estimate),
                    errors.invariantForms(target));
        }
        for (ParameterKind kind : model.expert().kinds(dimension)) {
            errors.addExpertKind(kind);
        }
        errors.put(ErrorKinds.EXPERT_FUNCTION, functionErrors, false);
        if (variances) {
            errors.addVariance();
        }
    }

    private static TranslationAlignment raw(MixingMeasure target, Gate gate, int dimension) {
        return TranslationAlignment.of(gate, target.atoms, dimension, parameters -> parameters);
    }

    /** Gate parameters as they are, but for biases that are logarithms of probabilities. */
    private double[][] rawForms(List<Atom> atoms, MixingMeasure of) {
        double[][] forms = new double[atoms.size()][];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = atoms.get(i).gate();
            if (of.structure.probabilities() && of.structure.mass() >= 0) {
                forms[i] = forms[i].clone();
                forms[i][of.structure.mass()] = of.logMass[i];
            }
        }
        return forms;
    }

    private double[][] invariantForms(List<Atom> atoms) {
        InvariantForm coordinates = model.gate().invariantForm(model.dimension());
        double[][] forms = new double[atoms.size()][];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = coordinates.of(atoms.get(i).gate());
        }
        return forms;
    }

    private static double[] cellLogMass(double[] logMass, VoronoiCells cells, int[] sizes) {
        double[] result = new double[sizes.length];
        for (int j = 0; j < sizes.length; j++) {
            double[] members = new double[sizes[j]];
            int next = 0;
            for (int i = 0; i < logMass.length; i++) {
                if (cells.cellOf()[i] == j) {
                    members[next++] = logMass[i];
                }
            }
            result[j] = Elementary.logSumExp(members);
        }
        return result;
    }

    private int cell(int atom) {
        return cells.cellOf()[atom];
    }

    private void addGate(
            List<ParameterKind> kinds, TranslationAlignment alignment, double[][] fitted, double[][] target) {
        for (ParameterKind kind : kinds) {
            if (kind.length() == 1 && isMass(kind.name())) {
                addBias(kind, alignment.reach(kind.offset()), fitted, target);
            } else {
                addGateKind(kind, alignment, fitted, target);
            }
        }
    }

    /** Whether a kind stands for the mass of an atom, by its name. */
    static boolean isMass(String kind) {
        return kind.startsWith("gate-bias") || kind.startsWith("gate-inner-bias");
    }

    private void addBias(ParameterKind kind, Reach reach, double[][] fitted, double[][] target) {
        int index = kind.offset();
        double[] value = cellBias(index, fitted);
        double[] difference = new double[sizes.length];
        for (int j = 0; j < sizes.length; j++) {
            difference[j] = sizes[j] > 0 ? value[j] - target[j][index] : 0;
        }
        double[] error = new double[estimate.size()];
        for (int i = 0; i < error.length; i++) {
            int j = cell(i);
            double shift = reach == Reach.NONE ? 0 : meanOverCells(difference, reach, j);
            error[i] = Math.abs(value[j] - shift - target[j][index]);
        }
        put(kind.name(), error, true);
    }

    /** The bias of each cell. */
    private double[] cellBias(int index, double[][] fitted) {
        boolean same = true;
        for (int i = 0; i < fitted.length; i++) {
            same &= fitted[i][index] == measure.logMass[i];
        }
        if (same) {
            return cellLogMass;
        }
        double[] value = new double[sizes.length];
        double[] rate = new double[sizes.length];
        for (int i = 0; i < fitted.length; i++) {
            double unit = fitted[i] == estimate.get(i).gate() ? rate(fitted[i], index) : 1;
            value[cell(i)] += share[i] * (fitted[i][index] - unit * measure.logMass[i]);
            rate[cell(i)] += share[i] * unit;
        }
        for (int j = 0; j < sizes.length; j++) {
            if (sizes[j] > 0) {
                value[j] += rate[j] * cellLogMass[j];
            }
        }
        for (int i = 0; i < fitted.length && measure.structure.saturating(); i++) {
            if (sizes[cell(i)] > 1 && fitted[i] == estimate.get(i).gate()) {
                value[cell(i)] = biasOf(cellLogMass[cell(i)], fitted[i], index);
            }
        }
        return value;
    }

    /** The bias, within {@link #LARGEST_BIAS}, at which an atom has a log mass that grows with it; {@code NaN} if there is none. */
    private double biasOf(double logMass, double[] gate, int index) {
        double low = -LARGEST_BIAS;
        double high = LARGEST_BIAS;
        if (!(logMassAt(low, gate, index) <= logMass && logMass <= logMassAt(high, gate, index))) {
            return Double.NaN;
        }
        for (double middle = 0; middle > low && middle < high; middle = 0.5 * (low + high)) {
            if (logMassAt(middle, gate, index) < logMass) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double logMassAt(double bias, double[] gate, int index) {
        double[] moved = gate.clone();
        moved[index] = bias;
        return model.gate().mass().log(moved, model.dimension());
    }

    /** {@code d beta0 / d log w} at the parameters of one atom. */
    private double rate(double[] gate, int index) {
        double[] up = gate.clone();
        double[] down = gate.clone();
        up[index] += STEP;
        down[index] -= STEP;
        AtomMass mass = model.gate().mass();
        double change = mass.log(up, model.dimension()) - mass.log(down, model.dimension());
        return change == 0 ? 1 : (up[index] - down[index]) / change;
    }

    private double meanOverCells(double[] difference, Reach reach, int cell) {
        double sum = 0;
        int occupied = 0;
        for (int j = 0; j < sizes.length; j++) {
            if (sizes[j] > 0 && together(reach, j, cell)) {
                sum += difference[j];
                occupied++;
            }
        }
        return sum / occupied;
    }

    private boolean together(Reach reach, int cell, int other) {
        return reach == Reach.ALL || target.structure.group(cell) == target.structure.group(other);
    }

    private void addGateKind(ParameterKind kind, TranslationAlignment alignment, double[][] fitted, double[][] target) {
        int k = estimate.size();
        double[] squares = new double[k];
        for (int c = kind.offset(); c < kind.offset() + kind.length(); c++) {
            Reach reach = alignment.reach(c);
            for (int i = 0; i < k; i++) {
                double shift = reach == Reach.NONE ? 0 : shift(c, reach, cell(i), fitted, target);
                double difference = fitted[i][c] - shift - target[cell(i)][c];
                squares[i] += difference * difference;
            }
        }
        put(kind.name(), roots(squares), false);
    }

    /** Mean over non-empty cells that move together of the cell's value of a gate parameter less its true value. */
    private double shift(int component, Reach reach, int cell, double[][] fitted, double[][] target) {
        double sum = 0;
        int occupied = 0;
        for (int i = 0; i < fitted.length; i++) {
            if (together(reach, cell(i), cell)) {
                sum += share[i] * (fitted[i][component] - target[cell(i)][component]);
            }
        }
        for (int j = 0; j < sizes.length; j++) {
            occupied += sizes[j] > 0 && together(reach, j, cell) ? 1 : 0;
        }
        return sum / occupied;
    }

    private void addExpertKind(ParameterKind kind) {
        double[] squares = new double[estimate.size()];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = MixingMeasure.squaredDistance(
                    measure.expertNear(i, cell(i)), truth.get(cell(i)).expert(), kind.offset(), kind.length());
        }
        put(kind.name(), roots(squares), false);
    }

    private void addVariance() {
        double[] error = new double[estimate.size()];
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.abs(estimate.get(i).variance() - truth.get(cell(i)).variance());
        }
        put(ErrorKinds.VARIANCE, error, false);
    }

    private static double[] roots(double[] squares) {
        double[] roots = new double[squares.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(squares[i]);
        }
        return roots;
    }

    private void put(String kind, double[] error, boolean oneOfCell) {
        double exact = 0;
        double over = 0;
        double weighted = 0;
        int exactAtoms = 0;
        for (int i = 0; i < error.length; i++) {
            if (sizes[cell(i)] == 1) {
                exact += error[i];
                exactAtoms++;
                losses.put(LossName.ofAtom(kind, cell(i) + 1), error[i]);
            } else {
                over += error[i];
                weighted += share[i] * error[i];
            }
        }
        if (exactAtoms > 0) {
            losses.put(LossName.error(kind, Regime.EXACT), exact / exactAtoms);
        }
        int overAtoms = error.length - exactAtoms;
        if (overAtoms > 0) {
            int overCells = 0;
            for (int size : sizes) {
                overCells += size > 1 ? 1 : 0;
            }
            double byCell = weighted / overCells;
            losses.put(LossName.error(kind, Regime.OVER), oneOfCell ? byCell : over / overAtoms);
            losses.put(LossName.error(kind, Regime.OVER_WEIGHTED), byCell);
        }
    }
}
