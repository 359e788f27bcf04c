package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleStatisticsTest {
    private static final double[] VALUES = {1, 2, 4, 9};

    @Test
    void onlyTheFirstValuesCount() {
        assertThat(SampleStatistics.mean(VALUES, 3)).isEqualTo(7 / 3.0);
        assertThat(SampleStatistics.mean(VALUES, 0)).isNaN();
        // Deviations from 2 of 1, 2, 4: 1 + 0 + 4.
        assertThat(SampleStatistics.varianceOfMean(VALUES, 3, 2)).isEqualTo(5 / 2.0 / 3);
        assertThat(SampleStatistics.varianceOfMean(VALUES, 2, 1.5)).isEqualTo(0.25);
        assertThat(SampleStatistics.varianceOfMean(VALUES, 1, 1)).isNaN();
    }

    @Test
    void quantilesAreInterpolatedBetweenOrderStatistics() {
        assertThat(SampleStatistics.quantile(VALUES, 0)).isEqualTo(1);
        assertThat(SampleStatistics.quantile(VALUES, 1)).isEqualTo(9);
        assertThat(SampleStatistics.quantile(VALUES, 0.5)).isEqualTo(3);
        assertThat(SampleStatistics.quantile(VALUES, 0.9)).isCloseTo(4 + 0.7 * 5, within(1e-14));
        assertThat(SampleStatistics.quantile(new double[] {7}, 0.3)).isEqualTo(7);
        assertThat(SampleStatistics.quantile(new double[0], 0.5)).isNaN();
    }

    @Test
    void aSortedCopyLeavesTheValuesAsTheyAre() {
        double[] values = {3, 1, 2};
        assertThat(SampleStatistics.sorted(values)).containsExactly(1, 2, 3);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void theTrimmedMeanLeavesOutATenthAtTheTop() {
        assertThat(SampleStatistics.trimmedMean(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 100}))
                .as("nine values: none")
                .isEqualTo(136 / 9.0);
        assertThat(SampleStatistics.trimmedMean(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 100}))
                .isEqualTo(5);
    }

    /** By Wilson's formula in Python, z = 1.959963984540054: for 15 of 20, 0 of 10 and 10 of 10. */
    @Test
    void theIntervalOfAProbabilityIsWilsons() {
        assertThat(SampleStatistics.wilson(15, 20))
                .containsExactly(new double[] {0.531299122381256, 0.8881382985923343}, within(1e-15));
        assertThat(SampleStatistics.wilson(0, 10)[0]).isZero();
        assertThat(SampleStatistics.wilson(0, 10)[1]).isCloseTo(0.2775327998628892, within(1e-15));
        assertThat(SampleStatistics.wilson(10, 10)[0]).isCloseTo(0.7224672001371107, within(1e-15));
        assertThat(SampleStatistics.wilson(10, 10)[1]).isEqualTo(1);
        assertThat(SampleStatistics.wilson(0, 0)[1]).isNaN();
    }
}
