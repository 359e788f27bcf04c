package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0, 0, predicted-gain",
        "Infinity, 1, 0, 0, 0, predicted-gain",
        "NaN, 1, 0, 0, 0, predicted-gain",
        "1e-6, 0, 0, 0, 0, max-iterations",
        "1e-6, 1, -1, 0, 0, warm-up-iterations",
        "1e-6, 1, 0, -1, 0, time-limit-millis",
        "1e-6, 1, 0, 0, 1, tolerance",
        "1e-6, 1, 0, 0, -1e-9, tolerance",
        "1e-6, 1, 0, 0, NaN, tolerance"
    })
    void whatIsOutOfRangeIsNamed(double gain, int most, int warmUp, long millis, double tolerance, String name) {
        assertThatThrownBy(() -> new StopRule(gain, most, warmUp, millis, tolerance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " = ");
    }

    @Test
    void theEndsOfTheRangesAreRules() {
        assertThat(new StopRule(Double.MIN_VALUE, 1, 0, 0, 0).relative()).isFalse();
        assertThat(new StopRule(1, 1, 0, 0, Double.MIN_VALUE).relative()).isTrue();
        assertThat(StopRule.defaults().relative()).isFalse();
        assertThat(StopRule.defaults().predictedGain()).isEqualTo(1e-6);
    }
}
