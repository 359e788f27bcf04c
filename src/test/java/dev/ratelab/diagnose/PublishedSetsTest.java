package dev.ratelab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ratelab.data.InputNodes;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Problem;
import dev.ratelab.testing.Slow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Singular values that a prototype in NumPy found for the function sets of the papers: inputs uniform on [-1, 1], atoms
 * {@code (weight, bias) = (2, 0.5), (-3, 1)}, gate weights {@code 1.5, -1}.
 */
class PublishedSetsTest {
    private static final int NODES = 160;
    private static final double[][] ONE = {{0.5, 2}};
    private static final double[][] TWO = {{0.5, 2}, {1, -3}};

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sigmoid, 3.03e-6, 3.44e-10, 2.6e-2, 6.0e-4",
        "tanh, 2.89e-4, 2.65e-7, 2.1e-1, 1.6e-2",
        "gelu, 3.50e-6, 4.71e-10, 8.9e-2, 7.4e-4"
    })
    void strongActivationsAreIndependentWithTheKnownSingularValues(
            String expert, double nine, double eighteen, double firstOrder, double firstOrderOfTwo) {
        Dependence one = strong(expert, ONE, 1);
        assertThat(one.distinct()).isEqualTo(9);
        assertThat(one.verdict()).isEqualTo(Verdict.INDEPENDENT);
        assertThat(one.smallestDistinct()).isCloseTo(nine, withinPercentage(1));
        Dependence two = strong(expert, TWO, 1);
        assertThat(two.distinct()).isEqualTo(18);
        assertThat(two.verdict()).isEqualTo(Verdict.INDEPENDENT);
        assertThat(two.smallestDistinct()).isCloseTo(eighteen, withinPercentage(1));
        assertThat(firstOrder(expert, ONE)).isCloseTo(firstOrder, withinPercentage(3));
        assertThat(firstOrder(expert, TWO)).isCloseTo(firstOrderOfTwo, withinPercentage(3));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"relu", "linear", "polynomial(degree=2)", "polynomial(degree=3)", "sine"})
    void otherActivationsAreDependent(String expert) {
        for (double[][] atoms : List.of(ONE, TWO)) {
            Dependence set = strong(expert, atoms, 1);
            assertThat(set.verdict()).isEqualTo(Verdict.DEPENDENT);
            assertThat(set.smallest()).isLessThan(1e-14);
        }
    }

    @Test
    void sineIsDependentBecauseItsSecondDerivativeIsMinusItself() {
        assertThat(strong("sine", ONE, 1).relations())
                .extracting(Relation::words)
                .contains("the second derivative by expert-bias equals minus the mean");
        assertThat(strong("linear", ONE, 1).relations())
                .extracting(Relation::words)
                .contains("the second derivative by intercept is zero", "the second derivative by slope is zero");
    }

    @Slow
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sigmoid, 4.4e-3",
        "tanh, 7.4e-2",
        "gelu, 2.7e-2",
        "relu, 3.1e-2",
        "linear, 7.5e-4",
        "polynomial(degree=2), 6.1e-3",
        "sine, 1.7e-2"
    })
    void theJacobianOfASoftmaxGateIsIndependentAndATemperatureMakesItDependent(String expert, double smallest) {
        double[][] experts = TWO;
        Truth plain = TestTruths.regression("softmax", new double[][] {{0.3, 1.5}, {0, 0}}, expert, experts, 1, 1);
        ModelFunctions softmax = functions(plain);
        Dependence exact = new Dependence(
                softmax.jacobian(Gauge.ofTranslations(softmax.local())),
                softmax.rows().weight());
        assertThat(exact.size()).isEqualTo(6);
        assertThat(exact.smallest()).isCloseTo(smallest, withinPercentage(3));
        Truth tempered = TestTruths.regression(
                "dense-to-sparse(bias=outside)", new double[][] {{0.3, 1.5, 1.7}, {0, 0, 1.7}}, expert, experts, 1, 1);
        ModelFunctions tempering = functions(tempered);
        Dependence withTemperature = new Dependence(
                tempering.jacobian(Gauge.ofTranslations(tempering.local())),
                tempering.rows().weight());
        assertThat(withTemperature.smallest()).isLessThan(1e-14);
        assertThat(withTemperature.verdict()).isEqualTo(Verdict.DEPENDENT);
        Dependence quotient = new Dependence(
                tempering.jacobian(Gauge.ofAll(tempering.local())),
                tempering.rows().weight());
        assertThat(quotient.smallest()).isGreaterThan(1e-5);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"sigmoid, 1.4e-3", "tanh, 1.3e-2", "gelu, 2.8e-3"})
    void withoutABiasNoFunctionsCoincide(String activation, double smallest) {
        Dependence set = strong(activation + "(bias=no)", new double[][] {{2}}, 1);
        assertThat(set.distinct()).isEqualTo(6);
        assertThat(set.relations()).isEmpty();
        assertThat(set.smallest()).isCloseTo(smallest, withinPercentage(4));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"sigmoid", "tanh", "gelu", "relu", "sine"})
    void aFreeOutputWeightIsNeverStronglyIdentifiable(String activation) {
        Dependence set = strong(activation + "(bias=no,output-weight=yes)", new double[][] {{2, 1.5}}, 1);
        assertThat(set.verdict()).isEqualTo(Verdict.DEPENDENT);
        assertThat(set.relations())
                .extracting(Relation::words)
                .contains("the second derivative by output-weight is zero");
    }

    @Slow
    @ParameterizedTest(name = "{0} on [-{1}, {1}]")
    @CsvSource({
        "sigmoid, 1, 3.0e-6, 3.4e-12", "tanh, 1, 2.9e-4, 2.6e-9", "gelu, 1, 3.5e-6, 1.3e-12",
        "sigmoid, 3, 1.0e-3, 4.4e-7", "tanh, 3, 5.2e-3, 3.8e-5", "gelu, 3, 2.6e-4, 9.3e-9"
    })
    void widerInputsTellTheFunctionsApart(String expert, double range, double nine, double eighteen) {
        double[][] experts = {{0.5, 2}, {1, -1.5}};
        Dependence one = strong(expert, ONE, range);
        assertThat(one.smallestDistinct()).isCloseTo(nine, withinPercentage(5));
        Truth truth = TestTruths.regression("softmax", new double[][] {{0, 2}, {0, 0}}, expert, experts, 1, range);
        Dependence two = dependence(truth, true);
        assertThat(two.smallestDistinct()).isCloseTo(eighteen, withinPercentage(5));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sigmoid, 2.0e-4",
        "tanh, 3.2e-3",
        "gelu, 3.3e-3",
        "relu, 1.4e-2",
        "linear, 7.2e-6",
        "polynomial(degree=2), 3.1e-4"
    })
    void sigmoidGatesAreIndependentAtFirstOrderEvenWithLinearExperts(String expert, double smallest) {
        // The prototype's biases are not known, and the values depend on them a little.
        Truth truth = TestTruths.regression("sigmoid", new double[][] {{0.3, 1.5}, {0, -1}}, expert, TWO, 1, 1);
        Finding exact = TestTruths.finding(truth, FunctionSet.EXACT);
        assertThat(exact.verdict()).isEqualTo(Verdict.INDEPENDENT);
        assertThat(exact.smallest()).isCloseTo(smallest, withinPercentage(20));
    }

    private static ModelFunctions functions(Truth truth) {
        return new ModelFunctions(truth, Diagnosis.nodes(truth, NODES, NODES));
    }

    /** The literature's set: of one atom without the gate, of two atoms with the factors of a softmax gate. */
    private static Dependence strong(String expert, double[][] experts, double range) {
        double[][] gates = experts.length == 1 ? new double[][] {{0, 0}} : new double[][] {{0, 1.5}, {0, -1}};
        return dependence(TestTruths.regression("softmax", gates, expert, experts, 1, range), experts.length > 1);
    }

    private static Dependence dependence(Truth truth, boolean withGate) {
        InputNodes nodes = Diagnosis.nodes(truth, NODES, NODES);
        ExpertFunctions functions =
                new ExpertFunctions(new LocalModel(truth.model(), truth.parameters(), nodes), withGate);
        return new Dependence(functions.strong(Problem.REGRESSION), nodes.weights());
    }

    private static double firstOrder(String expert, double[][] experts) {
        double[][] gates = experts.length == 1 ? new double[][] {{0, 0}} : new double[][] {{0, 1.5}, {0, -1}};
        Truth truth = TestTruths.regression("softmax", gates, expert, experts, 1, 1);
        InputNodes nodes = Diagnosis.nodes(truth, NODES, NODES);
        ExpertFunctions functions =
                new ExpertFunctions(new LocalModel(truth.model(), truth.parameters(), nodes), experts.length > 1);
        List<PartialFunction> first = functions.strong(Problem.REGRESSION).stream()
                .filter(function -> function.kind() == PartialFunction.Kind.FIRST)
                .toList();
        return new Dependence(first, nodes.weights()).smallest();
    }
}
