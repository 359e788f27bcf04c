package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.testing.LossTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Map<String, Double> losses(MixtureOfExperts model, List<Atom> truth, List<Atom> estimate) {
        MixtureOfExperts fitted =
                new MixtureOfExperts(model.gate(), model.expert(), model.noise(), estimate.size(), model.dimension());
        return LossTexts.compute(new Truth(model, truth, INPUT), fitted, estimate);
    }

    private static MixtureOfExperts linear(String gate, int atoms) {
        return new MixtureOfExperts(Gates.of(gate), Experts.of("linear"), atoms, 1);
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** The two halves of atom 1 weigh {@code s(-1.2) + s(-.5)} together: that is the weight of one of a certain bias. */
    @Test
    void the_bias_of_several_sigmoids_is_that_of_one_with_their_mass() {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("sigmoid"), Experts.of("linear"), Noise.known(1), 2, 1);
        List<Atom> truth = List.of(
                Cases.atom(new double[] {0, 1}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {1, -1}, new double[] {-3, 1}, 1));
        Atom second = Cases.atom(new double[] {1.3, -1}, new double[] {-3, 1}, 1);
        double mass = sigmoid(-1.2) + sigmoid(-0.5);
        Map<String, Double> found = losses(
                model,
                truth,
                List.of(
                        Cases.atom(new double[] {-1.2, 1}, new double[] {3, 1}, 1),
                        Cases.atom(new double[] {-0.5, 1}, new double[] {3, 1}, 1),
                        second));
        assertThat(found.get("gate-bias-error-over")).isCloseTo(Math.abs(Math.log(mass / (1 - mass))), within(1e-12));
        assertThat(found.get("gate-bias-error-over-weighted"))
                .isCloseTo(found.get("gate-bias-error-over"), within(1e-15));
        assertThat(found.get("gate-bias-error-exact")).isCloseTo(0.3, within(1e-14));
        assertThat(found.get("D1")).isCloseTo(Math.abs(mass - 0.5) + 0.3, within(1e-12));
        assertThat(found.get("D2")).isCloseTo(Math.abs(mass - 0.5) + 0.3, within(1e-12));
        Map<String, Double> heavy = losses(
                model,
                truth,
                List.of(
                        Cases.atom(new double[] {1, 1}, new double[] {3, 1}, 1),
                        Cases.atom(new double[] {2, 1}, new double[] {3, 1}, 1),
                        second));
        assertThat(heavy).doesNotContainKey("gate-bias-error-over").containsKey("gate-weight-error-over");
    }

    /**
     * With the temperature 2 the masses are {@code exp(bias / 2)}. The halves of atom 1 have those of the bias {@code d = 2 log(e^.1 +
     * e^-.2)}, atom 2 is exact; of the difference {@code (d, 0)} of the biases the translation leaves {@code d / 2} in each.
     */
    @Test
    void the_bias_of_a_cell_counts_over_the_temperature() {
        List<Atom> truth = List.of(
                Cases.atom(new double[] {0, 1, 2}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {0.4, -1, 2}, new double[] {-3, 1}, 1));
        Map<String, Double> found = losses(
                linear("dense-to-sparse", 2),
                truth,
                List.of(
                        Cases.atom(new double[] {0.2, 1, 2}, new double[] {3, 1}, 1),
                        truth.get(1),
                        Cases.atom(new double[] {-0.4, 1, 2}, new double[] {3, 1}, 1)));
        double bias = 2 * Math.log(Math.exp(0.1) + Math.exp(-0.2));
        assertThat(found.get("gate-bias-error-over")).isCloseTo(bias / 2, within(1e-9));
        assertThat(found.get("gate-bias-error-exact")).isCloseTo(bias / 2, within(1e-9));
    }

    /** Two atoms of half the mass: fourth powers of intercepts, squares of variances, centres and slopes. */
    @Test
    void powers_of_the_laplace_gate_are_worked_out_by_hand() {
        double half = Math.log(0.5);
        List<Atom> truth = List.of(
                Cases.atom(new double[] {0, -0.5}, new double[] {9, 1}, 1),
                Cases.atom(new double[] {0, 0.5}, new double[] {-9, 1}, 1));
        Map<String, Double> found = losses(
                LAPLACE,
                truth,
                List.of(
                        Cases.atom(new double[] {half, -0.4}, new double[] {9.5, 1.2}, 1.3),
                        Cases.atom(new double[] {half, -0.5}, new double[] {8.8, 1}, 1),
                        truth.get(1)));
        double first = 0.1 * 0.1 + 0.2 * 0.2 + Math.pow(0.5, 4) + 0.3 * 0.3;
        double second = Math.pow(0.2, 4);
        assertThat(found.get("D2")).isCloseTo(0.5 * first + 0.5 * second, within(1e-12));
        assertThat(found.get("D1")).isCloseTo(0.5 * Math.sqrt(0.01 + 0.04 + 0.25 + 0.09) + 0.5 * 0.2, within(1e-12));
    }

    /** Three atoms of a third of the mass .5, r = 6: a slope counts by its cube where the true centre is 0, else by its square. */
    @Test
    void powers_of_the_gaussian_gate_depend_on_the_true_centre() {
        List<Atom> truth = List.of(
                Cases.atom(new double[] {Math.log(0.5), 0, 1}, new double[] {9, 1}, 1),
                Cases.atom(new double[] {Math.log(0.5), 2, 1}, new double[] {-9, 1}, 1));
        for (int split = 0; split < 2; split++) {
            Atom atom = truth.get(split);
            double centre = atom.gate()[1];
            List<Atom> estimate = new ArrayList<>();
            for (int copy = 0; copy < 3; copy++) {
                estimate.add(Cases.atom(
                        new double[] {Math.log(0.5 / 3), centre + 0.4, 1.3},
                        new double[] {atom.expert()[0] + 0.5, 1.1},
                        1.2));
            }
            estimate.add(truth.get(1 - split));
            double sixth = Math.pow(0.4 * 0.4 + 0.5 * 0.5, 3);
            double cubes = split == 0
                    ? Math.pow(0.3 * 0.3 + 0.2 * 0.2 + 0.1 * 0.1, 1.5)
                    : Math.pow(0.3 * 0.3 + 0.2 * 0.2, 1.5) + 0.1 * 0.1;
            assertThat(losses(linear("gaussian", 2), truth, estimate).get("D2"))
                    .as("centre " + centre)
                    .isCloseTo(0.5 * (sixth + cubes), within(1e-12));
        }
    }

    /** Groups of half the mass with two atoms of half of it: errors of inner parameters count by the product of the masses. */
    @Test
    void errors_inside_a_group_count_by_the_mass_of_the_group() {
        List<Atom> truth = List.of(
                Cases.atom(new double[] {0, 1, 0, 1}, new double[] {9, 1}, 1),
                Cases.atom(new double[] {0, 1, 0, -1}, new double[] {3, 1}, 1),
                Cases.atom(new double[] {0, -1, 0, 1}, new double[] {-3, 1}, 1),
                Cases.atom(new double[] {0, -1, 0, -1}, new double[] {-9, 1}, 1));
        MixtureOfExperts model = linear("hierarchical(groups=2)", 4);
        List<Atom> wrongExpert = new ArrayList<>(truth);
        wrongExpert.set(2, Cases.atom(new double[] {0, -1, 0, 1}, new double[] {-3.1, 1}, 1));
        Map<String, Double> inside = losses(model, truth, wrongExpert);
        assertThat(inside.get("D1")).isCloseTo(0.5 * 0.5 * 0.1, within(1e-12));
        assertThat(inside.get("intercept-error-atom-3")).isCloseTo(0.1, within(1e-14));
        // The weights of one group off by .2: the best translation takes the median of (.2, 0), and half of .2 is left.
        List<Atom> wrongGroup = new ArrayList<>(truth);
        for (int i = 0; i < 2; i++) {
            double[] gate = truth.get(i).gate().clone();
            gate[1] += 0.2;
            wrongGroup.set(i, Cases.atom(gate, truth.get(i).expert(), 1));
        }
        Map<String, Double> outside = losses(model, truth, wrongGroup);
        assertThat(outside.get("D1")).isCloseTo(0.5 * 0.2, within(1e-10));
        assertThat(outside.get("gate-outer-weight-error-exact")).isCloseTo(0.1, within(1e-12));
        assertThat(outside.get("gate-inner-weight-error-exact")).isCloseTo(0, within(1e-12));
        // A translation of the inner weights of one group alone changes nothing.
        List<Atom> moved = new ArrayList<>(truth);
        for (int i = 0; i < 2; i++) {
            double[] gate = truth.get(i).gate().clone();
            gate[3] += 0.7;
            moved.set(i, Cases.atom(gate, truth.get(i).expert(), 1));
        }
        assertThat(losses(model, truth, moved).get("D1")).isCloseTo(0, within(1e-10));
        assertThat(losses(model, truth, moved).get("gate-inner-weight-error-exact"))
                .isCloseTo(0, within(1e-12));
    }

    /** Errors .1, .2 and .3 of three atoms of mass one, two of which are chosen: the worst pair has .5. */
    @Test
    void a_top_2_loss_is_that_of_the_worst_pair() {
        List<Atom> truth = List.of(
                Cases.atom(new double[] {0, 1}, new double[] {9, 1}, 1),
                Cases.atom(new double[] {0, 0}, new double[] {0, 1}, 1),
                Cases.atom(new double[] {0, -1}, new double[] {-9, 1}, 1));
        List<Atom> estimate = List.of(
                Cases.atom(new double[] {0, 1}, new double[] {9.1, 1}, 1),
                Cases.atom(new double[] {0, 0}, new double[] {0.2, 1}, 1),
                Cases.atom(new double[] {0, -1}, new double[] {-9.3, 1}, 1));
        assertThat(losses(linear("top-k(k=2)", 3), truth, estimate).get("D1")).isCloseTo(0.5, within(1e-10));
        assertThat(losses(linear("top-k(k=3)", 3), truth, estimate).get("D1")).isCloseTo(0.6, within(1e-10));
        assertThat(losses(linear("softmax", 3), truth, estimate).get("D1")).isCloseTo(0.6, within(1e-10));
    }

    @Test
    void matchings_and_choices_are_complete() {
        assertThat(VoronoiLosses.permutations(3))
                .containsExactly(
                        new int[] {0, 1, 2},
                        new int[] {0, 2, 1},
                        new int[] {1, 0, 2},
                        new int[] {1, 2, 0},
                        new int[] {2, 0, 1},
                        new int[] {2, 1, 0});
        assertThat(VoronoiLosses.subsets(4, 2))
                .hasSize(6)
                .doesNotHaveDuplicates()
                .allSatisfy(chosen -> {
                    int count = 0;
                    for (boolean one : chosen) {
                        count += one ? 1 : 0;
                    }
                    assertThat(count).isEqualTo(2);
                });
        assertThat(VoronoiLosses.subsets(3, 3)).containsExactly(new boolean[] {true, true, true});
    }

    /** One at a time the losses have the bits that they have together; what is undefined is not a number. */
    @ParameterizedTest
    @ValueSource(strings = {"softmax", "laplace", "dense-to-sparse", "hierarchical(groups=2)"})
    void a_loss_alone_has_the_same_bits(String gate) {
        MixtureOfExperts model = linear(gate, 4);
        List<Atom> truth = model.toAtoms(numbers(model, 1));
        List<Atom> estimate = model.toAtoms(numbers(model, 2));
        LossEvaluator evaluator = LossEvaluator.of(new Truth(model, truth, INPUT));
        Map<LossName, Double> together = evaluator.evaluate(model, estimate).losses();
        assertThat(together).hasSizeGreaterThan(12);
        together.forEach((name, value) -> assertThat(evaluator.loss(model, estimate, name))
                .as(name.text())
                .isEqualTo(value));
        assertThat(evaluator.loss(model, estimate, LossName.error("slope", Regime.EXACT)))
                .isEqualTo(together.getOrDefault(LossName.error("slope", Regime.EXACT), Double.NaN));
        MixtureOfExperts other = linear(gate.equals("cosine") ? "softmax" : "cosine", 4);
        List<Atom> foreign = other.toAtoms(numbers(other, 3));
        assertThat(evaluator.loss(other, foreign, LossName.D1)).isNaN();
        assertThat(evaluator.loss(other, foreign, LossName.HELLINGER)).isPositive();
        List<Atom> infinite = new ArrayList<>(estimate);
        infinite.set(1, new Atom(estimate.get(1).gate(), new double[] {Double.NaN, 0}, 1));
        assertThat(evaluator.loss(model, infinite, LossName.D2)).isNaN();
    }

    private static double[] numbers(MixtureOfExperts model, int seed) {
        Random random = new Random(seed);
        double[] numbers = new double[model.parameterCount()];
        for (int a = 0; a < numbers.length; a++) {
            numbers[a] = 0.5 * random.nextGaussian();
        }
        return numbers;
    }
}
