package dev.ratelab.loss;

import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Map;

/**
 * Euclidean errors of parameters by kind, apart for cells of one fitted atom and of several; of the gate's parameters as they are and,
 * where the gate has others, of its invariant ones ({@link GateErrors}).
 *
 * <p>Experts are compared in the equivalent of their parameters that is nearest to the true ones.
 */
final class ParameterErrors {
    private ParameterErrors() {}

    /**
     * Adds the errors of an estimate.
     *
     * @param model the fitted family
     * @param estimate its atoms, with the experts nearest to the true ones
     * @param truth the atoms that they are compared with
     * @param cells the cells of the estimate
     * @param variances whether variances are parameters
     * @param functionErrors distance of the function of each fitted expert from that of the true atom of its cell
     * @param losses modified
     */
    static void add(
            MixtureOfExperts model,
            MixingMeasure estimate,
            MixingMeasure truth,
            VoronoiCells cells,
            boolean variances,
            double[] functionErrors,
            Map<LossName, Double> losses) {
        CellSums sums = new CellSums(estimate, cells);
        GateCoordinates raw = truth.structure.raw();
        List<String> rawNames = ParameterKind.names(raw.kinds());
        addGate(model, raw, raw.kinds(), estimate, truth, sums, losses);
        GateCoordinates invariant = truth.structure.invariant();
        List<ParameterKind> others = invariant.kinds().stream()
                .filter(kind -> !rawNames.contains(kind.name()))
                .toList();
        addGate(model, invariant, others, estimate, truth, sums, losses);
        double[] error = new double[estimate.atoms];
        for (ParameterKind kind : model.expert().kinds(model.dimension())) {
            for (int i = 0; i < error.length; i++) {
                int j = sums.cell(i);
                error[i] = Math.sqrt(MixingMeasure.squaredDistance(
                        estimate.expertNear(i, j), truth.expert[j], kind.offset(), kind.length()));
            }
            sums.put(kind.name(), error, false, losses);
        }
        sums.put(ErrorKinds.EXPERT_FUNCTION, functionErrors, false, losses);
        if (variances) {
            for (int i = 0; i < error.length; i++) {
                error[i] = Math.abs(estimate.variance[i] - truth.variance[sums.cell(i)]);
            }
            sums.put(ErrorKinds.VARIANCE, error, false, losses);
        }
    }

    private static void addGate(
            MixtureOfExperts model,
            GateCoordinates coordinates,
            List<ParameterKind> kinds,
            MixingMeasure estimate,
            MixingMeasure truth,
            CellSums sums,
            Map<LossName, Double> losses) {
        if (kinds.isEmpty()) {
            return;
        }
        GateErrors errors = new GateErrors(model.gate(), model.dimension(), coordinates, estimate, truth, sums);
        for (ParameterKind kind : kinds) {
            sums.put(kind.name(), errors.of(kind), coordinates.isMass(kind), losses);
        }
    }
}
