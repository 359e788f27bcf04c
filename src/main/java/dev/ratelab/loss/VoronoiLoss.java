package dev.ratelab.loss;

import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/**
 * The Voronoi losses of arXiv 2305.03288 for the Gaussian mixture of experts with softmax gate, with the infimum over
 * the translation {@code (t0, t1)} of the estimate.
 *
 * <p>With {@code w_i = exp(beta0_i)}, cells {@code A_j} of {@code m_j} atoms, {@code r = r(m_j)} and differences
 * {@code d..} of fitted atom {@code i} from true atom {@code j}, and the estimate scaled by {@code s = exp(t0)}:
 * <pre>
 *   D(s, t1) = sum_j |s sum_{i in A_j} w_i - w*_j| + s B(t1)
 *   D1: B = sum_i w_i |(dbeta1 - t1, deta, dnu)|
 *   D2: as D1 where m_j = 1, else w_i [ |(dbeta1 - t1, db)|^r + |(da, dnu)|^(r / 2) ]
 * </pre>
 * {@code b} is the intercept and {@code a} the slope of a linear expert. B is convex in {@code t1} and does not depend
 * on {@code s}, so it is minimised first ({@link RadialSum}); what remains is convex and piecewise linear in {@code s},
 * with its infimum at a breakpoint {@code w*_j / W_j} or at 0.
 *
 * <p>Cells: first by {@code (eta, nu)}; then, with the {@code t1} found, by {@code (beta1 - t1, eta, nu)}, and so on
 * until they do not change, at most {@link #MAX_PASSES} times. The smallest value met is the loss; its cells are kept.
 */
final class VoronoiLoss {
    static final int MAX_PASSES = 10;

    private static final String INTERCEPT = "intercept";
    private static final String SLOPE = "slope";

    private final MixingMeasure truth;
    private final double[] trueMass;
    private final ParameterKind intercept;
    private final ParameterKind slope;

    /**
     * The value of a loss.
     *
     * @param value the loss, in units of mass times parameters
     * @param cells the cells at which it was met
     */
    record Value(double value, VoronoiCells cells) {}

    private VoronoiLoss(MixingMeasure truth, ParameterKind intercept, ParameterKind slope) {
        this.truth = truth;
        this.trueMass = truth.masses();
        this.intercept = intercept;
        this.slope = slope;
    }

    /** The loss D1 to a truth. */
    static VoronoiLoss first(MixingMeasure truth) {
        return new VoronoiLoss(truth, null, null);
    }

    /** Whether D2 is defined: the parameters of the expert are an intercept and a slope. */
    static boolean hasSecond(List<ParameterKind> expertKinds) {
        return expertKinds.stream().map(ParameterKind::name).toList().equals(List.of(INTERCEPT, SLOPE));
    }

    /** The loss D2 to a truth whose expert parameters are an intercept and a slope. */
    static VoronoiLoss second(MixingMeasure truth, List<ParameterKind> expertKinds) {
        return new VoronoiLoss(truth, expertKinds.get(0), expertKinds.get(1));
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

    /** The loss of an estimate. */
    Value of(MixingMeasure estimate) {
        double[] mass = estimate.normalisedMasses();
        VoronoiCells cells = estimate.cellsByExpert(truth);
        Value best = null;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            Terms terms = terms(estimate, mass, cells);
            double[] shift = terms.moving.minimise();
            double value = overScale(cellMasses(mass, cells), terms.moving.value(shift) + terms.fixed);
            if (best == null || value < best.value) {
                best = new Value(value, cells);
            }
            VoronoiCells next = estimate.cellsByAll(truth, shift);
            if (Arrays.equals(next.cellOf(), cells.cellOf())) {
                break;
            }
            cells = next;
        }
        return best;
    }

    /** The part of B that depends on {@code t1} and the rest. */
    private record Terms(RadialSum moving, double fixed) {}

    private Terms terms(MixingMeasure estimate, double[] mass, VoronoiCells cells) {
        int k = estimate.atoms;
        int[] sizes = cells.sizes();
        double[][] centre = new double[k][];
        double[] offset = new double[k];
        int[] power = new int[k];
        double fixed = 0;
        for (int i = 0; i < k; i++) {
            int j = cells.cellOf()[i];
            centre[i] = MixingMeasure.minus(estimate.location[i], truth.location[j]);
            power[i] = intercept == null ? 1 : exponent(sizes[j]);
            if (power[i] == 1) {
                offset[i] = estimate.squaredExpertDistance(i, truth, j);
            } else {
                offset[i] = squaredDifference(estimate, i, j, intercept);
                double dv = estimate.variance[i] - truth.variance[j];
                double rest = Math.sqrt(squaredDifference(estimate, i, j, slope) + dv * dv);
                fixed += mass[i] * RadialSum.halfPower(rest, power[i]);
            }
        }
        return new Terms(new RadialSum(mass, centre, offset, power), fixed);
    }

    private double squaredDifference(MixingMeasure estimate, int i, int j, ParameterKind kind) {
        return MixingMeasure.squaredDistance(estimate.expert[i], truth.expert[j], kind.offset(), kind.length());
    }

    private static double[] cellMasses(double[] mass, VoronoiCells cells) {
        double[] sums = new double[cells.trueAtoms()];
        for (int i = 0; i < mass.length; i++) {
            sums[cells.cellOf()[i]] += mass[i];
        }
        return sums;
    }

    /** The infimum over {@code s > 0} of {@code sum_j |s W_j - w*_j| + s B}. */
    private double overScale(double[] cellMass, double penalty) {
        double best = scaled(cellMass, penalty, 0);
        for (int j = 0; j < cellMass.length; j++) {
            if (cellMass[j] > 0) {
                double scale = trueMass[j] / cellMass[j];
                if (scale < Double.POSITIVE_INFINITY) {
                    best = Math.min(best, scaled(cellMass, penalty, scale));
                }
            }
        }
        return best;
    }

    private double scaled(double[] cellMass, double penalty, double scale) {
        double sum = scale * penalty;
        for (int j = 0; j < cellMass.length; j++) {
            sum += Math.abs(scale * cellMass[j] - trueMass[j]);
        }
        return sum;
    }
}
