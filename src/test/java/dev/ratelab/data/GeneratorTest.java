package dev.ratelab.data;

import static dev.ratelab.data.Inputs.assertDistributed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private static Truth truth(int dimension, InputDistribution input) {
        Stream stream = Streams.of("truth " + dimension, "test");
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            double[] gate = new double[1 + dimension];
            double[] expert = new double[1 + dimension];
            for (int c = 0; c <= dimension; c++) {
                gate[c] = stream.normal(i, 2 * c) / (c == 0 ? 1 : Math.sqrt(dimension));
                expert[c] = 2 * stream.normal(i, 2 * c + 1);
            }
            atoms.add(new Atom(gate, expert, 0.2 + 0.5 * i));
        }
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), 3, dimension);
        return new Truth(model, atoms, input);
    }

    /** Distribution function of y given x, written out from the definition of the model. */
    private static double probability(Truth truth, Sample sample, int row) {
        double total = 0;
        double below = 0;
        for (Atom atom : truth.atoms()) {
            double score = atom.gate()[0];
            double mean = atom.expert()[0];
            for (int j = 0; j < sample.dimension(); j++) {
                score += atom.gate()[1 + j] * sample.x(j, row);
                mean += atom.expert()[1 + j] * sample.x(j, row);
            }
            double weight = Math.exp(score);
            total += weight;
            below += weight * NORMAL.cumulativeProbability((sample.y(row) - mean) / Math.sqrt(atom.variance()));
        }
        return below / total;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void responses_follow_the_conditional_density_everywhere(int dimension) {
        Truth truth = truth(dimension, InputDistribution.uniform(-1.5, 2));
        Sample sample = Generator.generate(truth, 40_000, "density test");
        for (int quarter = 0; quarter < 4; quarter++) {
            List<Double> values = new ArrayList<>();
            for (int row = 0; row < sample.size(); row++) {
                double x = sample.x(sample.dimension() - 1, row);
                if ((int) Math.floor((x + 1.5) / 3.5 * 4) == quarter) {
                    values.add(probability(truth, sample, row));
                }
            }
            assertDistributed(values.stream().mapToDouble(v -> v).toArray(), p -> p);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void inputs_follow_their_distribution(int dimension) {
        Sample uniform = Generator.generate(truth(dimension, InputDistribution.uniform(-1, 3)), 20_000, "x");
        Sample normal = Generator.generate(truth(dimension, InputDistribution.normal(5, 2)), 20_000, "x");
        for (int j = 0; j < dimension; j++) {
            double[] u = new double[uniform.size()];
            double[] z = new double[uniform.size()];
            for (int row = 0; row < u.length; row++) {
                u[row] = uniform.x(j, row);
                z[row] = normal.x(j, row);
            }
            assertDistributed(u, x -> (x + 1) / 4);
            assertDistributed(z, x -> NORMAL.cumulativeProbability((x - 5) / 2));
        }
    }

    @Test
    void grid_inputs_are_equally_spaced_and_hold_both_ends() {
        Truth truth = truth(1, InputDistribution.grid(0, 1));
        Sample sample = Generator.generate(truth, 1001, "grid");
        assertThat(sample.x(0, 0)).isZero();
        assertThat(sample.x(0, 1000)).isEqualTo(1);
        assertThat(sample.x(0, 250)).isEqualTo(0.25);
        assertThatThrownBy(() -> Generator.generate(truth, 1, "grid")).hasMessageContaining("at least 2");
        Truth plane = truth(2, InputDistribution.grid(0, 1));
        assertThatThrownBy(() -> Generator.generate(plane, 10, "grid")).hasMessageContaining("the model has 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void any_row_can_be_made_alone_with_the_same_bits(int dimension) {
        for (InputDistribution input : Inputs.ofEveryKind(dimension)) {
            Truth truth = truth(dimension, input);
            Sample whole = Generator.generate(truth, 1300, "rows");
            for (int from : new int[] {0, 1, 511, 512, 700, 1299}) {
                Sample alone = Generator.rows(truth, 1300, "rows", from, 1);
                assertThat(alone.y(0)).isEqualTo(whole.y(from));
                for (int j = 0; j < dimension; j++) {
                    assertThat(alone.x(j, 0)).isEqualTo(whole.x(j, from));
                }
            }
        }
    }

    @Test
    void samples_are_nested_in_random_designs_and_differ_between_keys() {
        Truth truth = truth(1, InputDistribution.uniform(0, 1));
        Sample small = Generator.generate(truth, 10, "a");
        assertThat(Generator.generate(truth, 1000, "a").y(7)).isEqualTo(small.y(7));
        assertThat(Generator.generate(truth, 10, "b").y(7)).isNotEqualTo(small.y(7));
    }

    @Test
    void rows_outside_the_sample_are_refused() {
        Truth truth = truth(1, InputDistribution.uniform(0, 1));
        assertThatThrownBy(() -> Generator.rows(truth, 10, "a", 8, 3))
                .hasMessage("rows 8 to 10 are not within a sample of 10");
    }

    /** Bits of inputs and responses, mixed; stored studies depend on them. */
    @Test
    void the_bits_of_uniform_normal_and_grid_inputs_are_part_of_the_format() {
        assertThat(mixedBits(InputDistribution.uniform(-1, 1.5))).isEqualTo(0x476194d18084ca59L);
        assertThat(mixedBits(InputDistribution.normal(-1, 1.5))).isEqualTo(0xef4fcef25065ff55L);
        assertThat(mixedBits(InputDistribution.grid(-1, 1.5))).isEqualTo(0x6de97157edcf82efL);
    }

    private static long mixedBits(InputDistribution input) {
        List<Atom> atoms = List.of(
                new Atom(new double[] {0, 1}, new double[] {3, 1}, 1),
                new Atom(new double[] {0, 0}, new double[] {-3, -1}, 2));
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), 2, 1);
        Sample sample = Generator.generate(new Truth(model, atoms, input), 1300, "pin");
        long bits = 1;
        for (int row = 0; row < sample.size(); row++) {
            bits = 31 * bits + Double.doubleToLongBits(sample.x(0, row));
            bits = 31 * bits + Double.doubleToLongBits(sample.y(row));
        }
        return bits;
    }
}
