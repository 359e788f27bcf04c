package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HarrellDavisTest {
    /** The median of two is their mean; that of three has the weights {@code I(1/3), ...} of Beta(2, 2), 7/27, 13/27, 7/27. */
    @Test
    void weightsAreThoseOfTheBetaDistribution() {
        assertThat(HarrellDavis.quantile(new double[] {1, 4}, 0.5)).isCloseTo(2.5, within(1e-14));
        assertThat(HarrellDavis.quantile(new double[] {1, 2, 10}, 0.5))
                .isCloseTo((7 + 2 * 13 + 70) / 27.0, within(1e-13));
        assertThat(HarrellDavis.quantile(new double[] {5}, 0.9)).isEqualTo(5);
    }

    /** Of order 3/4 for three values: Beta(3, 1), whose distribution function is the cube. */
    @Test
    void ordersHaveWeightsOfTheirOwn() {
        assertThat(HarrellDavis.quantile(new double[] {1, 2, 10}, 0.75))
                .isCloseTo((1 + 2 * 7 + 10 * 19) / 27.0, within(1e-13));
        assertThat(HarrellDavis.quantile(new double[] {1, 2, 10}, 0.25))
                .isCloseTo((19 + 2 * 7 + 10) / 27.0, within(1e-13));
    }

    /** Of order 3/4 for three values the distribution function is the cube, at thirds; these weights come from no store. */
    @Test
    void theWeightsAreDifferencesOfTheDistributionFunction() {
        assertThat(HarrellDavis.weights(3, 0.75))
                .containsExactly(new double[] {1 / 27.0, 7 / 27.0, 19 / 27.0}, within(1e-14));
        assertThat(HarrellDavis.weights(1, 0.3)).containsExactly(1);
    }
}
