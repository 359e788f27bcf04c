package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final double NEXT = 1e-9;

    @Test
    void aDifferenceCountsIfItIsLargerThanToleranceAndUncertainty() {
        assertThat(new Difference(0.3, 0.1).exceeds(0.2)).isTrue();
        assertThat(new Difference(-0.3, 0.1).exceeds(0.2)).isTrue();
        assertThat(new Difference(0.2, 0.1).exceeds(0.2)).as("at the tolerance").isFalse();
        assertThat(new Difference(0.2 + NEXT, 0.1).exceeds(0.2)).isTrue();
        assertThat(new Difference(0.3, 0.3).exceeds(0.2))
                .as("at its uncertainty")
                .isFalse();
        assertThat(new Difference(0.3, 0.3 - NEXT).exceeds(0.2)).isTrue();
    }

    @Test
    void itPassesUpToTheMargin() {
        assertThat(new Difference(0.25, 0.25).judge(0.3, 0.5)).isEqualTo(CheckStatus.PASSED);
        assertThat(new Difference(-0.25, 0.25).judge(0.3, 0.5)).isEqualTo(CheckStatus.PASSED);
        assertThat(new Difference(0.25, 0.25 + NEXT).judge(0.3, 0.5)).isEqualTo(CheckStatus.NO_POWER);
        assertThat(new Difference(-0.25, 0.25).reach()).isEqualTo(0.5);
    }

    @Test
    void bothNumbersMustBeFinite() {
        assertThat(new Difference(0, 0).defined()).isTrue();
        assertThat(new Difference(Double.NaN, 0).defined()).isFalse();
        assertThat(new Difference(0, Double.POSITIVE_INFINITY).defined()).isFalse();
    }
}
