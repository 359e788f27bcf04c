package dev.ratelab.loss;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All losses of estimates to one truth. Built once for a truth, it holds what does not depend on the estimate.
 * Immutable and safe for use by several threads.
 */
public final class LossEvaluator {
    private final Truth truth;
    private final MixingMeasure measure;
    private final LossNodes nodes;
    private final ConditionalDensity density;
    private final List<ParameterKind> expertKinds;

    /**
     * The losses of one estimate.
     *
     * @param losses every defined loss by its name, in the order of {@link Losses#names()}; undefined ones are absent
     * @param cells the Voronoi cells that parameter errors, shares and {@code gate-l2} refer to; empty if the
     *     parameters of estimate and truth cannot be compared
     */
    public record Evaluation(Map<String, Double> losses, Optional<VoronoiCells> cells) {}

    private LossEvaluator(Truth truth) {
        this.truth = truth;
        this.measure = new MixingMeasure(truth.model(), truth.atoms());
        this.nodes = LossNodes.of(truth);
        this.density = new ConditionalDensity(truth.model(), truth.atoms(), nodes);
        this.expertKinds = truth.model().expert().kinds(truth.model().dimension());
    }

    /** The evaluator of a truth. */
    public static LossEvaluator of(Truth truth) {
        return new LossEvaluator(truth);
    }

    /**
     * All losses of an estimate.
     *
     * <p>Parameters are compared if gate and expert family are the truth's; if not, only losses of predictions are
     * defined. The cells are those at which {@code D2} is met ({@code D1} if {@code D2} is undefined; the nearest true
     * atoms by all parameters but the bias if both are). An estimate with a parameter that is not finite, or a variance
     * that is not positive, has no losses.
     *
     * @param model the fitted family; as many inputs as the truth
     * @param estimate its atoms; not modified
     * @throws IllegalArgumentException if the number of inputs is not the truth's
     */
    public Evaluation evaluate(MixtureOfExperts model, List<Atom> estimate) {
        if (model.dimension() != truth.model().dimension()) {
            throw new IllegalArgumentException("the estimate has " + model.dimension() + " inputs, the truth has "
                    + truth.model().dimension());
        }
        Map<String, Double> found = new LinkedHashMap<>();
        if (!estimate.stream().allMatch(LossEvaluator::finite)) {
            return new Evaluation(found, Optional.empty());
        }
        ConditionalDensity fitted = new ConditionalDensity(model, estimate, nodes);
        found.put(Losses.HELLINGER, PredictionLosses.hellinger(fitted, density, nodes.weights()));
        found.put(Losses.MIN_WEIGHT, PredictionLosses.smallestWeight(fitted, nodes.weights()));
        Optional<VoronoiCells> cells = Optional.empty();
        if (model.gate().id().equals(truth.model().gate().id())
                && model.expert().id().equals(truth.model().expert().id())) {
            TranslationAlignment alignment = TranslationAlignment.of(model);
            MixingMeasure fittedMeasure = new MixingMeasure(model, estimate);
            VoronoiCells assigned = addVoronoiLosses(fittedMeasure, alignment, found);
            ParameterErrors.add(truth, alignment, estimate, fittedMeasure.logMass, assigned, found);
            addShares(assigned, found);
            found.put(Losses.GATE_L2, PredictionLosses.gate(fitted, density, assigned, nodes.weights()));
            cells = Optional.of(assigned);
        }
        return new Evaluation(Losses.ordered(found, measure.atoms), cells);
    }

    private VoronoiCells addVoronoiLosses(
            MixingMeasure estimate, TranslationAlignment alignment, Map<String, Double> found) {
        if (!alignment.complete()) {
            return estimate.cellsByAll(measure, new double[estimate.location[0].length]);
        }
        UnprofiledLoss unprofiled = new UnprofiledLoss(measure, expertKinds);
        VoronoiLoss.Value first = VoronoiLoss.first(measure).of(estimate);
        found.put(Losses.D1, first.value());
        found.put(Losses.D1_UNPROFILED, unprofiled.first(estimate));
        if (!VoronoiLoss.hasSecond(expertKinds)) {
            return first.cells();
        }
        VoronoiLoss.Value second = VoronoiLoss.second(measure, expertKinds).of(estimate);
        found.put(Losses.D2, second.value());
        found.put(Losses.D2_UNPROFILED, unprofiled.second(estimate));
        return second.cells();
    }

    private static void addShares(VoronoiCells cells, Map<String, Double> found) {
        int[] sizes = cells.sizes();
        int over = 0;
        for (int cell : cells.cellOf()) {
            over += sizes[cell] > 1 ? 1 : 0;
        }
        found.put(Losses.OVER_CELL_SHARE, (double) over / cells.cellOf().length);
        found.put(Losses.EMPTY_CELLS, (double) cells.emptyCells());
    }

    private static boolean finite(Atom atom) {
        boolean finite = Double.isFinite(atom.variance()) && atom.variance() > 0;
        for (double value : atom.gate()) {
            finite &= Double.isFinite(value);
        }
        for (double value : atom.expert()) {
            finite &= Double.isFinite(value);
        }
        return finite;
    }
}
