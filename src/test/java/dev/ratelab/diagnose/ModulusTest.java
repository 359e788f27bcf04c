package dev.ratelab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Truth;
import dev.ratelab.math.Vectors;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.testing.Slow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModulusTest {
    private static final double[][] SOFTMAX = {{0, 2}, {0, 0}};
    private static final double[][] EXPERTS = {{1, 3}, {-1, -4}};
    private static final int DISTANCES = 7;

    @ParameterizedTest
    @ValueSource(strings = {"tanh", "sigmoid", "linear"})
    void anAtomAloneInItsCellIsRegular(String expert) {
        Modulus modulus = new Modulus(TestTruths.regression("softmax", SOFTMAX, expert, EXPERTS, 1, 1));
        for (int atom = 0; atom < 2; atom++) {
            ModulusCurve curve = modulus.atom(atom, 1, DISTANCES);
            assertThat(curve.flat()).isFalse();
            assertThat(curve.settled()).isTrue();
            assertThat(curve.exponent()).isBetween(0.95, 1.05);
            assertThat(curve.rate()).isCloseTo(0.5, within(0.025));
            for (int i = 0; i < curve.exponents().size(); i++) {
                if (curve.deltas().get(i) <= curve.asymptoticFrom()) {
                    assertThat(curve.exponents().get(i)).isBetween(0.85, 1.15);
                }
            }
        }
    }

    @Test
    void distancesGoOnUntilTheExponentOfASigmoidAtomHasSettled() {
        // Over the least number of distances those of the second atom rise to 0.93 only.
        Modulus modulus = new Modulus(TestTruths.regression("softmax", SOFTMAX, "sigmoid", EXPERTS, 1, 1));
        ModulusCurve curve = modulus.atom(1, 1, DISTANCES);
        List<Double> exponents = curve.exponents();
        assertThat(exponents.get(DISTANCES - 2)).isBetween(0.9, 0.95);
        assertThat(exponents).hasSizeGreaterThan(DISTANCES - 1);
        int last = exponents.size() - 1;
        assertThat(exponents.get(last) - exponents.get(last - 1)).isBetween(0.0, 0.02);
        for (int i = 1; i < curve.deltas().size(); i++) {
            assertThat(curve.deltas().get(i)).isEqualTo(curve.deltas().get(i - 1) / 2);
        }
    }

    @Test
    void oneOfTwoTanhAtomsHasTheExponentsOfThePrototype() {
        Modulus modulus = new Modulus(TestTruths.regression("softmax", SOFTMAX, "tanh", EXPERTS, 1, 1));
        double[] expected = {1.44, 1.69, 1.84, 1.92, 1.96, 1.98};
        ModulusCurve curve = modulus.atom(0, 2, DISTANCES);
        assertThat(curve.exponents())
                .hasSizeGreaterThanOrEqualTo(expected.length)
                .isSorted();
        for (int i = 0; i < expected.length; i++) {
            assertThat(curve.exponents().get(i)).isCloseTo(expected[i], within(0.01));
        }
        assertThat(curve.exponent()).isCloseTo(2, within(0.1));
        assertThat(curve.rate()).isCloseTo(0.25, within(0.01));
        assertThat(modulus.atom(1, 2, DISTANCES).exponent()).isCloseTo(2, within(0.1));
    }

    @Test
    void oneOfTwoLinearAtomsIsNotIdentified() {
        Modulus modulus = new Modulus(TestTruths.regression("softmax", SOFTMAX, "linear", EXPERTS, 1, 1));
        for (int atom = 0; atom < 2; atom++) {
            ModulusCurve curve = modulus.atom(atom, 2, DISTANCES);
            assertThat(curve.flat()).isTrue();
            assertThat(curve.values()).allSatisfy(value -> assertThat(value).isLessThan(1e-13));
            assertThat(curve.exponents()).isEmpty();
            assertThat(curve.rate()).isZero();
            assertThat(curve.visibleFrom()).isInfinite();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "sigmoid", "tanh"})
    void theTemperatureOfALinearRouterIsNotIdentified(String expert) {
        Truth truth = TestTruths.regression(
                "dense-to-sparse", new double[][] {{0.5, 2, 0.7}, {0, 0, 0.7}}, expert, EXPERTS, 1, 1);
        ModulusCurve curve = temperature(truth);
        assertThat(curve.flat()).isTrue();
        assertThat(curve.values()).hasSize(DISTANCES).allSatisfy(value -> assertThat(value)
                .isLessThan(1e-13));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanh", "gelu"})
    void theTemperatureOfAnActivationRouterIs(String router) {
        Truth truth = TestTruths.regression(
                "activation-dense-to-sparse(router=" + router + ")",
                new double[][] {{0.5, 2, 0.7}, {0, -1, 0.7}},
                "linear",
                EXPERTS,
                1,
                1);
        ModulusCurve curve = temperature(truth);
        assertThat(curve.flat()).isFalse();
        List<Double> exponents = curve.exponents();
        assertThat(exponents.subList(exponents.size() - 2, exponents.size()))
                .allSatisfy(exponent -> assertThat(exponent).isBetween(0.85, 1.05));
    }

    @Slow
    @ParameterizedTest
    @CsvSource({"linear, 4, 0.125", "tanh(bias=no), 2, 0.25"})
    void oneOfTwoGaussianComponentsHasTheKnownRates(String expert, double power, double rate) {
        // Softmax gate and linear experts: 1/(2 rbar) with rbar(2) = 4 (arXiv 2305.03288); strongly identifiable ones:
        // 1/4.
        double[][] experts = expert.equals("linear") ? new double[][] {{3, 1}, {-3, -1}} : new double[][] {{2}, {-1.2}};
        Modulus modulus = new Modulus(TestTruths.density("softmax", new double[][] {{0, 1}, {0, 0}}, expert, experts));
        ModulusCurve curve = modulus.atom(0, 2, DISTANCES);
        assertThat(curve.exponent()).isCloseTo(power, within(0.15));
        assertThat(curve.rate()).isCloseTo(rate, within(0.02));
        assertThat(modulus.atom(0, 1, DISTANCES).exponent()).isCloseTo(1, within(0.05));
    }

    @Test
    void theMinimumIsBelowEveryModelAtThatDistance() {
        Truth truth = TestTruths.regression("softmax", SOFTMAX, "tanh", EXPERTS, 1, 1);
        HeldProblem problem = new Modulus(truth).problem(0, 1).orElseThrow().problem();
        double lowest =
                new SphereSolver(problem).solve(0.25, List.of(), true).get(0).norm();
        assertThat(lowest).isPositive();
        for (int direction = 0; direction < problem.heldCount(); direction++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] point = new double[problem.heldCount() + problem.freeCount()];
                point[direction] = 0.25 * sign;
                assertThat(Vectors.norm(problem.residual(point))).isGreaterThan(lowest);
            }
        }
    }

    @Test
    void jacobiansAreTheDifferencesOfResiduals() {
        for (Truth truth : List.of(
                TestTruths.regression("softmax", SOFTMAX, "tanh", EXPERTS, 1, 1),
                TestTruths.density("softmax", SOFTMAX, "linear", EXPERTS))) {
            HeldProblem problem = new Modulus(truth).problem(1, 2).orElseThrow().problem();
            double[] point = new double[problem.heldCount() + problem.freeCount()];
            for (int c = 0; c < point.length; c++) {
                point[c] = 0.1 - 0.03 * c;
            }
            HeldProblem.Linearisation here = problem.linearise(point);
            for (int c = 0; c < point.length; c++) {
                double[] above = point.clone();
                double[] below = point.clone();
                above[c] += 1e-6;
                below[c] -= 1e-6;
                double[] high = problem.residual(above);
                double[] low = problem.residual(below);
                for (int row = 0; row < high.length; row++) {
                    assertThat(here.columns()[c][row]).isCloseTo((high[row] - low[row]) / 2e-6, within(1e-7));
                }
            }
        }
    }

    @Test
    void anAtomThatIsAloneInItsGroupMovesWithTheParametersOfTheGroup() {
        String gate = "hierarchical(groups=2)";
        Truth truth = TestTruths.regression(gate, Gates.of(gate).canonical(2, 1).orElseThrow(), "tanh", EXPERTS, 1, 1);
        assertThat(new Modulus(truth).atom(0, 1, DISTANCES).exponent()).isBetween(0.95, 1.05);
    }

    @Test
    void sigmoidGatesWithWeightsHaveNoCellsOfTwo() {
        Truth truth = TestTruths.regression("sigmoid", new double[][] {{0.3, 1.5}, {0, -1}}, "tanh", EXPERTS, 1, 1);
        ModulusCurve curve = new Modulus(truth).atom(0, 2, DISTANCES);
        assertThat(curve.values()).isEmpty();
        assertThat(curve.note()).contains("do not make the true function");
        assertThat(curve.exponent()).isNaN();
    }

    private static ModulusCurve temperature(Truth truth) {
        Modulus modulus = new Modulus(truth);
        List<Integer> shared = modulus.sharedParameters();
        assertThat(shared).hasSize(1);
        ModulusCurve curve = modulus.shared(shared.get(0), DISTANCES);
        assertThat(curve.held()).isEqualTo("log gate-temperature");
        return curve;
    }
}
