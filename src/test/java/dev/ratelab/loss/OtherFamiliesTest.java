package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.testing.LossTexts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherFamiliesTest {
    private static final InputDistribution INPUT = InputDistribution.uniform(-1, 1);
    private static final MixtureOfExperts LAPLACE =
            new MixtureOfExperts(Gates.of("laplace"), Experts.of("linear"), 2, 1);

    @Test
    void only_the_declared_translations_are_taken_out_of_gate_errors() {
        List<Atom> atoms = List.of(
                Cases.atom(new double[] {0, -0.5}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {0, 0.5}, new double[] {-3, 1}, 1));
        List<Atom> moved = List.of(
                Cases.atom(new double[] {7, -0.3}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {7, 0.7}, new double[] {-3, 1}, 1));
        assertThat(TranslationAlignment.of(LAPLACE).complete()).isFalse();
        LossEvaluator evaluator = LossEvaluator.of(new Truth(LAPLACE, atoms, INPUT));
        Map<String, Double> found =
                LossTexts.of(evaluator.evaluate(LAPLACE, moved).losses());
        assertThat(found).doesNotContainKeys("D1-unprofiled", "D2-unprofiled");
        // Both centres are off by 0.2 and translations of centres change the gate; masses are equal.
        assertThat(found.get("D1")).isCloseTo(0.4, within(1e-12));
        assertThat(found.get("gate-bias-error-exact")).isCloseTo(0, within(1e-14));
        assertThat(evaluator.evaluate(LAPLACE, moved).cells().orElseThrow().cellOf())
                .containsExactly(0, 1);
        assertThat(found.get("hellinger")).isBetween(0.01, 0.2);
    }

    @Test
    void an_expert_without_intercept_and_slope_has_the_structural_second_loss() {
        MixtureOfExperts level = new MixtureOfExperts(Gates.of("softmax"), Experts.of("constant"), 1, 1);
        Truth truth = new Truth(level, List.of(Cases.atom(new double[] {0, 0}, new double[] {1}, 1)), INPUT);
        Map<String, Double> found =
                LossTexts.compute(truth, level, List.of(Cases.atom(new double[] {2, 3}, new double[] {1.25}, 1)));
        assertThat(found.get("D1")).isCloseTo(0.25, within(1e-14));
        assertThat(found.get("D2")).isEqualTo(found.get("D1"));
        assertThat(found).containsKey("D1-unprofiled").doesNotContainKey("D2-unprofiled");
    }

    @Test
    void an_estimate_of_another_family_is_compared_by_its_predictions_only() {
        Truth truth = Cases.truth(List.of(Cases.atom(0, 1, 3, 1, 1), Cases.atom(0, 0, -3, -1, 1)), 1);
        List<Atom> estimate = List.of(
                Cases.atom(new double[] {0, 1}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {0, -1}, new double[] {-3, -1}, 1));
        LossEvaluator.Evaluation found = LossEvaluator.of(truth).evaluate(LAPLACE, estimate);
        assertThat(found.losses()).containsOnlyKeys(LossName.HELLINGER, LossName.REGRESSION_L2, LossName.MIN_WEIGHT);
        assertThat(found.cells()).isEmpty();
    }

    /** Of one true cell at a time, the empty one has the larger loss: the mass of its true atom. */
    @Test
    void a_top_1_loss_counts_a_true_atom_without_a_fitted_one_by_its_mass() {
        MixtureOfExperts top = new MixtureOfExperts(Gates.of("top-k(k=1)"), Experts.of("linear"), 2, 1);
        List<Atom> atoms = List.of(
                Cases.atom(new double[] {0, 1}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {0, -1}, new double[] {-3, -1}, 1));
        Map<String, Double> found =
                LossTexts.compute(new Truth(top, atoms, INPUT), top, List.of(atoms.get(0), atoms.get(0)));
        assertThat(found.get("empty-cells")).isEqualTo(1);
        assertThat(found.get("D1")).isCloseTo(1, within(1e-12));
    }
}
