package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuadratureDesignTest {

    private static Truth truth(Problem problem, int dimension, InputDistribution input, NoiseLaw noise) {
        double[] slope = new double[1 + dimension];
        Arrays.fill(slope, 1);
        List<Atom> atoms = List.of(
                new Atom(new double[1 + dimension], slope, 0.25),
                new Atom(new double[1 + dimension], new double[1 + dimension], 0.25));
        MixtureOfExperts model = new MixtureOfExperts(
                Gates.of("softmax"),
                Experts.of("linear"),
                problem == Problem.REGRESSION ? Noise.known(0.25) : Noise.OWN,
                2,
                dimension);
        return new Truth(model, atoms, input, noise);
    }

    @Test
    void moments_of_the_inputs_are_exact() {
        QuadratureDesign uniform = QuadratureDesign.of(InputDistribution.uniform(1, 3), 1, 10);
        QuadratureDesign normal = QuadratureDesign.of(InputDistribution.normal(1, 2), 2, 10);
        assertThat(uniform.weights()).hasSize(10);
        assertThat(normal.weights()).hasSize(100);
        double cube = 0;
        double mixed = 0;
        for (int j = 0; j < 10; j++) {
            cube += uniform.weights()[j] * Math.pow(uniform.x()[0][j], 3);
        }
        for (int j = 0; j < 100; j++) {
            mixed += normal.weights()[j] * Math.pow(normal.x()[0][j], 2) * Math.pow(normal.x()[1][j], 3);
        }
        assertThat(cube).isCloseTo(10, within(1e-12));
        // E x^2 = 5 and E x^3 = 1 + 3 * 4 = 13.
        assertThat(mixed).isCloseTo(65, within(1e-10));
        assertThat(Arrays.stream(normal.weights()).sum()).isCloseTo(1, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e6, 1e14, 1e20})
    void responses_and_weights_are_those_of_the_formula(double n) {
        for (NoiseLaw noise : List.of(NoiseLaw.NORMAL, new NoiseLaw.Heteroscedastic(new double[] {2}))) {
            Truth truth = truth(Problem.REGRESSION, 1, InputDistribution.uniform(-1, 1), noise);
            Sample sample = Generator.quadrature(truth, n, QuadratureDesign.DEFAULT_NODES, "key");
            Stream stream = Streams.of("key", "noise");
            assertThat(sample.size()).isEqualTo(80);
            assertThat(sample.weighted()).isTrue();
            double total = 0;
            for (int j = 0; j < sample.size(); j++) {
                double x = sample.x(0, j);
                double factor = noise instanceof NoiseLaw.Normal ? 1 : Math.sqrt(1 + 4 * x * x);
                double expected = (1 + x) / 2 + 0.5 * factor * stream.normal(j, 0) / Math.sqrt(sample.weight(j));
                assertThat(sample.y(j)).isCloseTo(expected, within(1e-15 + 1e-14 * Math.abs(expected)));
                total += sample.weight(j);
            }
            assertThat(total / n).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void normal_inputs_work_up_to_the_largest_design() {
        for (int m : new int[] {80, 160}) {
            Truth truth = truth(Problem.REGRESSION, 2, InputDistribution.normal(0, 1), NoiseLaw.NORMAL);
            Sample sample = Generator.quadrature(truth, 1, m, "key");
            assertThat(sample.size()).isEqualTo(m * m);
            for (int row = 0; row < sample.size(); row++) {
                assertThat(sample.weight(row)).isPositive();
                assertThat(sample.y(row)).isFinite();
            }
        }
    }

    @Test
    void what_has_no_design_is_refused() {
        InputDistribution uniform = InputDistribution.uniform(-1, 1);
        assertThatThrownBy(() -> QuadratureDesign.of(uniform, 3, 80))
                .hasMessage("the quadrature design needs one or two inputs, the truth has 3: the number of nodes is a"
                        + " power of it");
        assertThatThrownBy(() -> QuadratureDesign.of(new StudentInput(0, 1, 3), 1, 80))
                .hasMessage("the quadrature design needs uniform or normal inputs, not student inputs");
        assertThatThrownBy(() -> QuadratureDesign.of(uniform, 1, 0)).hasMessageContaining("number of nodes = 0");
        Truth density = truth(Problem.DENSITY, 1, uniform, NoiseLaw.NORMAL);
        assertThatThrownBy(() -> Generator.quadrature(density, 10, 80, "a"))
                .hasMessage("the quadrature design is for regression, the problem is density");
        Truth laplace = truth(Problem.REGRESSION, 1, uniform, new NoiseLaw.Laplace());
        assertThatThrownBy(() -> Generator.quadrature(laplace, 10, 80, "a"))
                .hasMessageStartingWith("the quadrature design needs normal noise, not laplace noise");
        Truth regression = truth(Problem.REGRESSION, 1, uniform, NoiseLaw.NORMAL);
        assertThatThrownBy(() -> Generator.quadrature(regression, Double.POSITIVE_INFINITY, 80, "a"))
                .hasMessage("n = Infinity must be positive and finite");
    }
}
