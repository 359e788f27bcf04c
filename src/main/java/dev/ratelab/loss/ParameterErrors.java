package dev.ratelab.loss;

import dev.ratelab.data.Truth;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Map;

/**
 * Euclidean errors of parameters by kind, apart for cells of one fitted atom and of several.
 *
 * <p>Gate parameters are compared in this gauge: with {@code v_i} the share of atom {@code i} in the mass of its cell,
 * the value of a cell is {@code log sum_i exp(beta0_i)} for the bias and {@code sum_i v_i beta1_i} for the rest; the
 * estimate is translated, in the parameters that the gate lets translate, such that the mean over non-empty cells of
 * (cell value - true value) is 0. The bias of an atom is compared by cell: only the total mass of a cell has a true
 * value.
 */
final class ParameterErrors {
    static final String EXACT = "-error-exact";
    static final String OVER = "-error-over";
    static final String OVER_WEIGHTED = "-error-over-weighted";
    static final String ATOM = "-error-atom-";
    static final String VARIANCE = "variance";

    private final List<Atom> estimate;
    private final List<Atom> truth;
    private final VoronoiCells cells;
    private final int[] sizes;
    private final double[] cellLogMass;
    private final double[] share;
    private final Map<String, Double> losses;

    private ParameterErrors(
            Truth truth, List<Atom> estimate, double[] logMass, VoronoiCells cells, Map<String, Double> losses) {
        this.estimate = estimate;
        this.truth = truth.atoms();
        this.cells = cells;
        this.sizes = cells.sizes();
        this.losses = losses;
        this.cellLogMass = cellLogMass(logMass, cells, sizes);
        this.share = new double[logMass.length];
        for (int i = 0; i < share.length; i++) {
            share[i] = Elementary.exp(logMass[i] - cellLogMass[cells.cellOf()[i]]);
        }
    }

    /**
     * Adds the errors of an estimate.
     *
     * @param logMass {@code beta0_i} of the estimate; not modified
     * @param losses modified
     */
    static void add(
            Truth truth,
            TranslationAlignment alignment,
            List<Atom> estimate,
            double[] logMass,
            VoronoiCells cells,
            Map<String, Double> losses) {
        ParameterErrors errors = new ParameterErrors(truth, estimate, logMass, cells, losses);
        int dimension = truth.model().dimension();
        int bias = MixingMeasure.biasIndex(truth.model());
        for (ParameterKind kind : truth.model().gate().kinds(dimension)) {
            if (kind.offset() == bias) {
                errors.addBias(bias, alignment.movable(bias));
            } else {
                errors.addGateKind(kind, alignment);
            }
        }
        for (ParameterKind kind : truth.model().expert().kinds(dimension)) {
            errors.addExpertKind(kind);
        }
        errors.addVariance();
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

    private void addBias(int index, boolean movable) {
        double shift = 0;
        int occupied = 0;
        for (int j = 0; j < sizes.length; j++) {
            if (sizes[j] > 0) {
                shift += cellLogMass[j] - truth.get(j).gate()[index];
                occupied++;
            }
        }
        shift = movable ? shift / occupied : 0;
        double[] error = new double[estimate.size()];
        for (int i = 0; i < error.length; i++) {
            int j = cell(i);
            error[i] = Math.abs(cellLogMass[j] - shift - truth.get(j).gate()[index]);
        }
        put(MixingMeasure.GATE_BIAS, error, true);
    }

    private void addGateKind(ParameterKind kind, TranslationAlignment alignment) {
        int k = estimate.size();
        double[] squares = new double[k];
        for (int c = kind.offset(); c < kind.offset() + kind.length(); c++) {
            double shift = alignment.movable(c) ? shift(c) : 0;
            for (int i = 0; i < k; i++) {
                double difference =
                        estimate.get(i).gate()[c] - shift - truth.get(cell(i)).gate()[c];
                squares[i] += difference * difference;
            }
        }
        put(kind.name(), roots(squares), false);
    }

    /** Mean over non-empty cells of the cell's value of a gate parameter less its true value. */
    private double shift(int component) {
        double sum = 0;
        int occupied = 0;
        for (int i = 0; i < estimate.size(); i++) {
            sum += share[i]
                    * (estimate.get(i).gate()[component] - truth.get(cell(i)).gate()[component]);
        }
        for (int size : sizes) {
            occupied += size > 0 ? 1 : 0;
        }
        return sum / occupied;
    }

    private void addExpertKind(ParameterKind kind) {
        double[] squares = new double[estimate.size()];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = MixingMeasure.squaredDistance(
                    estimate.get(i).expert(), truth.get(cell(i)).expert(), kind.offset(), kind.length());
        }
        put(kind.name(), roots(squares), false);
    }

    private void addVariance() {
        double[] error = new double[estimate.size()];
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.abs(estimate.get(i).variance() - truth.get(cell(i)).variance());
        }
        put(VARIANCE, error, false);
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
                losses.put(kind + ATOM + (cell(i) + 1), error[i]);
            } else {
                over += error[i];
                weighted += share[i] * error[i];
            }
        }
        if (exactAtoms > 0) {
            losses.put(kind + EXACT, exact / exactAtoms);
        }
        int overAtoms = error.length - exactAtoms;
        if (overAtoms > 0) {
            int overCells = 0;
            for (int size : sizes) {
                overCells += size > 1 ? 1 : 0;
            }
            double byCell = weighted / overCells;
            losses.put(kind + OVER, oneOfCell ? byCell : over / overAtoms);
            losses.put(kind + OVER_WEIGHTED, byCell);
        }
    }
}
