package dev.ratelab.loss;

import dev.ratelab.model.FamilyName;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A Voronoi loss of whatever gate: {@link VoronoiLoss}, put together as the gate is built.
 *
 * <p><b>Hierarchical gates</b> (after arXiv 2503.03213). Groups {@code g} of masses {@code W_g} hold atoms of masses {@code v_i};
 * a permutation {@code p} says which true group each fitted one is compared with:
 * <pre>
 *   D = min over p of [ D1 of the groups + sum_g W*_p(g) D(atoms of g, atoms of p(g)) ]
 * </pre>
 * Each {@code D} has an infimum over translations of its own: one for the outer gate and one for each group. True masses
 * sum to one, over groups and within each group.
 *
 * <p><b>Top-K gates</b> (arXiv 2309.13850): the largest, over sets of K true atoms, of the loss restricted to their cells, each
 * with an infimum over translations of its own; K is that of the truth. The cells are those of the loss with all atoms. With
 * {@code K = 1} one weight is 1 wherever it is positive, and masses and translatable gate parameters drop out.
 */
final class VoronoiLosses {
    /** Most groups whose permutations are tried. */
    static final int MAX_GROUPS = 6;

    private final MixingMeasure truth;
    private final List<ParameterKind> expertKinds;
    private final Powers powers;
    private final int chosen;

    private VoronoiLosses(MixingMeasure truth, List<ParameterKind> expertKinds, Powers powers, int chosen) {
        this.truth = truth;
        this.expertKinds = expertKinds;
        this.powers = powers;
        this.chosen = chosen;
    }

    /** A loss to a model's atoms. */
    static VoronoiLosses of(MixtureOfExperts model, MixingMeasure truth, Powers powers) {
        FamilyName gate = FamilyName.parse(model.gate().id());
        int chosen = gate.name().equals(Powers.TOP_K)
                ? Math.min(truth.atoms, Integer.parseInt(gate.options().get("k")))
                : truth.atoms;
        return new VoronoiLosses(truth, model.expert().kinds(model.dimension()), powers, chosen);
    }

    /** The loss of an estimate; empty if it has other groups than the truth, or more than {@link #MAX_GROUPS}. */
    Optional<VoronoiLoss.Value> of(MixingMeasure estimate) {
        int groups = truth.structure.groups();
        if (estimate.structure.groups() != groups || groups > MAX_GROUPS) {
            return Optional.empty();
        }
        if (groups > 1) {
            return Optional.of(grouped(estimate, groups));
        }
        VoronoiLoss loss = VoronoiLoss.of(truth, expertKinds, powers);
        VoronoiLoss.Value all = loss.of(estimate);
        if (chosen >= truth.atoms) {
            return Optional.of(all);
        }
        double largest = 0;
        for (boolean[] subset : subsets(truth.atoms, chosen)) {
            largest = Math.max(largest, loss.of(estimate, all.cells(), subset));
        }
        return Optional.of(new VoronoiLoss.Value(largest, all.cells()));
    }

    private VoronoiLoss.Value grouped(MixingMeasure estimate, int groups) {
        AtomGroups trueGroups = new AtomGroups(truth);
        AtomGroups fittedGroups = new AtomGroups(estimate);
        VoronoiLoss outerLoss = VoronoiLoss.normalised(trueGroups.outer(), List.of(), Powers.FIRST);
        MixingMeasure outerEstimate = fittedGroups.outer();
        boolean[] all = new boolean[groups];
        Arrays.fill(all, true);
        VoronoiLoss.Value best = null;
        for (int[] matching : permutations(groups)) {
            double sum = outerLoss.of(outerEstimate, new VoronoiCells(matching, groups), all);
            int[] cellOf = new int[estimate.atoms];
            for (int g = 0; g < groups; g++) {
                int[] fitted = fittedGroups.members(g);
                int[] others = trueGroups.members(matching[g]);
                VoronoiLoss.Value inner = VoronoiLoss.normalised(
                                trueGroups.inner(matching[g], new int[0]), expertKinds, powers)
                        .of(fittedGroups.inner(g, others));
                sum += outerLoss.trueMass()[matching[g]] * inner.value();
                for (int i = 0; i < fitted.length; i++) {
                    cellOf[fitted[i]] = others[inner.cells().cellOf()[i]];
                }
            }
            if (best == null || sum < best.value()) {
                best = new VoronoiLoss.Value(sum, new VoronoiCells(cellOf, truth.atoms));
            }
        }
        return best;
    }

    /** All permutations of {@code 0, ..., count - 1}, in lexicographic order. */
    static List<int[]> permutations(int count) {
        List<int[]> list = new ArrayList<>();
        permute(new int[count], new boolean[count], 0, list);
        return list;
    }

    private static void permute(int[] partial, boolean[] used, int at, List<int[]> list) {
        if (at == partial.length) {
            list.add(partial.clone());
            return;
        }
        for (int value = 0; value < partial.length; value++) {
            if (!used[value]) {
                used[value] = true;
                partial[at] = value;
                permute(partial, used, at + 1, list);
                used[value] = false;
            }
        }
    }

    /** All sets of {@code size} of {@code count} indices. */
    static List<boolean[]> subsets(int count, int size) {
        List<boolean[]> list = new ArrayList<>();
        choose(new boolean[count], 0, size, list);
        return list;
    }

    private static void choose(boolean[] partial, int from, int left, List<boolean[]> list) {
        if (left == 0) {
            list.add(partial.clone());
            return;
        }
        for (int value = from; value <= partial.length - left; value++) {
            partial[value] = true;
            choose(partial, value + 1, left - 1, list);
            partial[value] = false;
        }
    }
}
