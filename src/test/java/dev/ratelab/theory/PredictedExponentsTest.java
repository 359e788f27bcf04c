package dev.ratelab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictedExponentsTest {

    private static Prediction softmaxLinear(int fitted, int trueExperts, String metric) {
        return PredictedExponents.of("softmax", "linear", "density", fitted, trueExperts, metric);
    }

    @ParameterizedTest
    @CsvSource({
        "D1, derived",
        "D2, derived",
        "hellinger, derived",
        "gate-l2, derived",
        "gate-bias-error-exact, proved-seen",
        "variance-error-exact, proved-seen",
        "slope-error-atom-2, proved-seen",
    })
    void exactly_specified_fits_are_root_n(String metric, String status) {
        Prediction prediction = softmaxLinear(2, 2, metric);
        assertThat(prediction.slope()).isEqualTo(-0.5);
        assertThat(prediction.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "3, gate-bias, 2",
        "3, gate-weight, 8",
        "3, intercept, 8",
        "3, slope, 4",
        "3, variance, 4",
        "4, gate-bias, 2",
        "4, gate-weight, 12",
        "4, intercept, 12",
        "4, slope, 6",
        "4, variance, 6",
        "5, gate-bias, 2",
    })
    void over_specified_parameters_have_the_exponents_of_the_largest_cell(int fitted, String kind, int denominator) {
        for (String ending : new String[] {"-error-over", "-error-over-weighted"}) {
            Prediction prediction = softmaxLinear(fitted, 2, kind + ending);
            assertThat(prediction.slope()).isEqualTo(-1.0 / denominator);
            assertThat(prediction.status()).isEqualTo(Prediction.PROVED_SEEN);
            assertThat(prediction.source()).contains("2305.03288");
        }
    }

    @Test
    void predictions_of_over_specified_fits_are_upper_bounds() {
        assertThat(softmaxLinear(3, 2, "intercept-error-over").upperBound()).isTrue();
        assertThat(softmaxLinear(3, 2, "intercept-error-exact").upperBound()).isTrue();
        assertThat(softmaxLinear(3, 2, "D2").upperBound()).isTrue();
        assertThat(softmaxLinear(2, 2, "intercept-error-exact").upperBound()).isFalse();
        assertThat(softmaxLinear(2, 2, "D2").upperBound()).isFalse();
    }

    @Test
    void exactly_fitted_cells_of_over_specified_fits_and_the_loss_itself_are_root_n() {
        assertThat(softmaxLinear(3, 2, "intercept-error-exact").slope()).isEqualTo(-0.5);
        assertThat(softmaxLinear(3, 2, "D2").slope()).isEqualTo(-0.5);
        assertThat(softmaxLinear(3, 2, "D2").status()).isEqualTo(Prediction.RECALLED);
        assertThat(softmaxLinear(3, 2, "hellinger").slope()).isEqualTo(-0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "D1",
                "gate-l2",
                "slope-error-atom-1",
                "D3",
                "slope",
                "speed-error-over",
                "slope-error-overly",
                "slope-error-atom-0"
            })
    void what_theory_does_not_say_is_unknown_with_a_reason(String metric) {
        Prediction prediction = softmaxLinear(3, 2, metric);
        assertThat(prediction.known()).isFalse();
        assertThat(prediction.slope()).isNaN();
        assertThat(prediction.source()).isNotBlank();
    }

    @Test
    void a_bound_on_the_order_of_cells_of_four_atoms_is_not_passed_off_as_a_slope() {
        Prediction prediction = softmaxLinear(5, 2, "slope-error-over");
        assertThat(prediction.status()).isEqualTo(Prediction.UNKNOWN);
        assertThat(prediction.source()).contains("r >= 7").contains("between -0.1428");
    }

    @Test
    void other_families_and_under_specified_fits_are_unknown() {
        assertThat(PredictedExponents.of("laplace", "linear", "density", 2, 2, "D1")
                        .source())
                .contains("laplace");
        assertThat(PredictedExponents.of("softmax", "linear", "regression", 2, 2, "D1")
                        .known())
                .isFalse();
        assertThat(softmaxLinear(1, 2, "D1").source()).contains("fewer fitted");
    }

    @Test
    void invalid_arguments_are_refused() {
        assertThatThrownBy(() -> softmaxLinear(0, 2, "D1")).hasMessageContaining("fitted experts = 0");
        assertThatThrownBy(() -> new Prediction(-0.5, "a paper", "sure")).hasMessageContaining("sure");
        assertThatThrownBy(() -> new Prediction(0.5, "a paper", Prediction.RECALLED))
                .hasMessageContaining("0.5");
        assertThatThrownBy(() -> new Prediction(-0.5, "a paper", Prediction.UNKNOWN))
                .hasMessageContaining("NaN");
    }
}
