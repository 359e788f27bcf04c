package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class BinGridTest {
    private static final BinGrid GRID = new BinGrid(0, 1, new BinGrid.Resolution(3, 2), 2);

    @Test
    void everyBinHoldsItsMiddle() {
        assertThat(GRID.bins()).isEqualTo(2 * (2 * 4 * 3) * (2 * 5 * 2));
        for (int bin = 0; bin < GRID.bins(); bin++) {
            assertThat(GRID.bin(GRID.expert(bin), GRID.input(bin), GRID.residual(bin)))
                    .isEqualTo(bin);
        }
    }

    @Test
    void aRowIsWithinHalfAStripAndHalfALevelOfTheMiddle() {
        for (int step = -300; step <= 300; step++) {
            double input = step / 83.0;
            double residual = -step / 67.0;
            int bin = GRID.bin(1, input, residual);
            assertThat(GRID.expert(bin)).isEqualTo(1);
            assertThat(GRID.input(bin)).isCloseTo(input, within(1 / 6.0 + 1e-12));
            assertThat(GRID.residual(bin)).isCloseTo(residual, within(1 / 4.0 + 1e-12));
        }
    }

    @Test
    void theOutermostBinsHaveNoEnd() {
        assertThat(GRID.bin(0, -1e300, 1e300)).isEqualTo(GRID.bin(0, -3.9, 4.9));
        assertThat(GRID.bin(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isEqualTo(GRID.bin(0, 3.9, -4.9));
        assertThat(GRID.bin(1, Double.NaN, Double.NaN)).isBetween(0, GRID.bins() - 1);
    }
}
