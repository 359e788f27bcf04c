package dev.ratelab.loss;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.FamilyName;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All losses of estimates to one target, which is the truth unless another is given. Built once for a target, it holds what
 * does not depend on the estimate. Immutable and safe for use by several threads.
 */
public final class LossEvaluator {
    private static final String OPTION_K = "k";
    private static final String OPTION_GROUPS = "groups";

    private final Problem problem;
    private final MixtureOfExperts targetModel;
    private final MixingMeasure measure;
    private final LossNodes nodes;
    private final ConditionalDensity density;
    private final List<ParameterKind> expertKinds;
    private final EquivalentExperts experts;

    /**
     * The losses of one estimate.
     *
     * @param losses every defined loss by its name, in their order; undefined ones are absent
     * @param cells the Voronoi cells that parameter errors, shares and {@code gate-l2} refer to; empty if the
     *     parameters of estimate and target cannot be compared
     */
    public record Evaluation(Map<LossName, Double> losses, Optional<VoronoiCells> cells) {}

    private LossEvaluator(Truth truth, MixtureOfExperts targetModel, List<Atom> target) {
        this.problem = truth.problem();
        this.targetModel = targetModel;
        this.measure = new MixingMeasure(targetModel, target, hasVariances());
        this.nodes = LossNodes.of(truth);
        this.density = new ConditionalDensity(targetModel, target, nodes);
        this.expertKinds = targetModel.expert().kinds(targetModel.dimension());
        this.experts = new EquivalentExperts(targetModel.expert(), targetModel.dimension());
    }

    /** The evaluator of a truth. */
    public static LossEvaluator of(Truth truth) {
        return new LossEvaluator(truth, truth.model(), truth.atoms());
    }

    /**
     * The evaluator of another target than the truth, such as the best approximation of the truth by a family that does not
     * hold it. All losses are distances from the target, those of predictions too; the truth gives the problem and the
     * distribution of the inputs over which they are averaged.
     *
     * @param truth the model that data are drawn from
     * @param targetModel the family of the target
     * @param target its atoms; not modified
     * @throws IllegalArgumentException if the number of inputs is not the truth's
     */
    public static LossEvaluator of(Truth truth, MixtureOfExperts targetModel, List<Atom> target) {
        requireInputs("target", targetModel, truth.model());
        return new LossEvaluator(truth, targetModel, target);
    }

    private static void requireInputs(String what, MixtureOfExperts model, MixtureOfExperts reference) {
        if (model.dimension() != reference.dimension()) {
            throw new IllegalArgumentException(
                    "the " + what + " has " + model.dimension() + " inputs, the truth has " + reference.dimension());
        }
    }

    private boolean hasVariances() {
        return problem == Problem.DENSITY;
    }

    /**
     * All losses of an estimate.
     *
     * <p>Parameters are compared if gate and expert family are the target's, top-K gates with different K, and
     * hierarchical gates with as many groups of other sizes, being one family;
     * if not, only losses of predictions are defined. The cells are those at which {@code D2} is met; where it is undefined,
     * which happens for more than six groups of atoms, the nearest target atoms by all parameters but the mass. In the
     * regression problem there are no losses of variances and densities, nor are there of densities if the weights of a gate
     * do not sum to one. An estimate with a parameter that is not finite, or a variance that is not positive, has no losses.
     *
     * @param model the fitted family; as many inputs as the truth
     * @param estimate its atoms; not modified
     * @throws IllegalArgumentException if the number of inputs is not the truth's
     */
    public Evaluation evaluate(MixtureOfExperts model, List<Atom> estimate) {
        requireInputs("estimate", model, targetModel);
        Map<LossName, Double> found = new LinkedHashMap<>();
        if (!estimate.stream().allMatch(LossEvaluator::finite)) {
            return new Evaluation(found, Optional.empty());
        }
        ConditionalDensity fitted = new ConditionalDensity(model, estimate, nodes);
        if (hasVariances() && isMixture(model) && isMixture(targetModel)) {
            found.put(LossName.HELLINGER, HellingerDistance.of(fitted, density, nodes.weights()));
        }
        found.put(LossName.REGRESSION_L2, PredictionLosses.regression(fitted, density, nodes.weights()));
        found.put(LossName.MIN_WEIGHT, PredictionLosses.smallestWeight(fitted, nodes.weights()));
        Optional<VoronoiCells> cells = Optional.empty();
        if (comparable(model)) {
            MixingMeasure fittedMeasure = new MixingMeasure(model, estimate, hasVariances()).against(measure, experts);
            VoronoiCells assigned = addVoronoiLosses(fittedMeasure, found);
            double[] functionErrors = PredictionLosses.experts(fitted, density, assigned, nodes.weights());
            ParameterErrors.add(model, fittedMeasure, measure, assigned, hasVariances(), functionErrors, found);
            addShares(assigned, found);
            found.put(LossName.GATE_L2, PredictionLosses.gate(fitted, density, assigned, nodes.weights()));
            cells = Optional.of(assigned);
        }
        return new Evaluation(finite(found), cells);
    }

    /**
     * One loss of an estimate, the same bits as in {@link #evaluate}; {@code NaN} where it is undefined. Losses of parameters are found
     * without those of predictions, which take most of the time.
     *
     * @param model the fitted family; as many inputs as the truth
     * @param estimate its atoms; not modified
     * @param name a loss of the estimate itself
     */
    public double loss(MixtureOfExperts model, List<Atom> estimate, LossName name) {
        boolean voronoi = name.equals(LossName.D1) || name.equals(LossName.D2);
        boolean ofParameters =
                name.measured() instanceof ParameterError error && !error.kind().equals(ErrorKinds.EXPERT_FUNCTION);
        if (!voronoi && !ofParameters) {
            return evaluate(model, estimate).losses().getOrDefault(name, Double.NaN);
        }
        if (!comparable(model) || !estimate.stream().allMatch(LossEvaluator::finite)) {
            return Double.NaN;
        }
        MixingMeasure fitted = new MixingMeasure(model, estimate, hasVariances()).against(measure, experts);
        if (voronoi) {
            Powers powers = name.equals(LossName.D1)
                    ? Powers.FIRST
                    : Powers.of(targetModel.gate(), targetModel.expert(), problem);
            return VoronoiLosses.of(targetModel, measure, powers)
                    .of(fitted)
                    .map(VoronoiLoss.Value::value)
                    .filter(Double::isFinite)
                    .orElse(Double.NaN);
        }
        Map<LossName, Double> found = new LinkedHashMap<>();
        VoronoiCells cells = addVoronoiLosses(fitted, found);
        double[] noFunctions = new double[estimate.size()];
        Arrays.fill(noFunctions, Double.NaN);
        ParameterErrors.add(model, fitted, measure, cells, hasVariances(), noFunctions, found);
        double error = found.getOrDefault(name, Double.NaN);
        return Double.isFinite(error) ? error : Double.NaN;
    }

    /** Finite losses in the order of their names. */
    private static Map<LossName, Double> finite(Map<LossName, Double> found) {
        Map<LossName, Double> sorted = new TreeMap<>(found);
        sorted.values().removeIf(loss -> !Double.isFinite(loss));
        return new LinkedHashMap<>(sorted);
    }

    private static boolean isMixture(MixtureOfExperts model) {
        return model.gate().normaliser() != Normaliser.NONE;
    }

    private boolean comparable(MixtureOfExperts model) {
        return model.expert().sameAs(targetModel.expert())
                && withoutCounts(model.gate()).equals(withoutCounts(targetModel.gate()));
    }

    /** The name of a gate without K of top-K gates, and with the number of groups in the place of their sizes. */
    private static FamilyName withoutCounts(Gate gate) {
        FamilyName name = FamilyName.parse(gate.id());
        Map<String, String> options = new LinkedHashMap<>(name.options());
        if (name.name().equals(Powers.TOP_K)) {
            options.remove(OPTION_K);
        }
        options.computeIfPresent(
                OPTION_GROUPS,
                (key, sizes) -> sizes.contains("+") ? Integer.toString(sizes.split("\\+", -1).length) : sizes);
        return new FamilyName(name.name(), options);
    }

    private VoronoiCells addVoronoiLosses(MixingMeasure estimate, Map<LossName, Double> found) {
        Powers powers = Powers.of(targetModel.gate(), targetModel.expert(), problem);
        Optional<VoronoiLoss.Value> first =
                VoronoiLosses.of(targetModel, measure, Powers.FIRST).of(estimate);
        Optional<VoronoiLoss.Value> second =
                VoronoiLosses.of(targetModel, measure, powers).of(estimate);
        first.ifPresent(value -> found.put(LossName.D1, value.value()));
        second.ifPresent(value -> found.put(LossName.D2, value.value()));
        if (hasVariances() && UnprofiledLoss.defined(targetModel)) {
            UnprofiledLoss unprofiled = new UnprofiledLoss(measure, expertKinds);
            found.put(LossName.of(FitMeasure.D1_UNPROFILED), unprofiled.first(estimate));
            if (UnprofiledLoss.hasSecond(expertKinds)) {
                found.put(LossName.of(FitMeasure.D2_UNPROFILED), unprofiled.second(estimate));
            }
        }
        return second.map(VoronoiLoss.Value::cells)
                .orElseGet(() -> VoronoiCells.byAll(estimate, measure, new double[estimate.location[0].length]));
    }

    private static void addShares(VoronoiCells cells, Map<LossName, Double> found) {
        int[] sizes = cells.sizes();
        int over = 0;
        for (int cell : cells.cellOf()) {
            over += sizes[cell] > 1 ? 1 : 0;
        }
        found.put(LossName.of(FitMeasure.OVER_CELL_SHARE), (double) over / cells.cellOf().length);
        found.put(LossName.of(FitMeasure.EMPTY_CELLS), (double) cells.emptyCells());
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
