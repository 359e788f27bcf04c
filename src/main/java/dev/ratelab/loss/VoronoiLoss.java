package dev.ratelab.loss;

import dev.ratelab.loss.Powers.Exponent;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Voronoi losses, with the infimum over the translations of the estimate that its gate allows.
 *
 * <p>With masses {@code w_i}, cells {@code A_j} of {@code m_j} atoms, differences {@code d..} of fitted atom {@code i} from
 * true atom {@code j} in the gate's location {@code l}, expert {@code eta} and variance {@code nu}, and the estimate scaled by
 * {@code s = exp(t0)}:
 * <pre>
 *   D(s, t) = sum_j |s sum_{i in A_j} w_i - w*_j| + s B(t)
 *   D1: B = sum_i w_i |(dl - t, deta, dnu)|
 *   D2: as D1 where m_j = 1, else w_i sum_p |(those with the power p)|^p, powers by {@link Powers}
 * </pre>
 * {@code t} has the coordinates of the location that the gate lets translate, {@code s} is 1 unless it lets the bias. With the
 * softmax gate and linear experts {@code D2} has {@code |(dbeta1 - t1, db)|^r + |(da, dnu)|^(r / 2)}, {@code r = r(m_j)}
 * (arXiv 2305.03288). B is convex in {@code t} and does not depend on {@code s}, so it is minimised first ({@link RadialSum});
 * what remains is convex and piecewise linear in {@code s}, with its infimum at a breakpoint {@code w*_j / W_j} or at 0. The
 * masses of gates that model the inputs are probabilities: they sum to one on both sides, and {@code s = 1}.
 *
 * <p>Sigmoid gates (arXiv 2505.10860, D3 and D4): {@code w_i = sigmoid(beta0_i)}, which enter {@code |sum w_i - w*_j|} of cells
 * of no or several atoms only; errors are not weighted, and in cells of one atom those of {@code beta0} are among them. The biases
 * of several atoms have no true values, only their total mass has.
 *
 * <p>Cells: first by what does not translate; then, with the {@code t} found, by {@code (l - t, eta, nu)}, and so on until they
 * do not change, at most {@link #MAX_PASSES} times. The smallest value met is the loss; its cells are kept.
 */
final class VoronoiLoss {
    static final int MAX_PASSES = 10;

    private static final String CENTRE = "gate-centre";

    private final MixingMeasure truth;
    private final double[] trueMass;
    private final List<ParameterKind> expertKinds;
    private final Powers powers;
    private final int[] moving;
    private final boolean[] moves;

    /**
     * The value of a loss.
     *
     * @param value the loss, in units of mass times parameters
     * @param cells the cells at which it was met
     */
    record Value(double value, VoronoiCells cells) {}

    private VoronoiLoss(MixingMeasure truth, List<ParameterKind> expertKinds, Powers powers, double[] trueMass) {
        this.truth = truth;
        this.trueMass = trueMass;
        this.expertKinds = expertKinds;
        this.powers = powers;
        int count = truth.location[0].length;
        this.moves = new boolean[count];
        int[] list = new int[count];
        int next = 0;
        for (int c = 0; c < count; c++) {
            moves[c] = truth.movable(c);
            if (moves[c]) {
                list[next++] = c;
            }
        }
        this.moving = Arrays.copyOf(list, next);
    }

    /** The loss D1 to a truth. */
    static VoronoiLoss first(MixingMeasure truth) {
        return of(truth, List.of(), Powers.FIRST);
    }

    /**
     * A loss to a truth.
     *
     * @param expertKinds kinds of the expert's parameters
     */
    static VoronoiLoss of(MixingMeasure truth, List<ParameterKind> expertKinds, Powers powers) {
        boolean unit = truth.structure.probabilities();
        return new VoronoiLoss(truth, expertKinds, powers, unit ? truth.normalisedMasses() : truth.masses());
    }

    /** As above with true masses that sum to one where a common factor of them is free. */
    static VoronoiLoss normalised(MixingMeasure truth, List<ParameterKind> expertKinds, Powers powers) {
        boolean unit = truth.structure.scaleFree() || truth.structure.probabilities();
        return new VoronoiLoss(truth, expertKinds, powers, unit ? truth.normalisedMasses() : truth.masses());
    }

    /**
     * The exponent r(m) of a cell of m atoms: 1, 4 and 6 for m = 1, 2, 3. For {@code m >= 4} only {@code r(m) >= 7} is
     * known, and 7 is used.
     */
    static int exponent(int size) {
        return switch (size) {
            case 1 -> 1;
            case 2 -> 4;
            case 3 -> 6;
            default -> 7;
        };
    }

    /** True masses. */
    double[] trueMass() {
        return trueMass;
    }

    /** The loss of an estimate. */
    Value of(MixingMeasure estimate) {
        double[] mass = masses(estimate);
        boolean[] all = new boolean[truth.atoms];
        Arrays.fill(all, true);
        VoronoiCells cells = VoronoiCells.byExpert(estimate, truth);
        Value best = null;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            Terms terms = terms(estimate, mass, cells, all);
            double[] shift = terms.moving.minimise();
            double value = overScale(mass, cells, all, terms.moving.value(shift) + terms.fixed);
            if (best == null || value < best.value) {
                best = new Value(value, cells);
            }
            VoronoiCells next = VoronoiCells.byAll(estimate, truth, inLocation(shift));
            if (Arrays.equals(next.cellOf(), cells.cellOf())) {
                break;
            }
            cells = next;
        }
        return best;
    }

    /** The loss of an estimate with given cells, of which only those marked count. */
    double of(MixingMeasure estimate, VoronoiCells cells, boolean[] counts) {
        double[] mass = masses(estimate);
        if (Arrays.stream(cells.cellOf()).noneMatch(cell -> counts[cell])) {
            return overScale(mass, cells, counts, 0);
        }
        Terms terms = terms(estimate, mass, cells, counts);
        return overScale(mass, cells, counts, terms.moving.value(terms.moving.minimise()) + terms.fixed);
    }

    private double[] masses(MixingMeasure estimate) {
        boolean unit = truth.structure.scaleFree() || truth.structure.probabilities();
        return unit ? estimate.normalisedMasses() : estimate.masses();
    }

    private double[] inLocation(double[] shift) {
        double[] full = new double[moves.length];
        for (int c = 0; c < moving.length; c++) {
            full[moving[c]] = shift[c];
        }
        return full;
    }

    /** The part of B that depends on {@code t} and the rest. */
    private record Terms(RadialSum moving, double fixed) {}

    private Terms terms(MixingMeasure estimate, double[] mass, VoronoiCells cells, boolean[] counts) {
        int[] sizes = cells.sizes();
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < estimate.atoms; i++) {
            if (counts[cells.cellOf()[i]]) {
                members.add(i);
            }
        }
        int k = members.size();
        double[] coefficient = new double[k];
        double[][] centre = new double[k][moving.length];
        double[] offset = new double[k];
        int[] power = new int[k];
        double fixed = 0;
        for (int term = 0; term < k; term++) {
            int i = members.get(term);
            int j = cells.cellOf()[i];
            coefficient[term] = truth.structure.saturating() ? 1 : mass[i];
            for (int c = 0; c < moving.length; c++) {
                centre[term][c] = estimate.location[i][moving[c]] - truth.location[j][moving[c]];
            }
            Exponent leading = leading(sizes[j]);
            power[term] = leading.whole(sizes[j]);
            if (power[term] == 1) {
                offset[term] = estimate.squaredExpertDistance(i, truth, j)
                        + estimate.squaredFixedDistance(i, truth, j, sizes[j] == 1);
            } else {
                offset[term] = squares(estimate, i, j, leading);
                for (Exponent other : Exponent.values()) {
                    if (other != leading && other != Exponent.ONE) {
                        fixed += coefficient[term] * other.of(squares(estimate, i, j, other), sizes[j]);
                    }
                }
            }
        }
        return new Terms(new RadialSum(coefficient, centre, offset, power), fixed);
    }

    /** The exponent of the coordinates that translate; of the first that is a whole number if there are none. */
    private Exponent leading(int size) {
        if (size == 1 || powers.otherwise() == Exponent.ONE) {
            return Exponent.ONE;
        }
        return moving.length > 0 ? powers.of(truth.kind(moving[0]).name()) : Exponent.TWO;
    }

    /** Sum of squared differences of all that has an exponent in a cell of several, but of coordinates that translate or are masses. */
    private double squares(MixingMeasure estimate, int i, int j, Exponent exponent) {
        double sum = 0;
        double[] fitted = estimate.expertNear(i, j);
        double[] trueCentre = centre(j);
        for (ParameterKind kind : expertKinds) {
            if (powers.at(kind.name(), trueCentre) == exponent) {
                sum += MixingMeasure.squaredDistance(fitted, truth.expert[j], kind.offset(), kind.length());
            }
        }
        if (powers.of(ErrorKinds.VARIANCE) == exponent) {
            double dv = estimate.variance[i] - truth.variance[j];
            sum += dv * dv;
        }
        for (int c = 0; c < moves.length; c++) {
            if (!moves[c] && !truth.isMass(c) && powers.of(truth.kind(c).name()) == exponent) {
                double difference = estimate.location[i][c] - truth.location[j][c];
                sum += difference * difference;
            }
        }
        return sum;
    }

    private double[] centre(int j) {
        double[] values = new double[moves.length];
        int count = 0;
        for (int c = 0; c < moves.length; c++) {
            if (truth.kind(c).name().equals(CENTRE)) {
                values[count++] = truth.location[j][c];
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** The infimum over {@code s > 0} of {@code sum_j |s W_j - w*_j| + s B}; its value at {@code s = 1} if s is not free. */
    private double overScale(double[] mass, VoronoiCells cells, boolean[] counts, double penalty) {
        double[] cellMass = new double[cells.trueAtoms()];
        for (int i = 0; i < mass.length; i++) {
            cellMass[cells.cellOf()[i]] += mass[i];
        }
        if (truth.structure.saturating()) {
            int[] sizes = cells.sizes();
            boolean[] several = counts.clone();
            for (int j = 0; j < several.length; j++) {
                several[j] &= sizes[j] != 1;
            }
            return scaled(cellMass, several, penalty, 1);
        }
        if (!truth.structure.scaleFree()) {
            return scaled(cellMass, counts, penalty, 1);
        }
        double best = scaled(cellMass, counts, penalty, 0);
        for (int j = 0; j < cellMass.length; j++) {
            if (counts[j] && cellMass[j] > 0) {
                double scale = trueMass[j] / cellMass[j];
                if (scale < Double.POSITIVE_INFINITY) {
                    best = Math.min(best, scaled(cellMass, counts, penalty, scale));
                }
            }
        }
        return best;
    }

    private double scaled(double[] cellMass, boolean[] counts, double penalty, double scale) {
        double sum = scale * penalty;
        for (int j = 0; j < cellMass.length; j++) {
            if (counts[j]) {
                sum += Math.abs(scale * cellMass[j] - trueMass[j]);
            }
        }
        return sum;
    }
}
