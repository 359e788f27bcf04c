package dev.ratelab.data;

import static dev.ratelab.data.Inputs.assertDistributed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Streams;
import java.util.List;
import org.apache.commons.math3.distribution.LaplaceDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each comparison with a distribution fails by chance with probability at most 1e-6, see {@link Inputs}. */
class NoiseLawTest {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final InputDistribution INPUT = InputDistribution.uniform(-2, 2);

    private static Truth truth(Problem problem, NoiseLaw noise) {
        List<Atom> atoms = List.of(
                new Atom(new double[] {0.5, 1}, new double[] {3, 1}, 4),
                new Atom(new double[] {0, -1}, new double[] {-3, 2}, 4));
        MixtureOfExperts model = new MixtureOfExperts(
                Gates.of("softmax"),
                Experts.of("linear"),
                problem == Problem.REGRESSION ? Noise.known(4) : Noise.OWN,
                2,
                1);
        return new Truth(model, atoms, INPUT, noise);
    }

    private static double[] drawn(NoiseLaw noise, double[][] x) {
        double[] values = new double[x[0].length];
        noise.fill(Streams.of("noise", "test"), 0, x, values);
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.1, 5, 100})
    void student_noise_has_variance_one(double degreesOfFreedom) {
        TDistribution student = new TDistribution(degreesOfFreedom);
        double unit = Math.sqrt(degreesOfFreedom / (degreesOfFreedom - 2));
        assertDistributed(
                drawn(new NoiseLaw.Student(degreesOfFreedom), new double[1][40_000]),
                z -> student.cumulativeProbability(unit * z));
    }

    @Test
    void laplace_noise_has_variance_one() {
        LaplaceDistribution laplace = new LaplaceDistribution(0, Math.sqrt(0.5));
        assertDistributed(drawn(new NoiseLaw.Laplace(), new double[1][40_000]), laplace::cumulativeProbability);
    }

    @Test
    void heteroscedastic_noise_has_the_variance_of_its_formula() {
        double[][] x = new double[2][40_000];
        INPUT.fill(Streams.of("inputs", "test"), 0, 40_000, 0, x);
        double[] values = drawn(new NoiseLaw.Heteroscedastic(new double[] {1, -2}), x);
        for (int row = 0; row < values.length; row++) {
            values[row] /= Math.sqrt(1 + Math.pow(x[0][row] - 2 * x[1][row], 2));
        }
        assertDistributed(values, NORMAL::cumulativeProbability);
    }

    @Test
    void regression_responses_are_the_regression_function_plus_noise() {
        for (NoiseLaw noise : List.of(NoiseLaw.NORMAL, new NoiseLaw.Heteroscedastic(new double[] {2}))) {
            Sample sample = Generator.generate(truth(Problem.REGRESSION, noise), 40_000, "regression");
            double[] residuals = new double[sample.size()];
            for (int row = 0; row < residuals.length; row++) {
                double x = sample.x(0, row);
                double weight = 1 / (1 + Math.exp(-0.5 - 2 * x));
                double factor = noise instanceof NoiseLaw.Normal ? 1 : Math.sqrt(1 + 4 * x * x);
                residuals[row] = (sample.y(row) - weight * (3 + x) - (1 - weight) * (-3 + 2 * x)) / 2 / factor;
            }
            assertDistributed(residuals, NORMAL::cumulativeProbability);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"density", "regression"})
    void any_row_can_be_made_alone_with_the_same_bits(String problem) {
        for (NoiseLaw noise : List.of(
                NoiseLaw.NORMAL,
                new NoiseLaw.Student(3),
                new NoiseLaw.Laplace(),
                new NoiseLaw.Heteroscedastic(new double[] {1}))) {
            Truth truth = truth(Problem.of(problem), noise);
            Sample whole = Generator.generate(truth, 1300, "rows");
            for (int from : new int[] {0, 1, 511, 512, 1299}) {
                assertThat(Generator.rows(truth, 1300, "rows", from, 1).y(0)).isEqualTo(whole.y(from));
            }
        }
    }

    @Test
    void impossible_noise_is_refused() {
        assertThatThrownBy(() -> new NoiseLaw.Student(2))
                .hasMessageContaining("degrees of freedom = 2.0 must be finite");
        assertThatThrownBy(() -> new NoiseLaw.Heteroscedastic(new double[] {Double.NaN}))
                .hasMessageContaining("not finite");
        Truth wrong = truth(Problem.DENSITY, new NoiseLaw.Heteroscedastic(new double[] {1, 2}));
        assertThatThrownBy(() -> Generator.generate(wrong, 10, "a"))
                .hasMessage("the slope of the noise has 2 entries, the model has 1 inputs");
        Truth truth = truth(Problem.REGRESSION, NoiseLaw.NORMAL);
        List<Atom> atoms = List.of(truth.atoms().get(0), new Atom(new double[] {0, 0}, new double[] {0, 0}, 1));
        assertThatThrownBy(() -> new Truth(truth.model(), atoms, INPUT))
                .hasMessage("in regression all atoms must have the same noise variance, that of the model, 4.0");
    }
}
