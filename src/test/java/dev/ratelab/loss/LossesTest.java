package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.testing.LossTexts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final Truth TRUTH = Cases.truth(List.of(Cases.atom(0, 1, 3, 1, 1), Cases.atom(0, 0, -3, -1, 1)), 1);

    private static Map<String, Double> losses(Atom... estimate) {
        return LossTexts.compute(TRUTH, Cases.model(estimate.length, 1), List.of(estimate));
    }

    @Test
    void every_loss_that_is_computed_has_a_known_name_and_they_are_in_order() {
        for (int k = 1; k <= 5; k++) {
            Map<LossName, Double> found = LossEvaluator.of(TRUTH)
                    .evaluate(Cases.model(k, 1), Cases.near(TRUTH.atoms(), k, 0.1, "order"))
                    .losses();
            assertThat(List.copyOf(found.keySet())).hasSizeGreaterThan(10).isSorted();
            assertThat(LossName.patterns())
                    .containsAll(found.keySet().stream().map(LossName::pattern).toList());
        }
    }

    /** Errors of the gate in the gauge where they have mean 0: (0.4, 0) in the weight becomes (0.2, -0.2). */
    @Test
    void errors_of_an_exactly_specified_estimate_are_worked_out_by_hand() {
        Map<String, Double> found = losses(Cases.atom(5, 2, -3.3, -1.1, 1.5), Cases.atom(5.2, 3.4, 3.1, 1.2, 0.9));
        assertThat(found.get("gate-weight-error-exact")).isCloseTo(0.2, within(1e-14));
        assertThat(found.get("gate-weight-error-atom-1")).isCloseTo(0.2, within(1e-14));
        assertThat(found.get("gate-bias-error-exact")).isCloseTo(0.1, within(1e-14));
        assertThat(found.get("intercept-error-exact")).isCloseTo(0.2, within(1e-14));
        assertThat(found.get("intercept-error-atom-1")).isCloseTo(0.1, within(1e-14));
        assertThat(found.get("intercept-error-atom-2")).isCloseTo(0.3, within(1e-14));
        assertThat(found.get("slope-error-exact")).isCloseTo(0.15, within(1e-14));
        assertThat(found.get("variance-error-exact")).isCloseTo(0.3, within(1e-14));
        assertThat(found.get("over-cell-share")).isZero();
        assertThat(found).doesNotContainKeys("slope-error-over", "slope-error-over-weighted");
        assertThat(found.get("D1")).isEqualTo(found.get("D2"));
    }

    /** Cell 1 holds masses 3/4 and 1/4 with weights 1.1 and 0.7, so its value is the true 1. */
    @Test
    void errors_of_a_split_atom_are_worked_out_by_hand() {
        double log = Math.log(4);
        Map<String, Double> found = losses(
                Cases.atom(Math.log(3) - log, 1.1, 3.2, 1, 1),
                Cases.atom(0, 0, -3, -1, 1),
                Cases.atom(-log, 0.7, 2.4, 1, 1));
        assertThat(found.get("gate-weight-error-over")).isCloseTo(0.2, within(1e-14));
        assertThat(found.get("gate-weight-error-over-weighted")).isCloseTo(0.15, within(1e-14));
        assertThat(found.get("intercept-error-over")).isCloseTo(0.4, within(1e-14));
        assertThat(found.get("intercept-error-over-weighted")).isCloseTo(0.3, within(1e-14));
        assertThat(found.get("gate-bias-error-over")).isCloseTo(0, within(1e-14));
        assertThat(found.get("gate-weight-error-exact")).isCloseTo(0, within(1e-14));
        assertThat(found.get("over-cell-share")).isEqualTo(2.0 / 3);
        assertThat(found).doesNotContainKey("slope-error-atom-1").containsKey("slope-error-atom-2");
    }

    /** E x = 0 and E x^2 = 1/3 on [-1, 1], so the distance of two lines is sqrt(da^2 + db^2 / 3). */
    @Test
    void distances_of_expert_functions_are_worked_out_by_hand() {
        Map<String, Double> exact = losses(Cases.atom(5, 2, -3.3, -1.1, 1.5), Cases.atom(5.2, 3.4, 3.1, 1.2, 0.9));
        double first = Math.sqrt(0.01 + 0.04 / 3);
        double second = Math.sqrt(0.09 + 0.01 / 3);
        assertThat(exact.get("expert-function-error-atom-1")).isCloseTo(first, within(1e-13));
        assertThat(exact.get("expert-function-error-atom-2")).isCloseTo(second, within(1e-13));
        assertThat(exact.get("expert-function-error-exact")).isCloseTo((first + second) / 2, within(1e-13));
        assertThat(exact).doesNotContainKey("expert-function-error-over");

        double log = Math.log(4);
        Map<String, Double> split = losses(
                Cases.atom(Math.log(3) - log, 1.1, 3.2, 1, 1),
                Cases.atom(0, 0, -3, -1, 1),
                Cases.atom(-log, 0.7, 2.4, 1, 1));
        assertThat(split.get("expert-function-error-over")).isCloseTo(0.4, within(1e-13));
        assertThat(split.get("expert-function-error-over-weighted")).isCloseTo(0.3, within(1e-13));
        assertThat(split.get("expert-function-error-exact")).isCloseTo(0, within(1e-13));
    }

    @Test
    void a_true_atom_that_no_fitted_one_is_near_counts_with_its_mass() {
        Map<String, Double> found = losses(Cases.atom(0, 0, 3, 1, 1));
        assertThat(found.get("empty-cells")).isEqualTo(1);
        assertThat(found.get("D1")).isCloseTo(1, within(1e-14));
        assertThat(found.get("min-weight")).isCloseTo(1, within(1e-14));
    }

    @Test
    void an_estimate_that_is_far_away_costs_no_more_than_the_true_masses() {
        assertThat(losses(Cases.atom(0, 0, 300, 1, 1)).get("D1")).isEqualTo(2);
    }

    /** Half the anchor's mass counts as 1, so every other mass is doubled: 1 too much in both cells. */
    @Test
    void the_published_variant_has_a_floor_where_its_anchor_is_split() {
        double half = Math.log(2);
        Map<String, Double> found =
                losses(Cases.atom(0, 1, 3, 1, 1), Cases.atom(-half, 0, -3, -1, 1), Cases.atom(-half, 0, -3, -1, 1));
        assertThat(found.get("D1")).isCloseTo(0, within(1e-14));
        assertThat(found.get("D1-unprofiled")).isCloseTo(2, within(1e-12));
    }

    @Test
    void estimates_that_are_not_finite_have_no_losses() {
        assertThat(losses(Cases.atom(Double.NaN, 0, 1, 1, 1))).isEmpty();
        assertThat(losses(Cases.atom(0, 0, 1, 1, 0))).isEmpty();
    }

    @Test
    void an_estimate_with_other_inputs_is_refused() {
        assertThatThrownBy(() -> LossTexts.compute(TRUTH, Cases.model(1, 2), Cases.random("a", 1, 2)))
                .hasMessage("the estimate has 2 inputs, the truth has 1");
    }

    /** Two normals with equal variance: H^2 = 1 - exp(-(m1 - m2)^2 / (8 v)). */
    @Test
    void hellinger_is_that_of_two_normals() {
        Truth one = Cases.truth(List.of(Cases.atom(0, 0, 1, 2, 0.5)), 1);
        for (double distance : new double[] {1e-6, 1e-3, 0.1, 1, 5, 40}) {
            double found = LossTexts.compute(one, Cases.model(1, 1), List.of(Cases.atom(0, 0, 1 + distance, 2, 0.5)))
                    .get("hellinger");
            double expected = Math.sqrt(-Math.expm1(-distance * distance / (8 * 0.5)));
            assertThat(found).isCloseTo(expected, within(1e-8 * expected));
        }
    }

    @Test
    void densities_whose_means_overflow_have_no_distance() {
        Truth one = Cases.truth(List.of(Cases.atom(0, 0, 1, 2, 0.5)), 1);
        assertThat(LossTexts.compute(one, Cases.model(1, 1), List.of(Cases.atom(0, 0, 1.7e308, 1.7e308, 0.5))))
                .doesNotContainKey("hellinger");
    }

    @Test
    void hellinger_agrees_with_a_rule_eight_times_as_fine() {
        for (int dimension : new int[] {1, 3}) {
            for (double radius : new double[] {1e-4, 1e-3, 1e-2, 0.1, 1}) {
                for (int seed = 0; seed < 5; seed++) {
                    Truth truth = Cases.truth(Cases.random("fine" + seed, 3, dimension), dimension);
                    LossNodes nodes = LossNodes.of(truth);
                    ConditionalDensity p = new ConditionalDensity(truth.model(), truth.atoms(), nodes);
                    ConditionalDensity q = new ConditionalDensity(
                            Cases.model(4, dimension), Cases.near(truth.atoms(), 4, radius, "fine" + seed), nodes);
                    double coarse = HellingerDistance.of(q, p, nodes.weights());
                    double fine = HellingerDistance.of(q, p, nodes.weights(), 24, 1 << 17);
                    assertThat(coarse).as(radius + " " + seed).isCloseTo(fine, within(1e-5 * fine));
                }
            }
        }
    }

    @Test
    void nodes_of_few_empirical_inputs_are_their_rows() {
        double[][] rows = {{1, 2, 4}};
        for (boolean resample : new boolean[] {true, false}) {
            Truth truth = new Truth(TRUTH.model(), TRUTH.atoms(), EmpiricalInput.of(rows, resample));
            LossNodes nodes = LossNodes.of(truth);
            assertThat(nodes.weights()).containsExactly(1.0 / 3, 1.0 / 3, 1.0 / 3);
            assertThat(nodes.block().columns()[0]).startsWith(1, 2, 4);
        }
    }

    /** The mean square of 256 points is off that of the distribution, 1.25 + 1, by five standard errors at most. */
    @Test
    void nodes_of_other_inputs_are_drawn_from_them() {
        InputDistribution input = new MixtureInput(List.of(
                new MixtureInput.Component(1, InputDistribution.normal(-1, 1)),
                new MixtureInput.Component(1, InputDistribution.normal(1, Math.sqrt(1.5)))));
        LossNodes nodes = LossNodes.of(new Truth(TRUTH.model(), TRUTH.atoms(), input));
        double square = 0;
        for (int i = 0; i < nodes.weights().length; i++) {
            square += nodes.weights()[i]
                    * nodes.block().columns()[0][i]
                    * nodes.block().columns()[0][i];
        }
        assertThat(square).isCloseTo(2.25, within(5 * 3.2 / 16));
    }

    /** E x^2 under N(2, 9) is 13, under U(-1, 1) it is 1/3. */
    @Test
    void nodes_average_over_the_input_distribution() {
        for (InputDistribution input : List.of(
                InputDistribution.uniform(-1, 1), InputDistribution.grid(-1, 1), InputDistribution.normal(2, 3))) {
            boolean normal = input instanceof NormalInput;
            LossNodes nodes = LossNodes.of(new Truth(TRUTH.model(), TRUTH.atoms(), input));
            double square = 0;
            for (int i = 0; i < nodes.weights().length; i++) {
                double x = nodes.block().columns()[0][i];
                square += nodes.weights()[i] * x * x;
            }
            assertThat(square).isCloseTo(normal ? 13 : 1.0 / 3, within(1e-11));
        }
    }

    @Test
    void the_softmax_gate_can_be_translated_in_every_parameter() {
        assertThat(TranslationAlignment.of(Cases.model(3, 2)).complete()).isTrue();
        assertThat(TranslationAlignment.of(Cases.model(1, 1)).movable(0)).isTrue();
    }
}
