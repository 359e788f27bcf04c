package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class ChiSquareTest {

    @Test
    void agreesWithAnotherImplementation() {
        for (int degrees : new int[] {1, 2, 3, 6, 9, 10, 31, 100, 357}) {
            ChiSquaredDistribution reference = new ChiSquaredDistribution(degrees);
            for (double probability : new double[] {0.001, 0.05, 0.5, 0.9, 0.95, 0.999}) {
                double quantile = ChiSquare.quantile(probability, degrees);
                assertThat(quantile)
                        .isCloseTo(reference.inverseCumulativeProbability(probability), within(1e-6 * quantile));
                assertThat(ChiSquare.probability(quantile, degrees)).isCloseTo(probability, within(1e-12));
                assertThat(ChiSquare.probability(1.1 * quantile, degrees))
                        .isCloseTo(reference.cumulativeProbability(1.1 * quantile), within(1e-10));
            }
        }
    }

    @Test
    void knowsTheClosedFormOfTwoDegreesOfFreedom() {
        assertThat(ChiSquare.quantile(0.95, 2)).isCloseTo(-2 * Math.log(0.05), within(1e-13));
        assertThat(ChiSquare.probability(0, 2)).isZero();
        assertThat(ChiSquare.probability(5000, 2)).isCloseTo(1, within(1e-11));
        assertThat(ChiSquare.probability(Double.POSITIVE_INFINITY, 2)).isEqualTo(1);
    }

    @Test
    void refusesWhatHasNoQuantile() {
        assertThatThrownBy(() -> ChiSquare.quantile(1, 3)).hasMessageContaining("probability = 1.0");
        assertThatThrownBy(() -> ChiSquare.quantile(0, 3)).hasMessageContaining("probability = 0.0");
        assertThatThrownBy(() -> ChiSquare.quantile(Double.NaN, 3)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> ChiSquare.quantile(0.5, 0)).hasMessageContaining("degrees of freedom = 0");
    }
}
