package dev.ratelab.data;

import static dev.ratelab.data.Inputs.assertDistributed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.MixtureInput.Component;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each comparison with a distribution fails by chance with probability at most 1e-6, see {@link Inputs}. */
class InputDistributionTest {
    private static final int ROWS = 40_000;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private static double[][] drawn(InputDistribution input, int dimension) {
        double[][] x = new double[dimension][ROWS];
        input.fill(Streams.of("inputs", "test"), 0, ROWS, 0, x);
        return x;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5, 30, 1e9})
    void student_inputs_follow_their_distribution(double degreesOfFreedom) {
        double[][] x = drawn(new StudentInput(1, 2, degreesOfFreedom), 2);
        TDistribution student = new TDistribution(degreesOfFreedom);
        for (double[] column : x) {
            if (degreesOfFreedom > 1e6) {
                assertDistributed(column, value -> NORMAL.cumulativeProbability((value - 1) / 2));
            } else {
                assertDistributed(column, value -> student.cumulativeProbability((value - 1) / 2));
            }
        }
        // Two coordinates are independent: signs agree in half of the rows, within five standard errors (below 1e-6).
        int equal = 0;
        for (int row = 0; row < ROWS; row++) {
            equal += x[0][row] > 1 == x[1][row] > 1 ? 1 : 0;
        }
        assertThat((double) equal / ROWS).isCloseTo(0.5, within(2.5 / Math.sqrt(ROWS)));
    }

    @Test
    void correlated_inputs_have_their_mean_and_covariance_in_every_direction() {
        CorrelatedNormalInput input = CorrelatedNormalInput.of(
                new double[] {1, -2, 3}, new double[][] {{4, 1, -1}, {1, 2, 0.5}, {-1, 0.5, 1}});
        double[][] x = drawn(input, 3);
        for (double[] direction : new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, -1, 2}, {1, 3, 1}}) {
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < 3; i++) {
                mean += direction[i] * input.mean()[i];
                for (int j = 0; j < 3; j++) {
                    variance += direction[i] * direction[j] * input.covariance()[i][j];
                }
            }
            double[] values = new double[ROWS];
            for (int row = 0; row < ROWS; row++) {
                values[row] = direction[0] * x[0][row] + direction[1] * x[1][row] + direction[2] * x[2][row];
            }
            NormalDistribution expected = new NormalDistribution(mean, Math.sqrt(variance));
            assertDistributed(values, expected::cumulativeProbability);
        }
    }

    @Test
    void mixtures_follow_their_distribution() {
        MixtureInput input = new MixtureInput(List.of(
                new Component(3, InputDistribution.uniform(0, 1)),
                new Component(1, InputDistribution.normal(0, 1)),
                new Component(4, new StudentInput(2, 1, 3))));
        TDistribution student = new TDistribution(3);
        for (double[] column : drawn(input, 2)) {
            assertDistributed(
                    column,
                    x -> 3.0 / 8 * Math.min(1, Math.max(0, x))
                            + 1.0 / 8 * NORMAL.cumulativeProbability(x)
                            + 4.0 / 8 * student.cumulativeProbability(x - 2));
        }
        MixtureInput far = new MixtureInput(List.of(
                new Component(1, InputDistribution.uniform(0, 1)), new Component(1, InputDistribution.uniform(9, 10))));
        double[][] x = drawn(far, 2);
        for (int row = 0; row < ROWS; row++) {
            assertThat(x[0][row] > 5).isEqualTo(x[1][row] > 5);
        }
    }

    /** Chi-square with 6 degrees of freedom: above 40 with probability 4.6e-7. */
    @Test
    void empirical_inputs_are_whole_rows_drawn_evenly_or_taken_in_order() {
        double[][] rows = {{0, 1, 2, 3, 4, 5, 6}, {10, 11, 12, 13, 14, 15, 16}};
        double[][] x = drawn(EmpiricalInput.of(rows, true), 2);
        int[] counts = new int[7];
        for (int row = 0; row < ROWS; row++) {
            assertThat(x[1][row]).isEqualTo(x[0][row] + 10);
            counts[(int) x[0][row]]++;
        }
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - ROWS / 7.0) * (count - ROWS / 7.0) / (ROWS / 7.0);
        }
        assertThat(chiSquare).isLessThan(40);

        EmpiricalInput ordered = EmpiricalInput.of(rows, false);
        double[][] some = new double[2][3];
        ordered.fill(Streams.of("inputs", "test"), 0, 6, 2, some);
        assertThat(some).isDeepEqualTo(new double[][] {{2, 3, 4}, {12, 13, 14}});
        assertThatThrownBy(() -> ordered.fill(Streams.of("inputs", "test"), 0, 8, 2, some))
                .hasMessage("a sample of 8 rows needs more than the 7 rows of the empirical inputs, which are taken in"
                        + " order");
    }

    @Test
    void the_digest_tells_data_apart() {
        Set<String> digests = new HashSet<>();
        digests.add(EmpiricalInput.of(new double[][] {{1, 2, 3, 4}}, true).digest());
        digests.add(EmpiricalInput.of(new double[][] {{1, 2}, {3, 4}}, true).digest());
        digests.add(EmpiricalInput.of(new double[][] {{1, 2, 3, 5}}, true).digest());
        assertThat(digests).hasSize(3).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(EmpiricalInput.of(new double[][] {{-0.0}}, true).digest())
                .isEqualTo(EmpiricalInput.of(new double[][] {{0.0}}, false).digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void variates_are_those_that_are_said_to_be_used(int dimension) {
        Stream stream = Streams.of("variates", "test");
        for (InputDistribution input : Inputs.ofEveryKind(dimension)) {
            assertThat(input.dimension().orElse(dimension)).isEqualTo(dimension);
            // Moving the first variate beyond all that are used gives other numbers; fixed designs use none.
            double[][] x = new double[dimension][8];
            double[][] moved = new double[dimension][8];
            input.fill(stream, 0, 8, 0, x);
            input.fill(stream, input.variates(dimension), 8, 0, moved);
            assertThat(x[0][0] == moved[0][0]).isEqualTo(input.variates(dimension) == 0);
        }
    }

    @Test
    void impossible_parameters_are_refused() {
        assertThatThrownBy(() -> InputDistribution.uniform(1, 1)).hasMessage("low = 1.0 must be below high = 1.0");
        assertThatThrownBy(() -> InputDistribution.grid(0, Double.NaN)).hasMessageContaining("not finite");
        assertThatThrownBy(() -> InputDistribution.normal(0, 0))
                .hasMessage("standard deviation = 0.0 must be positive");
        assertThatThrownBy(() -> new StudentInput(0, 0, 3)).hasMessage("scale = 0.0 must be positive");
        assertThatThrownBy(() -> new StudentInput(0, 1, 0.01)).hasMessageContaining("must be at least 0.1");
        assertThatThrownBy(() -> new MixtureInput(List.of())).hasMessageContaining("at least one component");
        assertThatThrownBy(() -> new Component(0, InputDistribution.uniform(0, 1)))
                .hasMessageContaining("weight = 0.0");
        assertThatThrownBy(() -> new MixtureInput(
                        List.of(new Component(1, Inputs.correlated(2)), new Component(1, Inputs.correlated(3)))))
                .hasMessage("the components have different numbers of inputs: 2 and 3");
        assertThatThrownBy(() -> CorrelatedNormalInput.of(new double[] {0, 0}, new double[][] {{1, 0.5}, {0.4, 1}}))
                .hasMessage("the covariance is not symmetric: entries (2, 1) and (1, 2) differ");
        assertThatThrownBy(() -> CorrelatedNormalInput.of(new double[] {0, 0}, new double[][] {{1, 2}, {2, 1}}))
                .hasMessage("the covariance is not positive definite");
        assertThatThrownBy(() -> CorrelatedNormalInput.of(new double[] {0, 0}, new double[][] {{1}}))
                .hasMessage("the covariance has 1 rows, the mean 2 entries");
        assertThatThrownBy(() -> EmpiricalInput.of(new double[2][50_001], true))
                .hasMessage("50001 rows of 2 inputs are 100002 numbers; a study holds at most 100000");
        assertThatThrownBy(() -> EmpiricalInput.of(new double[][] {{1, 2}, {3}}, true))
                .hasMessage("column 2 has 1 rows, the first has 2");
        assertThatThrownBy(() -> EmpiricalInput.of(new double[][] {{}}, true)).hasMessageContaining("at least one row");
        assertThatThrownBy(() -> drawn(Inputs.correlated(3), 2))
                .hasMessage("correlated-normal inputs need 3 inputs, the model has 2");
    }
}
