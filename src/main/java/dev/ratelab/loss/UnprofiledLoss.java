package dev.ratelab.loss;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.List;

/**
 * The losses as the code released with arXiv 2305.03288 computes them, so that published curves can be compared. They
 * depend on the anchor and are no measure of the distance between mixing measures: if the estimate splits its anchor,
 * the masses of all cells are off by a factor, and the loss stays as large as the true masses, however good it is.
 *
 * <p>The truth is translated such that the gate parameters of its last atom are 0, the estimate such that those of one
 * of its atoms are: that code has a labelled last atom; here it is the atom that is nearest to the last true atom by
 * the Euclidean distance of expert parameters and variance (ties to the lower index). The cells are the nearest true
 * atoms by {@code |dbeta1| + sum over kinds of the expert |deta_kind| + |dnu|}. With {@code w_i = exp(beta0_i)}:
 * <pre>
 *   D1 = sum_j |sum_{i in A_j} w_i - w*_j| + sum_i w_i (|dbeta1| + |db| + |da| + |dnu|)
 *   D2: as D1 where m_j = 1, else w_i (|dbeta1|^r + |db|^r + |da|^(r/2) + |dnu|^(r/2)), r = r(m_j)
 * </pre>
 */
final class UnprofiledLoss {
    private static final String INTERCEPT = "intercept";
    private static final String SLOPE = "slope";

    private final MixingMeasure truth;
    private final List<ParameterKind> kinds;

    /** Whether the loss is defined: the published code is for softmax gates and densities. */
    static boolean defined(MixtureOfExperts model) {
        return model.gate().id().equals("softmax") && model.problem() == Problem.DENSITY;
    }

    /** Whether D2 is defined: the parameters of the expert are an intercept and a slope. */
    static boolean hasSecond(List<ParameterKind> expertKinds) {
        return expertKinds.stream().map(ParameterKind::name).toList().equals(List.of(INTERCEPT, SLOPE));
    }

    UnprofiledLoss(MixingMeasure truth, List<ParameterKind> expertKinds) {
        this.truth = truth;
        this.kinds = expertKinds;
    }

    /** D1 of an estimate. */
    double first(MixingMeasure estimate) {
        return loss(estimate, false);
    }

    /** D2 of an estimate; the expert's kinds are intercept and slope. */
    double second(MixingMeasure estimate) {
        return loss(estimate, true);
    }

    private double loss(MixingMeasure estimate, boolean powers) {
        int last = truth.atoms - 1;
        int anchor = nearestToLast(estimate);
        double[][][] norms = new double[estimate.atoms][truth.atoms][];
        int[] cellOf = new int[estimate.atoms];
        for (int i = 0; i < estimate.atoms; i++) {
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < truth.atoms; j++) {
                norms[i][j] = norms(estimate, i, j, anchor, last);
                double distance = 0;
                for (double norm : norms[i][j]) {
                    distance += norm;
                }
                if (distance < best) {
                    best = distance;
                    cellOf[i] = j;
                }
            }
        }
        int[] sizes = new VoronoiCells(cellOf, truth.atoms).sizes();
        double[] cellMass = new double[truth.atoms];
        double sum = 0;
        for (int i = 0; i < estimate.atoms; i++) {
            int j = cellOf[i];
            double mass = Elementary.exp(estimate.logMass[i] - estimate.logMass[anchor]);
            cellMass[j] += mass;
            sum += mass * bracket(norms[i][j], powers ? VoronoiLoss.exponent(sizes[j]) : 1);
        }
        for (int j = 0; j < truth.atoms; j++) {
            sum += Math.abs(cellMass[j] - Elementary.exp(truth.logMass[j] - truth.logMass[last]));
        }
        return sum;
    }

    private int nearestToLast(MixingMeasure estimate) {
        int nearest = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < estimate.atoms; i++) {
            double distance = estimate.squaredExpertDistance(i, truth, truth.atoms - 1);
            if (distance < best) {
                best = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    /** Norms of the anchored differences: gate weight, each kind of the expert, variance. */
    private double[] norms(MixingMeasure estimate, int i, int j, int anchor, int last) {
        double[] norms = new double[kinds.size() + 2];
        double[] fitted = MixingMeasure.minus(estimate.location[i], estimate.location[anchor]);
        double[] target = MixingMeasure.minus(truth.location[j], truth.location[last]);
        norms[0] = Math.sqrt(MixingMeasure.squaredDistance(fitted, target, 0, fitted.length));
        for (int c = 0; c < kinds.size(); c++) {
            ParameterKind kind = kinds.get(c);
            norms[1 + c] = Math.sqrt(
                    MixingMeasure.squaredDistance(estimate.expert[i], truth.expert[j], kind.offset(), kind.length()));
        }
        norms[norms.length - 1] = Math.abs(estimate.variance[i] - truth.variance[j]);
        return norms;
    }

    /**
     * Gate weight and intercept to the power r, slope and variance to the power r / 2; all to the power 1 if r is 1.
     */
    private static double bracket(double[] norms, int exponent) {
        double sum = 0;
        for (int c = 0; c < norms.length; c++) {
            if (exponent == 1) {
                sum += norms[c];
            } else {
                sum += RadialSum.halfPower(c < 2 ? norms[c] * norms[c] : norms[c], exponent);
            }
        }
        return sum;
    }
}
