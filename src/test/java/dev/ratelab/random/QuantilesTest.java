package dev.ratelab.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {

    /** With {@code nu = 2} the formula is {@code sqrt(2 (1 / u - 1)) cos(2 pi v)}. */
    @Test
    void student_numbers_are_those_of_the_formula() {
        assertThat(Quantiles.student(0.2, 0.125, 2)).isCloseTo(2, within(2e-15));
        assertThat(Quantiles.student(1.0 / 3, 0.5, 2)).isCloseTo(-2, within(2e-15));
        assertThat(Quantiles.student(1.0 / 9, 0.0, 1)).isCloseTo(Math.sqrt(80), within(1e-14));
    }

    /** With many degrees of freedom the law is normal: the polar formula of Box and Muller. */
    @Test
    void student_numbers_are_normal_in_the_limit() {
        double normal = Math.sqrt(-2 * Math.log(0.3)) * Math.cos(2 * Math.PI * 0.1);
        assertThat(Quantiles.student(0.3, 0.1, 1e12)).isCloseTo(normal, within(1e-11));
        assertThat(Quantiles.student(0.3, 0.1, Double.MAX_VALUE)).isCloseTo(normal, within(1e-14));
    }

    @Test
    void the_most_extreme_numbers_are_finite() {
        double smallest = 0x1p-53;
        double fewest = Quantiles.FEWEST_DEGREES_OF_FREEDOM;
        assertThat(Quantiles.student(smallest, smallest, fewest))
                .isGreaterThan(1e150)
                .isFinite();
        assertThat(Quantiles.student(1 - smallest, smallest, fewest)).isFinite();
        assertThat(Quantiles.laplace(smallest)).isCloseTo(-52 * Math.log(2) / Math.sqrt(2), within(1e-14));
    }

    @Test
    void laplace_quantiles_are_odd_and_have_known_values() {
        assertThat(Quantiles.laplace(0.5)).isZero();
        assertThat(Quantiles.laplace(0.75)).isCloseTo(Math.log(2) / Math.sqrt(2), within(1e-16));
        for (double probability : new double[] {0.125, 0.3, 0.49}) {
            assertThat(Quantiles.laplace(1 - probability)).isCloseTo(-Quantiles.laplace(probability), within(1e-15));
        }
    }
}
