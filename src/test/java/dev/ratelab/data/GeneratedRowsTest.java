package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedRowsTest {
    private static final Units UNITS = new Units(new double[] {0.3, -1, 2.5}, new double[] {2, 0.5, 4});

    private static Truth truth(InputDistribution input, Noise noise, int dimension) {
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double[] gate = new double[1 + dimension];
            double[] expert = new double[1 + dimension];
            gate[1] = i;
            expert[0] = 3 - 6 * i;
            expert[dimension] = 1 - 2 * i;
            atoms.add(new Atom(gate, expert, noise.kind() == Noise.Kind.KNOWN ? noise.variance() : 1 + i));
        }
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), noise, 2, dimension);
        return new Truth(model, atoms, input);
    }

    private static void assertSame(ChunkedRows actual, Sample expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        assertThat(actual.dimension()).isEqualTo(expected.dimension());
        assertThat(actual.totalWeight()).isEqualTo(expected.totalWeight());
        for (int c = 0; c < ChunkTree.chunks(expected.size()); c++) {
            Block[] blocks = actual.chunk(c);
            Block[] others = expected.chunk(c);
            assertThat(blocks).hasSameSizeAs(others);
            for (int b = 0; b < blocks.length; b++) {
                assertThat(blocks[b].rows()).isEqualTo(others[b].rows());
                assertThat(blocks[b].columns()).isDeepEqualTo(others[b].columns());
                assertThat(blocks[b].response()).isEqualTo(others[b].response());
                assertThat(blocks[b].weight()).isEqualTo(others[b].weight());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void rowsOfEveryKindOfInputAreThoseOfTheSampleInMemory(int dimension) {
        for (InputDistribution input : Inputs.ofEveryKind(dimension)) {
            for (Noise noise : List.of(Noise.OWN, Noise.known(0.5))) {
                Truth truth = truth(input, noise, dimension);
                int size = Math.min(70_001, input.mostRows());
                Sample whole = Generator.generate(truth, size, "key");
                GeneratedRows rows = GeneratedRows.of(truth, size, "key", 40_000);
                assertSame(rows, whole);
                // Once more, with a chunk that was kept.
                assertSame(rows, whole);
            }
        }
    }

    @Test
    void otherUnitsAreThoseOfTheSampleInMemory() {
        Truth truth = truth(InputDistribution.uniform(-1, 2), Noise.OWN, 2);
        Sample whole = Generator.generate(truth, 70_001, "key").inUnits(UNITS);
        GeneratedRows rows = GeneratedRows.of(truth, 70_001, "key", 0).inUnits(UNITS);
        assertSame(rows, whole);
        int[] numbers = {70_000, 3, 3, 0, 40_000};
        assertSame(rows.pick(numbers), whole.pick(numbers));
        assertThat(whole.pick(numbers).y(1))
                .isEqualTo((Generator.generate(truth, 70_001, "key").y(3) - 2.5) / 4);
        assertThatThrownBy(() -> rows.inUnits(UNITS)).hasMessageContaining("in other units");
    }

    @Test
    void someRowsKeepTheirWeights() {
        Sample sample = Sample.of(new double[][] {{1, 2, 3}}, new double[] {4, 5, 6}, new double[] {7, 8, 9});
        Sample picked = sample.pick(new int[] {2, 0});
        assertThat(picked.weights()).containsExactly(9, 7);
        assertThat(picked.x(0, 0)).isEqualTo(3);
        assertThat(sample.weights()).containsExactly(7, 8, 9);
        assertThat(Sample.of(new double[][] {{1}}, new double[] {2}).weights()).isEmpty();
    }

    /** Two passes over 30 chunks, of which 100,000 rows may be kept: three chunks. */
    @Test
    void noMoreRowsAreKeptThanMayBe() {
        GeneratedRows rows =
                GeneratedRows.of(truth(InputDistribution.uniform(-1, 2), Noise.OWN, 1), 950_000, "key", 100_000);
        assertThat(rows.keptNow()).isZero();
        for (int pass = 0; pass < 2; pass++) {
            for (int c = 0; c < ChunkTree.chunks(rows.size()); c++) {
                rows.chunk(c);
                assertThat(rows.keptNow()).isLessThanOrEqualTo(100_000);
            }
        }
        assertThat(rows.keptNow()).isEqualTo(3 * ChunkTree.CHUNK_ROWS);
        assertThat(rows.inUnits(UNITS).keptNow()).isEqualTo(3 * ChunkTree.CHUNK_ROWS);
    }

    @Test
    void rowsAtTheEndOfTheLargestSampleCanBeHad() {
        Truth truth = truth(InputDistribution.uniform(-1, 2), Noise.OWN, 1);
        GeneratedRows rows = GeneratedRows.of(truth, Integer.MAX_VALUE, "key", 0);
        Block[] last = rows.chunk(ChunkTree.chunks(Integer.MAX_VALUE) - 1);
        assertThat(last).hasSize(64);
        assertThat(last[63].rows()).isEqualTo(511);
        Sample row = rows.pick(new int[] {Integer.MAX_VALUE - 1});
        assertThat(last[63].response()[510]).isEqualTo(row.y(0));
        assertThatThrownBy(() -> GeneratedRows.of(truth, 0, "key", 0)).hasMessageContaining("sample size = 0");
    }
}
