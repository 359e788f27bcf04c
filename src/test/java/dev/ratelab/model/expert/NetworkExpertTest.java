package dev.ratelab.model.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.math.Activation;
import dev.ratelab.model.Block;
import dev.ratelab.model.Expert;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.gate.SoftmaxGate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkExpertTest {

    @Test
    void idLeavesDefaultsOutInAFixedOrder() {
        assertThat(id("tanh", Map.of())).isEqualTo("tanh");
        assertThat(id("tanh", Map.of("bias", "yes", "output-weight", "no", "width", "1")))
                .isEqualTo("tanh");
        assertThat(id("tanh", Map.of("bias", "no"))).isEqualTo("tanh(bias=no)");
        assertThat(id("tanh", Map.of("output-weight", "yes"))).isEqualTo("tanh(output-weight=yes)");
        assertThat(id("tanh", Map.of("width", "3"))).isEqualTo("tanh(width=3)");
        assertThat(id("gelu", Map.of("width", "2", "bias", "no"))).isEqualTo("gelu(bias=no,width=2)");
        assertThat(id("polynomial", Map.of())).isEqualTo("polynomial(degree=2)");
        assertThat(id("polynomial", Map.of("degree", "3", "bias", "no", "output-weight", "yes", "width", "4")))
                .isEqualTo("polynomial(degree=3,bias=no,output-weight=yes,width=4)");
    }

    private static String id(String name, Map<String, String> options) {
        return NetworkExpert.of(name, options).id();
    }

    @ParameterizedTest
    @CsvSource({
        "tanh, width, 5, tanh: option width = 5 must be a whole number from 1 to 4",
        "tanh, width, 0, tanh: option width = 0 must be a whole number from 1 to 4",
        "tanh, width, two, tanh: option width = two must be a whole number from 1 to 4",
        "tanh, bias, true, 'tanh: option bias = true must be one of yes, no'",
        "tanh, degree, 2, 'tanh has no option ''degree''; its options: bias, output-weight, width'",
        "polynomial, degree, 101, polynomial: option degree = 101 must be a whole number from 1 to 100",
        "polynomial, power, 2, 'polynomial has no option ''power''; its options: bias, degree, output-weight, width'",
        "cosine, bias, no, 'unknown activation ''cosine''; known: sigmoid, tanh, gelu, silu, relu, sine, polynomial'"
    })
    void badOptionsAreRefusedWithWhatIsAllowed(String name, String option, String value, String message) {
        assertThatThrownBy(() -> NetworkExpert.of(name, Map.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "tanh, no, 6",
        "tanh, yes, 48",
        "sine, no, 48",
        "sine, yes, 384",
        "gelu, yes, 6",
        "polynomial, no, 48",
        "polynomial, yes, 48"
    })
    void equivalentsArePermutationsTimesFlipsOfEachUnit(String name, String outputWeight, int expected) {
        Expert expert = NetworkExpert.of(name, Map.of("width", "3", "output-weight", outputWeight));
        double[] parameters = new double[expert.parameterCount(2)];
        for (int a = 0; a < parameters.length; a++) {
            parameters[a] = 1 + a;
        }
        assertThat(expert.equivalents(parameters, 2)).hasSize(expected);
    }

    @ParameterizedTest
    @CsvSource({"tanh, no, 1, 0", "relu, no, 2, 0", "relu, yes, 2, 2", "polynomial, no, 2, 1", "polynomial, yes, 2, 3"})
    void theModelCountsTheExpertsInvariances(String name, String outputWeight, String width, int each) {
        Expert expert = NetworkExpert.of(name, Map.of("output-weight", outputWeight, "width", width));
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), expert, 3, 2);
        int translations = 3;
        assertThat(model.freeParameterCount()).isEqualTo(model.parameterCount() - translations - 3 * each);
        double[] zero = new double[model.parameterCount()];
        assertThat(model.invariances(zero).length).isBetween(translations, translations + 3 * each);
    }

    @Test
    void scalingDirectionsVanishWithTheUnit() {
        Expert expert = NetworkExpert.of("relu", Map.of("output-weight", "yes"));
        assertThat(expert.invariances(new double[8], 0, 2, 2)).isEmpty();
        assertThat(expert.invariances(new double[] {1, 2, 3, 4, 0, 0, 0, 0}, 0, 2, 2))
                .isEqualTo(new double[][] {{1, 2, 3, -4, 0, 0, 0, 0}});
    }

    @Test
    void scalingByAFiniteFactorLeavesTheMeanAlone() {
        Expert expert = NetworkExpert.of("polynomial", Map.of("degree", "3", "output-weight", "yes"));
        double[] x = Block.newArray();
        for (int row = 0; row < Block.ROWS; row++) {
            x[row] = 0.01 * row - 2;
        }
        Block block = new Block(new double[][] {x}, Block.newArray(), Block.ROWS);
        double[][] expected = new double[1][Block.LENGTH];
        double[][] actual = new double[1][Block.LENGTH];
        expert.values(new double[] {0.5, -0.25, 1.5}, 0, block, expected);
        expert.values(new double[] {1, -0.5, 1.5 / 8}, 0, block, actual);
        assertThat(actual).isDeepEqualTo(expected);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> NetworkOptions.of(Activation.TANH).withWidth(5))
                .hasMessage("width = 5 must be between 1 and 4");
        assertThatThrownBy(() -> Activation.power(0)).hasMessage("degree = 0 must be between 1 and 100");
    }

    @Test
    void smoothnessIsThatOfTheActivation() {
        assertThat(NetworkExpert.of("relu", Map.of()).smooth()).isFalse();
        assertThat(NetworkExpert.of("gelu", Map.of()).smooth()).isTrue();
        assertThat(new ConstantExpert().smooth()).isTrue();
    }
}
