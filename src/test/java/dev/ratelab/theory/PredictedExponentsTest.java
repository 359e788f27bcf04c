package dev.ratelab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.loss.LossName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictedExponentsTest {

    private static Prediction softmaxLinear(int fitted, int trueExperts, String metric) {
        return PredictedExponents.of("softmax", "linear", "density", fitted, trueExperts, LossName.parse(metric));
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
            strings = {"D1", "gate-l2", "slope-error-atom-1", "D1-unprofiled", "min-weight", "identified-set-D1-gain"})
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
        assertThat(PredictedExponents.of("laplace", "tanh", "density", 3, 2, LossName.parse("expert-weight-error-over"))
                        .source())
                .contains("laplace")
                .contains("tanh");
        assertThat(softmaxLinear(1, 2, "D1").source()).contains("fewer fitted");
    }

    @ParameterizedTest
    @CsvSource({
        // gate, expert, problem, fitted of 2, metric, slope, status
        "laplace, linear, density, 3, gate-centre-error-over, -0.25, proved-seen",
        "laplace, linear, density, 3, intercept-error-over, -0.125, proved-seen",
        "laplace, linear, density, 4, variance-error-over, -0.16666666666666666, proved-seen",
        "gaussian, linear, density, 3, slope-error-over, -0.25, recalled",
        "softmax, tanh(bias=no), density, 3, variance-error-over-weighted, -0.25, proved-seen",
        "softmax, tanh, regression, 3, expert-bias-error-over, -0.25, recalled",
        "softmax, linear, regression, 2, slope-error-exact, -0.5, derived",
        "softmax, linear, regression, 3, gate-bias-error-over, -0.5, recalled",
        "softmax, linear, regression, 3, slope-error-over, 0, derived",
        "softmax, tanh(output-weight=yes), regression, 3, output-weight-error-over, 0, derived",
        "softmax, relu(output-weight=yes), density, 2, expert-weight-error-exact, 0, derived",
        "dense-to-sparse, linear, density, 2, gate-temperature-error-exact, 0, derived",
        "dense-to-sparse, linear, density, 2, gate-bias-error-exact, 0, derived",
        "dense-to-sparse(bias=outside), linear, density, 2, gate-bias-error-exact, -0.5, derived",
        "dense-to-sparse(temperature=0.5), linear, density, 3, gate-weight-error-over, -0.125, derived",
        "dense-to-sparse, linear, density, 3, gate-weight-over-temperature-error-over, -0.125, derived",
        "dense-to-sparse, linear, density, 3, D2, -0.5, derived",
        "activation-dense-to-sparse, linear, density, 3, gate-temperature-error-over, -0.25, recalled",
        "activation-dense-to-sparse(router=relu), linear, density, 2, gate-weight-error-exact, 0, derived",
        "cosine, tanh, regression, 2, gate-weight-error-atom-1, 0, derived",
        "perturbed-cosine, tanh(bias=no), regression, 3, gate-direction-over-temperature-error-over, -0.25, recalled",
        "hierarchical(groups=2), tanh(bias=no), regression, 3, gate-inner-weight-error-over, -0.25, recalled",
        "'hierarchical(groups=2,outer=laplace,inner=laplace)', linear, density, 3, slope-error-over, -0.25, recalled",
        "top-k(k=2), linear, density, 3, slope-error-over, -0.25, recalled",
        "sigmoid, tanh(bias=no), regression, 3, gate-weight-error-over, -0.25, recalled",
        "normalised-sigmoid, linear, density, 3, slope-error-over, -0.25, proved-seen",
        "softmax, tanh, regression, 3, regression-l2, -0.5, recalled",
        "laplace, tanh, density, 3, hellinger, -0.5, recalled",
        "quadratic, linear, density, 2, D1, -0.5, derived",
    })
    void rows_of_the_table_answer_for_their_families(
            String gate, String expert, String problem, int fitted, String metric, double slope, String status) {
        Prediction prediction = PredictedExponents.of(gate, expert, problem, fitted, 2, LossName.parse(metric));
        assertThat(prediction.slope()).isEqualTo(slope);
        assertThat(prediction.status()).isEqualTo(status);
        assertThat(prediction.notIdentified()).isEqualTo(slope == 0);
        assertThat(prediction.upperBound()).isEqualTo(slope < 0 && fitted > 2);
    }

    @ParameterizedTest
    @CsvSource({
        "softmax, linear, regression, gate-weight-error-over",
        "dense-to-sparse, linear, regression, gate-weight-over-temperature-error-over",
        "sigmoid, linear, regression, slope-error-over",
        "cosine, tanh, regression, gate-direction-error-over",
    })
    void slow_rates_have_no_slope_but_a_source(String gate, String expert, String problem, String metric) {
        Prediction prediction = PredictedExponents.of(gate, expert, problem, 3, 2, LossName.parse(metric));
        assertThat(prediction.behaviour()).isEqualTo(Prediction.Behaviour.SLOW);
        assertThat(prediction.known()).isFalse();
        assertThat(prediction.slope()).isNaN();
        assertThat(prediction.source())
                .startsWith("slower than every power of n")
                .contains("arXiv");
    }

    @ParameterizedTest
    @CsvSource({
        "quadratic, linear, density, slope-error-over",
        "softmax, tanh, density, expert-weight-error-over",
        "softmax, silu, regression, expert-weight-error-over",
        "softmax, 'tanh(width=2)', regression, expert-weight-error-over",
        "top-k(k=2), linear, regression, slope-error-over",
        "hierarchical(groups=2), linear, density, slope-error-over",
        "laplace, tanh, density, D2",
    })
    void where_theory_has_nothing_there_is_no_slope(String gate, String expert, String problem, String metric) {
        Prediction prediction = PredictedExponents.of(gate, expert, problem, 3, 2, LossName.parse(metric));
        assertThat(prediction.behaviour()).isEqualTo(Prediction.Behaviour.UNKNOWN);
    }

    /** Every rule answers some question, and all statuses and exponents are among those that exist. */
    @Test
    void every_rule_of_the_table_is_well_formed() {
        List<ExponentRule> rules = ExponentRule.all();
        assertThat(rules).hasSizeGreaterThan(90).doesNotHaveDuplicates();
        Set<String> classes = new HashSet<>(Set.of("*"));
        for (ExpertClass expertClass : ExpertClass.values()) {
            classes.add(expertClass.id());
        }
        for (ExponentRule rule : rules) {
            assertThat(classes).containsAll(rule.experts());
            assertThat(rule.problem()).isIn("*", "density", "regression");
            assertThat(rule.cells()).isSubsetOf("k=k*", "m=1", "m>1", "k>k*");
            assertThat(rule.exponent()).isIn("1/2", "1/4", "1/r", "1/(2r)", "flat", "slow", "unknown");
            assertThat(rule.status()).isIn("proved-seen", "recalled", "derived", "expected", "unknown");
            assertThat(rule.status().equals("unknown"))
                    .isEqualTo(rule.exponent().equals("unknown"));
        }
    }

    @Test
    void the_document_repeats_the_table() throws IOException {
        try (InputStream in = ExponentRule.class.getResourceAsStream(ExponentRule.RESOURCE)) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Files.readString(Path.of("docs/theory.md"))).contains(table.strip());
        }
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

    @ParameterizedTest
    @CsvSource({
        "softmax, tanh, regression, 2, D1, -0.5",
        "softmax, linear, regression, 2, D1, -0.5",
        "softmax, tanh, regression, 3, D1, -0.25",
        "hierarchical(groups=2), tanh, regression, 5, D1, -0.25",
        "softmax, linear, regression, 3, D1, 0",
        "hierarchical(groups=2), linear, regression, 3, D1, 0",
        "dense-to-sparse, linear, regression, 2, gate-temperature-error-exact, 0",
        "softmax, linear, density, 3, D1, -0.125",
        "softmax, linear, density, 3, slope-error-over, -0.25",
        "softmax, tanh, regression, 3, D2, -0.5",
    })
    void radii_of_the_identified_set_are_expected_and_no_more(
            String gate, String expert, String problem, int fitted, String loss, double slope) {
        Prediction prediction =
                PredictedExponents.of(gate, expert, problem, fitted, 2, LossName.parse("identified-set-" + loss));
        assertThat(prediction.slope()).isEqualTo(slope);
        assertThat(prediction.status()).isEqualTo(Prediction.EXPECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "cosine, tanh, regression, 2, D1",
        "laplace, tanh, regression, 3, D1",
        "softmax, tanh, regression, 3, D1-deficit",
        "softmax, tanh, regression, 3, nats",
    })
    void radii_of_what_has_no_prediction_have_none(
            String gate, String expert, String problem, int fitted, String loss) {
        assertThat(PredictedExponents.of(gate, expert, problem, fitted, 2, LossName.parse("identified-set-" + loss))
                        .status())
                .isEqualTo(Prediction.UNKNOWN);
    }
}
