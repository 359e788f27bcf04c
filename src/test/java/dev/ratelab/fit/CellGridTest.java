package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CellGridTest {
    private static final CellGrid GRID = new CellGrid(0, 1, new CellGrid.Resolution(3, 2), 2);

    @Test
    void everyCellHoldsItsMiddle() {
        assertThat(GRID.cells()).isEqualTo(2 * (2 * 4 * 3) * (2 * 5 * 2));
        for (int cell = 0; cell < GRID.cells(); cell++) {
            assertThat(GRID.cell(GRID.expert(cell), GRID.input(cell), GRID.residual(cell)))
                    .isEqualTo(cell);
        }
    }

    @Test
    void aRowIsWithinHalfAStripAndHalfABinOfTheMiddle() {
        for (int step = -300; step <= 300; step++) {
            double input = step / 83.0;
            double residual = -step / 67.0;
            int cell = GRID.cell(1, input, residual);
            assertThat(GRID.expert(cell)).isEqualTo(1);
            assertThat(GRID.input(cell)).isCloseTo(input, within(1 / 6.0 + 1e-12));
            assertThat(GRID.residual(cell)).isCloseTo(residual, within(1 / 4.0 + 1e-12));
        }
    }

    @Test
    void theOutermostCellsHaveNoEnd() {
        assertThat(GRID.cell(0, -1e300, 1e300)).isEqualTo(GRID.cell(0, -3.9, 4.9));
        assertThat(GRID.cell(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isEqualTo(GRID.cell(0, 3.9, -4.9));
        assertThat(GRID.cell(1, Double.NaN, Double.NaN)).isBetween(0, GRID.cells() - 1);
    }
}
