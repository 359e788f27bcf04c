package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.model.Block;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void ordinary_rows_weigh_one_and_padding_nothing() {
        Sample sample = Sample.of(new double[1][Block.ROWS + 5], new double[Block.ROWS + 5]);
        assertThat(sample.weighted()).isFalse();
        assertThat(sample.weight(Block.ROWS + 4)).isEqualTo(1);
        assertThat(total(sample.block(0))).isEqualTo(Block.ROWS);
        assertThat(total(sample.block(1))).isEqualTo(5);
        assertThat(sample.block(1).weight()).hasSize(Block.LENGTH);
    }

    @Test
    void rows_carry_their_weights() {
        double[] weights = new double[Block.ROWS + 5];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = row + 0.5;
        }
        Sample sample = Sample.of(new double[1][weights.length], new double[weights.length], weights);
        assertThat(sample.weighted()).isTrue();
        assertThat(sample.weight(Block.ROWS + 4)).isEqualTo(Block.ROWS + 4.5);
        assertThat(sample.block(1).weight()[4]).isEqualTo(Block.ROWS + 4.5);
        assertThat(sample.block(1).weight()[5]).isZero();
    }

    @Test
    void weights_that_are_not_positive_or_too_few_are_refused() {
        double[][] x = new double[1][2];
        double[] y = new double[2];
        assertThatThrownBy(() -> Sample.of(x, y, new double[] {1}))
                .hasMessage("there are 1 row weights, the response has 2 rows");
        assertThatThrownBy(() -> Sample.of(x, y, new double[] {1, 0}))
                .hasMessage("the weight of row 1 is 0.0; it must be positive and finite");
        assertThatThrownBy(() -> Sample.of(x, y, new double[] {1, Double.NaN})).hasMessageContaining("row 1 is NaN");
    }

    private static double total(Block block) {
        double total = 0;
        for (double weight : block.weight()) {
            total += weight;
        }
        return total;
    }
}
