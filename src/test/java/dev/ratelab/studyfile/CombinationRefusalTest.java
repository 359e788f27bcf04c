package dev.ratelab.studyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.testing.StudyTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Combinations of gate, expert, problem, size and design that cannot be fitted are refused before anything runs. */
class CombinationRefusalTest {
    private static final String CANONICAL = """
            study = s
            truth { type = canonical, problem = PROBLEM, experts = 4, inputs = INPUTS }
            grid { gate = ["GATE"], expert = ["EXPERT"], fitted-experts = [FITTED], SIZES, seeds = 1 }
            """;

    private static String text(String problem, String gate, String expert, String fitted, String sizes) {
        return CANONICAL
                .replace("PROBLEM", problem)
                .replace("GATE", gate)
                .replace("EXPERT", expert)
                .replace("FITTED", fitted)
                .replace("INPUTS", "1")
                .replace("SIZES", sizes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "density | top-k(k=5) | linear | 4 | gate top-k(k=5) cannot be used here",
                "density | hierarchical(groups=2) | linear | 5 | groups = 2 does not divide 5 experts",
                "density | hierarchical(groups=2+3) | linear | 4 | cannot be used here",
                "density | sigmoid | linear | 4 | regression only",
                "regression | gaussian | linear | 4 | models the inputs",
                "density | cosine | linear | 4 | cannot be used here",
                "density | dense-to-sparse(temperature=0) | linear | 4 | temperature = 0",
                "density | dense-to-sparse(temperature=-1) | linear | 4 | temperature = -1",
                "density | top-k(k=0) | linear | 4 | option k = 0 must be a whole number >= 1",
                "density | top-k | linear | 4 | top-k needs the option k",
                "density | hierarchical | linear | 4 | groups",
                "density | hierarchical(groups=2,outer=top-k(k=1)) | linear | 4 | top-k",
                "density | top-k(k=2 | linear | 4 | is not a name or a name with options",
                "density | softmax(k=2) | linear | 4 | softmax has no option 'k'",
                "density | softmax | tanh(width=0) | 4 | width",
                "density | softmax | polynomial(degree=0) | 4 | degree",
                "density | softmax | tanh(depth=3) | 4 | depth",
                "density | softmx | linear | 4 | is an unknown gate; did you mean 'softmax'?",
                "density | toy | linear | 4 | grid.gate[1] = \"toy\" has no canonical parameters; write the truth out",
                "density | softmax | toy | 4 | grid.expert[1] = \"toy\" has no canonical parameters; write the truth",
                "density | softmax | linear | 3 | is below the 4 experts of the truth",
            })
    void combinationsThatCannotBeFittedAreRefused(
            String problem, String gate, String expert, String fitted, String message) {
        assertThat(StudyTexts.refusal(text(problem, gate, expert, fitted, "sample-sizes = [1000]")))
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "density | softmax | tanh | sample-sizes = [1000], design = quadrature | is for the problem regression",
                "regression | top-k(k=2) | tanh | sample-sizes = [1000], design = quadrature | without kinks or jumps",
                "regression | softmax | relu | sample-sizes = [1000], design = quadrature | without kinks or jumps",
                "regression | softmax | tanh | noise-precision = [1e4] | needs design = quadrature",
                "regression | softmax | tanh | sample-sizes = [1000], nodes = 9 | needs design = quadrature",
                "regression | softmax | tanh | sample-sizes = [1000], design = quadrature, nodes = 9 | no more than the",
                "regression | softmax | tanh | noise-precision = [1e14], design = quadrature | change truth.variance",
                "regression | softmax | tanh | sample-sizes = [10], noise-precision = [1e4], design = quadrature |"
                        + " say the same thing twice",
            })
    void designsThatDoNotFitAreRefused(String problem, String gate, String expert, String sizes, String message) {
        assertThat(StudyTexts.refusal(text(problem, gate, expert, "4", sizes))).contains(message);
    }

    @Test
    void aTrueTemperatureMustBePositive() {
        String text = """
                study = s
                truth {
                  problem = density
                  input = { type = uniform, low = -1, high = 1 }
                  gate = { type = dense-to-sparse, bias = [0, 0], weight = [[1], [0]], temperature = -0.7 }
                  expert = { type = linear, intercept = [3, -3], slope = [[1], [-1]] }
                  variance = [1, 1]
                }
                grid { gate = [dense-to-sparse], expert = [linear], fitted-experts = [2], sample-sizes = [100], seeds = 1 }
                """;
        assertThat(StudyTexts.refusal(text)).contains("truth.gate.temperature = -0.7 must be a finite number > 0");
    }
}
