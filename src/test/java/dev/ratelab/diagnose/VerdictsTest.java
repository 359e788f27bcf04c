package dev.ratelab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which families pass and which fail, and the identities that make them fail. */
class VerdictsTest {
    private static final double[][] RIDGES = {{0.5, 2}, {1, -1.5}};
    private static final double[][] LINES = {{1, 2}, {-1, -1.5}};
    private static final double[][] GATES = {{0.3, 1.5}, {-0.2, -1}};

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid", "tanh", "gelu"})
    void softmaxRegressionPassesWithStrongExperts(String expert) {
        Finding finding = second("softmax", GATES, expert, RIDGES);
        assertThat(finding.verdict()).isEqualTo(Verdict.INDEPENDENT);
        assertThat(finding.smallest()).isLessThan(1e-14);
        assertThat(finding.smallestDistinct()).isGreaterThan(1e-9);
        assertThat(finding.relations())
                .containsExactly("every expert: the mixed second derivative by gate-weight and expert-bias equals"
                        + " the derivative by expert-weight (costs no rate)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "polynomial(degree=2)"})
    void softmaxRegressionFailsWithPiecewiseLinearAndPolynomialExperts(String expert) {
        assertThat(second("softmax", GATES, expert, RIDGES).verdict()).isEqualTo(Verdict.DEPENDENT);
    }

    @Test
    void softmaxRegressionFailsWithLinearExperts() {
        Finding finding = second("softmax", GATES, "linear", LINES);
        assertThat(finding.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(finding.relations())
                .contains(
                        "every expert: the mixed second derivative by gate-weight and intercept equals the derivative by slope"
                                + " (costs no rate)",
                        "every expert: the second derivative by intercept is zero",
                        "every expert: the second derivative by slope is zero");
        assertThat(exact("softmax", GATES, "linear", LINES).verdict()).isEqualTo(Verdict.INDEPENDENT);
    }

    @Test
    void ifEveryCellCanSplitSoftmaxGatesAreNotIdentifiedWhateverTheExperts() {
        // All weights spread by +-t: numerators and denominator are multiplied by cosh(t x).
        Truth truth = TestTruths.regression("softmax", GATES, "tanh", RIDGES, 1, 3);
        Finding finding = Diagnosis.of(truth, 4, 1e6).stream()
                .filter(found -> found.set() == FunctionSet.SPLIT)
                .findFirst()
                .orElseThrow();
        assertThat(finding.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(finding.relations())
                .contains("the second derivative by gate-weight of expert 2 equals minus the second derivative by"
                        + " gate-weight of expert 1");
    }

    @Test
    void softmaxDensityWithLinearExpertsHasTheTwoKnownIdentities() {
        Finding finding = TestTruths.finding(TestTruths.density("softmax", GATES, "linear", LINES), FunctionSet.SPLIT);
        assertThat(finding.verdict()).isEqualTo(Verdict.DEPENDENT);
        // With lambda = log nu and nu = 1/2: d2F/db2 = 2 dF/dnu = (2 / nu) dF/dlambda.
        assertThat(finding.relations())
                .contains(
                        "every expert: the mixed second derivative by gate-weight and intercept equals the derivative by slope"
                                + " (costs no rate)",
                        "every expert: the second derivative by intercept equals 4 times the derivative by log variance");
    }

    @Test
    void softmaxDensityWithStrongExpertsPasses() {
        Truth truth = TestTruths.density("softmax", GATES, "tanh(bias=no)", new double[][] {{2}, {-1.5}});
        assertThat(TestTruths.finding(truth, FunctionSet.SPLIT).verdict()).isEqualTo(Verdict.INDEPENDENT);
        assertThat(TestTruths.finding(truth, FunctionSet.STRONG).verdict()).isEqualTo(Verdict.INDEPENDENT);
    }

    @Test
    void laplaceDensityKeepsTheHeatEquationOnly() {
        Finding finding = TestTruths.finding(
                TestTruths.density("laplace", new double[][] {{0, 0.3}, {0.2, -0.6}}, "linear", LINES),
                FunctionSet.SPLIT);
        assertThat(finding.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(finding.relations())
                .contains(
                        "every expert: the second derivative by intercept equals 4 times the derivative by log variance")
                .noneMatch(line -> line.contains("equals the derivative by slope"));
    }

    @Test
    void gaussianGatesHaveAHeatEquationInTheInputsToo() {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("gaussian"), Experts.of("linear"), Noise.OWN, 2, 1);
        Truth truth = new Truth(
                model,
                List.of(
                        new Atom(new double[] {0, -1, 0.5}, new double[] {1, 2}, 0.5),
                        new Atom(new double[] {0.2, 0, 0.8}, new double[] {-1, -1.5}, 0.5)),
                InputDistribution.normal(0, 1.3));
        Finding finding = TestTruths.finding(truth, FunctionSet.SPLIT);
        assertThat(finding.verdict()).isEqualTo(Verdict.DEPENDENT);
        // The covariance is estimated through the logarithm of the inverse root l of it: d/dl = -2 Gamma d/dGamma,
        // so that d2/dc2 = 2 d/dGamma = -(1 / Gamma) d/dl.
        assertThat(finding.relations())
                .contains(
                        "expert 1: the second derivative by gate-centre equals minus 2 times the derivative by gate-covariance",
                        "expert 2: the second derivative by gate-centre equals minus 1.250 times the derivative by"
                                + " gate-covariance",
                        "every expert: the second derivative by intercept equals 4 times the derivative by log variance",
                        // dF/da = Gamma d2F/dc db + c dF/db, of which the last term vanishes at c = 0 (Type II).
                        "expert 1: the mixed second derivative by gate-centre and intercept equals 2 times the derivative by"
                                + " intercept plus 2 times the derivative by slope (costs no rate)",
                        "expert 2: the mixed second derivative by gate-centre and intercept equals 1.250 times the derivative"
                                + " by slope (costs no rate)");
    }

    @Test
    void laplaceGatesAndLinearExpertsAreIndependentAtFirstOrder() {
        double[][] gates = {{0, 0.3}, {0.2, -0.6}};
        Finding finding = exact("laplace", gates, "linear", LINES);
        assertThat(finding.verdict()).isEqualTo(Verdict.INDEPENDENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid", "tanh", "gelu"})
    void activationRoutersAreAlgebraicallyIndependentOfStrongExperts(String router) {
        String gate = "activation-dense-to-sparse(router=" + router + ")";
        Finding finding = TestTruths.finding(tempered(gate), FunctionSet.PRODUCT);
        assertThat(finding.verdict()).isIn(Verdict.INDEPENDENT, Verdict.UNDECIDED);
        assertThat(finding.relations()).isEmpty();
        assertThat(TestTruths.finding(tempered(gate), FunctionSet.EXACT).verdict())
                .isEqualTo(Verdict.INDEPENDENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense-to-sparse", "activation-dense-to-sparse(router=relu)"})
    void homogeneousRoutersAreNot(String gate) {
        Finding product = TestTruths.finding(tempered(gate), FunctionSet.PRODUCT);
        assertThat(product.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(product.relations())
                .anyMatch(line -> line.startsWith("expert 1: the derivative by log gate-temperature equals"));
        Finding exact = TestTruths.finding(tempered(gate), FunctionSet.EXACT);
        assertThat(exact.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(exact.smallest()).isLessThan(1e-14);
        assertThat(exact.relations())
                .singleElement()
                .asString()
                .startsWith("the derivative by log gate-temperature equals");
        assertThat(TestTruths.finding(tempered(gate), FunctionSet.QUOTIENT).verdict())
                .isEqualTo(Verdict.INDEPENDENT);
    }

    @Test
    void cosineGatesDoNotSeeTheLengthOfAWeightAndPerturbedOnesDo() {
        double[][] gates = {{0.2, 1, 0.5}, {0, -0.4, 0.8}};
        double[][] experts = {{0.5, 1, -1}, {-0.3, 0.7, 1.2}};
        Truth plain = TestTruths.regression("cosine(temperature=0.5)", gates, "tanh", experts, 2, 2);
        Finding failing = TestTruths.finding(plain, FunctionSet.PRODUCT);
        assertThat(failing.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(failing.smallest()).isLessThan(1e-14);
        // b'du/db = 0.
        assertThat(failing.relations())
                .contains(
                        "expert 1: the derivative by gate-weight[2] equals minus 2 times the derivative by gate-weight[1]",
                        "expert 2: the derivative by gate-weight[2] equals 0.5000 times the derivative by gate-weight[1]");
        Truth perturbed = TestTruths.regression("perturbed-cosine(temperature=0.5)", gates, "tanh", experts, 2, 2);
        assertThat(TestTruths.finding(perturbed, FunctionSet.PRODUCT).relations())
                .noneMatch(line -> line.contains("the derivative by gate-weight[2] equals"));
        assertThat(TestTruths.finding(perturbed, FunctionSet.EXACT).smallest()).isGreaterThan(1e-3);
    }

    @Test
    void sigmoidGatesSplitOnlyWhereTheirWeightsAreZero() {
        double[][] zero = {{0.3, 0}, {-0.5, 0}};
        Finding regimeOne = second("sigmoid", zero, "tanh(bias=no)", new double[][] {{2}, {-1.2}});
        assertThat(regimeOne.verdict()).isEqualTo(Verdict.INDEPENDENT);
        assertThat(second("sigmoid", zero, "linear", LINES).verdict()).isEqualTo(Verdict.DEPENDENT);
        Finding regimeTwo = second("sigmoid", GATES, "tanh(bias=no)", new double[][] {{2}, {-1.2}});
        assertThat(regimeTwo.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(regimeTwo.note()).contains("first derivatives decide");
    }

    @Test
    void aSetIsSeenFromTheSampleSizeAtWhichTheNoiseFallsBelowIt() {
        Finding finding = second("softmax", GATES, "tanh", RIDGES);
        double n = finding.visibleFrom();
        assertThat(n).isGreaterThan(3);
        assertThat(Math.sqrt(Elementary.log(n) / n)).isCloseTo(finding.smallestDistinct(), withinPercentage(1e-6));
        assertThat(finding.visible()).isEqualTo(n <= 1e6);
    }

    private static Truth tempered(String gate) {
        return TestTruths.regression(
                gate,
                new double[][] {{0.3, 1.5, 0.7}, {-0.2, -1, 0.7}},
                "tanh(bias=no)",
                new double[][] {{2}, {-1.2}},
                1,
                3);
    }

    private static Finding second(String gate, double[][] gates, String expert, double[][] experts) {
        return TestTruths.finding(TestTruths.regression(gate, gates, expert, experts, 1, 3), FunctionSet.SPLIT);
    }

    private static Finding exact(String gate, double[][] gates, String expert, double[][] experts) {
        return TestTruths.finding(TestTruths.regression(gate, gates, expert, experts, 1, 3), FunctionSet.EXACT);
    }
}
