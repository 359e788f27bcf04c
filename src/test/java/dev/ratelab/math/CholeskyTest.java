package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CholeskyTest {

    @Test
    void the_factor_of_a_known_matrix_is_exact() {
        double[][] matrix = {{4, 12, -16}, {12, 37, -43}, {-16, -43, 98}};
        assertThat(Cholesky.lower(matrix).orElseThrow())
                .isDeepEqualTo(new double[][] {{2, 0, 0}, {6, 1, 0}, {-8, 5, 3}});
    }

    @Test
    void a_matrix_that_is_not_positive_definite_has_no_factor() {
        assertThat(Cholesky.lower(new double[][] {{1, 2}, {2, 1}})).isEmpty();
        assertThat(Cholesky.lower(new double[][] {{1, 1}, {1, 1}})).isEmpty();
        assertThat(Cholesky.lower(new double[][] {{0}})).isEmpty();
        assertThat(Cholesky.lower(new double[][] {{Double.NaN}})).isEmpty();
    }
}
