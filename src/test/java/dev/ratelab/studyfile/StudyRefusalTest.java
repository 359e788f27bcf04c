package dev.ratelab.studyfile;

import static dev.ratelab.testing.StudyTexts.SMALL;
import static dev.ratelab.testing.StudyTexts.parse;
import static dev.ratelab.testing.StudyTexts.refusal;
import static dev.ratelab.testing.StudyTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.ratelab.study.StudyException;
import dev.ratelab.testing.StudyTexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyRefusalTest {

    @Nested
    class Keys {
        @Test
        void anUnknownKeyIsRefusedWithTheNearest() {
            assertThat(refusal(with("seeds = 4", "sedes = 4")))
                    .isEqualTo("grid.sedes = 4 is an unknown key; did you mean 'seeds'? allowed in grid: gate, expert,"
                            + " fitted-experts, sample-sizes, seeds, nested, noise-precision, design, nodes,"
                            + " start-radius-factors (small.conf:15)");
        }

        @Test
        void anUnknownKeyAtTheTopIsRefused() {
            assertThat(refusal(with("losses = [D1]", "colour = red")))
                    .isEqualTo("colour = \"red\" is an unknown key; allowed at the top: study, base-seed, truth, grid,"
                            + " fit, losses, limits, identified-set, merge, start-kinds (small.conf:22)");
        }

        @ParameterizedTest
        @CsvSource({
            "'type = softmax, ', 'type = softmax, bais = [], ', truth.gate.bais = [], 6, bias",
            "'low = -1', 'low = -1, hgih = 1', truth.input.hgih = 1, 5, high",
            "'intercept = [3, -3]', 'intercpt = [3, -3]', 'truth.expert.intercpt = [3,-3]', 7, intercept",
            "'oracle = 3', 'orcale = 3', fit.starts.orcale = 3, 18, oracle",
            "'min-variance = 0.3', 'min-varianc = 0.3', fit.bounds.min-varianc = 0.3, 19, min-variance",
            "'max-iterations', 'maxiterations', fit.stop.maxiterations = 2000, 20, max-iterations",
            "'max-failure-rate', 'max-failures-rate', limits.max-failures-rate = 0.1, 23, max-failure-rate",
        })
        void everyBlockRefusesUnknownKeys(String piece, String replacement, String shown, int line, String nearest) {
            assertThat(refusal(with(piece, replacement)))
                    .startsWith(shown + " is an unknown key; did you mean '" + nearest + "'?")
                    .endsWith("(small.conf:" + line + ")");
        }

        @Test
        void aMissingKeyIsRefusedWithWhatItMustBe() {
            assertThat(refusal(with("  seeds = 4\n", "")))
                    .isEqualTo("grid.seeds is missing: it must be a whole number >= 1 (small.conf:10)");
        }

        @ParameterizedTest
        @CsvSource({
            "study = small, study",
            "problem = density, truth.problem",
            "'variance = [1, 2]', truth.variance",
            "'bias = [0, 0.5], ', truth.gate.bias",
            "', slope = [[1], [-1]]', truth.expert.slope",
            "', high = 1', truth.input.high",
            "'gate = [softmax]', grid.gate",
            "'fitted-experts = [2, 3]', grid.fitted-experts",
            "'sample-sizes = [100, 1000]', grid.sample-sizes",
        })
        void everyNeededKeyIsMissed(String piece, String key) {
            assertThat(refusal(with(piece, "")))
                    .startsWith(key + " is missing: it must be ")
                    .contains("(small.conf");
        }

        @Test
        void aKeySetTwiceIsRefusedWithBothLines() {
            assertThat(refusal(with("losses = [D1]", "base-seed = 8")))
                    .isEqualTo("base-seed is set twice: lines 2 and 22; keep one (small.conf:22)");
            assertThat(refusal(with("losses = [D1]", "grid.seeds = 8")))
                    .isEqualTo("grid.seeds is set twice: lines 15 and 22; keep one (small.conf:22)");
            assertThat(refusal(with("losses = [D1]", "grid { \"seeds\" : 8 } # again")))
                    .contains("grid.seeds is set twice: lines 15 and 22");
            assertThat(refusal(with("oracle = 3,", "oracle = 3, oracle = 3,")))
                    .contains("fit.starts.oracle is set twice: lines 18 and 18");
            assertThat(refusal(with("losses = [D1]", "truth.variance { a = 1 }")))
                    .contains("truth.variance is set twice: lines 8 and 22");
        }

        @Test
        void aKeyInsideAnotherThatIsOverwrittenIsRefused() {
            assertThat(refusal(with("losses = [D1]", "limits.max-failure-rate = 0.2\nlimits = 3")))
                    .contains("limits is set twice");
            assertThat(refusal(with("losses = [D1]", "truth.variance.first = 1")))
                    .contains("truth.variance is set twice: lines 8 and 22");
            assertThat(refusal(with("losses = [D1]", "extra.a.b = 1\nextra.a = 2")))
                    .contains("extra.a is set twice: lines 22 and 23");
        }

        @Test
        void aBlockMayBeWrittenInParts() {
            assertThat(parse(with("  seeds = 4\n", "") + "grid { seeds = 4 } // seeds = 5\n# seeds = 6\n"))
                    .isEqualTo(StudyTexts.small());
        }

        @Test
        void elementsThatAreAppendedOneByOneDoNotSetEachOthersKeys() {
            String sizes = "{ linear = { from = %d, to = %d, count = 2 } }";
            assertThat(parse(with("[100, 1000]", "[]") + "grid.sample-sizes += " + sizes.formatted(100, 200)
                                    + "\ngrid.sample-sizes += " + sizes.formatted(300, 400) + "\n")
                            .grid()
                            .sampleSizes())
                    .containsExactly(100, 200, 300, 400);
        }

        @Test
        void textThatOnlyLooksLikeARepetitionIsAccepted() {
            String json = ConfigFactory.parseString(SMALL).root().render(ConfigRenderOptions.concise());
            assertThat(parse(json)).isEqualTo(StudyTexts.small());
            assertThat(parse(json.replace(",", "\r\n,"))).isEqualTo(StudyTexts.small());
            assertThat(parse(with("study = small", "study = \"\"\"small\"\"\" // study = large")))
                    .isEqualTo(StudyTexts.small());
            assertThat(parse(with("losses = [D1]", "losses = []\nlosses += D1")))
                    .isEqualTo(StudyTexts.small());
            assertThat(parse(with("[100, 1000]", """
                                    [
                                      { linear { from = 100, to = 200, count = 2 } }
                                      { linear { from = 300, to = 400, count = 2 } }
                                    ]""")).grid().sampleSizes()).containsExactly(100, 200, 300, 400);
        }

        @Test
        void anIncludeIsRefused() {
            assertThat(refusal(SMALL + "include \"other.conf\"\n"))
                    .isEqualTo("include 'other.conf' is not allowed: a study is one file (small.conf)");
        }

        @Test
        void aSyntaxErrorHasItsLine() {
            assertThat(refusal(with("variance = [1, 2]", "variance = [1, 2")))
                    .startsWith("not valid HOCON: ")
                    .containsPattern("\\(small\\.conf:(8|9)\\)$");
            assertThat(refusal(with("variance = [1, 2]", "variance = ${nowhere}")))
                    .startsWith("not valid HOCON: ")
                    .contains("nowhere")
                    .endsWith("(small.conf:8)");
        }

        @Test
        void aMissingFileIsRefused() {
            assertThatThrownBy(() -> StudyTexts.PARSER.parse(Path.of("nowhere.conf"), List.of()))
                    .isInstanceOf(StudyException.class)
                    .hasMessage("study file nowhere.conf does not exist");
        }
    }

    @Nested
    class Types {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "study = small | study = [small] | study = [\"small\"] must be a name of letters",
                    "study = small | study = \"a b\" | study = \"a b\" must be a name of letters",
                    "base-seed = 7 | base-seed = 7.5 | base-seed = 7.5 must be a whole number (small.conf:2)",
                    "problem = density | problem = 1 | truth.problem = 1 must be the name of a problem: density",
                    "variance = [1, 2] | variance = one | truth.variance = \"one\" must be a finite number > 0",
                    "variance = [1, 2] | variance = [1, two] | truth.variance[2] = \"two\" must be a finite number > 0",
                    "low = -1 | low = \"-1\" | truth.input.low = \"-1\" must be a finite number (small.conf:5)",
                    "bias = [0, 0.5] | bias = [0, [0, 1]] | truth.gate.bias[2] = [0,1] must be a vector of one number",
                    "gate = [softmax] | gate = softmax | grid.gate = \"softmax\" must be a list of names, such as"
                            + " [softmax]",
                    "seeds = 4 | seeds = four | grid.seeds = \"four\" must be a whole number >= 1",
                    "seeds = 4 | seeds = 4.5 | grid.seeds = 4.5 must be a whole number >= 1",
                    "seeds = 4 | seeds = {} | grid.seeds.target-slope-error is missing: it must be a finite number > 0",
                    "seeds = 4 | seeds = { target-slope-error = 0, max = 50 } | grid.seeds.target-slope-error = 0 must"
                            + " be a finite number > 0",
                    "seeds = 4 | seeds = { target-slope-error = 0.02 } | grid.seeds.max is missing: it must be a whole"
                            + " number >= 10",
                    "seeds = 4 | seeds = { target-slope-error = 0.02, max = 9 } | grid.seeds.max = 9 must be a whole"
                            + " number >= 10",
                    "seeds = 4 | seeds = { target-slope-error = 0.02, most = 9 } | grid.seeds.most = 9 is an unknown"
                            + " key",
                    "seeds = 4 | seeds = { target-slope-error = 0.02, max = 50, metric = D3 } | grid.seeds.metric ="
                            + " \"D3\" is refused: unknown loss 'D3'; did you mean 'D1'?",
                    "seeds = 4 | seeds = { target-slope-error = 0.02, max = 50, metric = min-weight } | grid.seeds.metric ="
                            + " \"min-weight\" is no loss of every fit that has a slope",
                    "seeds = 4 | seeds = { target-slope-error = 0.02, max = 50, metric = 3 } | grid.seeds.metric = 3"
                            + " must be the name of a loss",
                    "seeds = 4 | seeds = { target-slope-error = 0.02, max = 50 } | needs at least 3 sample sizes, a"
                            + " slope having no error with 2",
                    "seeds = 4 | seeds = 4, nested = yess | grid.nested = \"yess\" must be true or false",
                    "sample-sizes = [100, 1000] | sample-sizes = 100 | grid.sample-sizes = 100 must be a list of whole",
                    "losses = [D1] | losses = D1 | losses = \"D1\" must be a list of names of losses; empty is all",
                    "max-iterations = 2000 | max-iterations = many | fit.stop.max-iterations = \"many\" must be a"
                            + " whole",
                    "min-variance = 0.3 | min-variance = small | fit.bounds.min-variance = \"small\" must be a finite",
                    "gate-bias-difference = 1.5 | gate-bias-difference = big | must be a finite number > 0, or none",
                    "losses = [D1] | grid = 3 | grid is set twice",
                    "limits = { max-failure-rate = 0.1 } | limits = 3 | limits = 3 must be a block { ... }"
                            + " (small.conf:23)",
                    "limits = { max-failure-rate = 0.1 } | limits = null | limits = null must be a block { ... }",
                })
        void aWrongTypeIsRefused(String piece, String replacement, String message) {
            assertThat(refusal(with(piece, replacement))).contains(message).contains("(small.conf:");
        }

        @Test
        void anUnknownNameOfATruthIsRefused() {
            String text = SMALL.replaceAll("(?s)truth \\{.*?\n}\n", "truth = worst\n");
            assertThat(refusal(text))
                    .isEqualTo("truth = \"worst\" is an unknown truth; known: canonical (small.conf:3)");
        }
    }

    @Nested
    class TrueModel {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "problem = density | problem = densty | truth.problem = \"densty\" is an unknown problem; did you"
                            + " mean 'density'?",
                    "type = softmax, | type = sofmax, | truth.gate.type = \"sofmax\" is an unknown gate; did you mean"
                            + " 'softmax'?",
                    "type = linear | type = liner | truth.expert.type = \"liner\" is an unknown expert family; did you"
                            + " mean 'linear'?",
                    "type = uniform | type = cauchy | truth.input.type = \"cauchy\" is an unknown input distribution",
                    "low = -1, high = 1 | low = 1, high = 1 | truth.input.low = 1 must be below high = 1.0",
                    "type = uniform, low = -1, high = 1 | type = normal, mean = 0, standard-deviation = 0 |"
                            + " truth.input.standard-deviation = 0 must be a finite number > 0",
                    "variance = [1, 2] | variance = [1, 0] | truth.variance[2] = 0 must be a finite number > 0"
                            + " (small.conf:8)",
                    "variance = [1, 2] | variance = [1, -2] | truth.variance[2] = -2 must be a finite number > 0",
                    "variance = [1, 2] | variance = [] | truth.variance = [] is empty",
                    "variance = [1, 2] | variance = [1, NaN] | truth.variance[2] = \"NaN\" must be a finite number > 0",
                    "variance = [1, 2] | variance = [1, 1e999] | must be a finite number > 0",
                    "bias = [0, 0.5] | bias = [0, -1e999] | must be a finite number (small.conf:6)",
                    "bias = [0, 0.5] | bias = [0, 0.5, 1] | truth.gate.bias = [0,0.5,1] has 3 entries and"
                            + " truth.variance has 2: each list of the truth has one entry for each expert",
                    "slope = [[1], [-1]] | slope = [[1]] | truth.expert.slope = [[1]] has 1 entries and truth.variance"
                            + " has 2",
                    "slope = [[1], [-1]] | slope = [[1], [-1, 2]] | truth.expert.slope[2] = [-1,2] must be a vector of"
                            + " one number, as the first vector of the truth",
                    "weight = [[1], [0]] | weight = [[], [0]] | truth.gate.weight[1] = [] is empty",
                    "intercept = [3, -3] | intercept = [] | truth.expert.intercept = [] is empty",
                })
        void anImpossibleTruthIsRefused(String piece, String replacement, String message) {
            assertThat(refusal(with(piece, replacement))).contains(message).contains("(small.conf:");
        }

        @Test
        void equalExpertsAreRefused() {
            String text = with("intercept = [3, -3], slope = [[1], [-1]]", "intercept = [3, 3], slope = [[1], [1]]")
                    .replace("variance = [1, 2]", "variance = [1, 1]");
            assertThat(refusal(text))
                    .isEqualTo("truth.expert: experts 1 and 2 have the same parameters and variance; true atoms must"
                            + " differ in their experts (small.conf:7)");
        }

        @Test
        void gridInputsNeedOneInput() {
            String text = with("type = uniform", "type = grid")
                    .replace("[[1], [0]]", "[[1, 0], [0, 0]]")
                    .replace("[[1], [-1]]", "[[1, 1], [-1, 1]]");
            assertThat(refusal(text))
                    .isEqualTo("truth.input.type = \"grid\" needs one input, the truth has 2 (small.conf:5)");
        }
    }

    @Nested
    class Grids {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "gate = [softmax] | gate = [] | grid.gate = [] is empty",
                    "gate = [softmax] | gate = [sofmax] | grid.gate[1] = \"sofmax\" is an unknown gate; did you mean"
                            + " 'softmax'?",
                    "gate = [softmax] | gate = [softmax, softmax] | grid.gate[2] = \"softmax\" repeats grid.gate[1]:"
                            + " nothing may be named twice",
                    "expert = [linear] | expert = [] | grid.expert = [] is empty",
                    "expert = [linear] | expert = [liner] | grid.expert[1] = \"liner\" is an unknown expert family;"
                            + " did you mean 'linear'?",
                    "expert = [linear] | expert = [linear, linear] | grid.expert[2] = \"linear\" repeats"
                            + " grid.expert[1]",
                    "fitted-experts = [2, 3] | fitted-experts = [] | grid.fitted-experts = [] is empty",
                    "fitted-experts = [2, 3] | fitted-experts = [0] | grid.fitted-experts[1] = 0 must be a whole"
                            + " number >= 1",
                    "fitted-experts = [2, 3] | fitted-experts = [3, 2, 3] | grid.fitted-experts[3] = 3 repeats"
                            + " grid.fitted-experts[1]",
                    "[100, 1000] | [] | grid.sample-sizes = [] is empty",
                    "[100, 1000] | [100, 1000, 100] | grid.sample-sizes[3] = 100 repeats grid.sample-sizes[1]: nothing"
                            + " may be named twice",
                    "[100, 1000] | [100, -5] | grid.sample-sizes[2] = -5 must be a whole number >= 1",
                    "[100, 1000] | [100, 5] | grid.sample-sizes[2] = 5 is below the 8 parameters of the fit with 2"
                            + " experts; it must be above them (small.conf:14)",
                    "[100, 1000] | [100, 13] | grid.sample-sizes[2] = 13 is no more than the 13 parameters of the fit"
                            + " with 3 experts; it must be above them (small.conf:14)",
                    "[100, 1000] | [100, 3000000000] | must be a whole number >= 1 and <= 2147483647",
                    "[100, 1000] | { log-spaced = { from = 100, to = 10, count = 3 } } |"
                            + " grid.sample-sizes.log-spaced.to = 10 must be above from = 100",
                    "[100, 1000] | { log-spaced = { from = 100, to = 200, count = 1 } } |"
                            + " grid.sample-sizes.log-spaced.count = 1 must be a whole number >= 2",
                    "[100, 1000] | { log-spaced = { from = 100, to = 200 } } | grid.sample-sizes.log-spaced.count is"
                            + " missing",
                    "[100, 1000] | { log-spaced = { from = 5, to = 200, count = 4 } } | grid.sample-sizes.log-spaced ="
                            + " 5 is below the 8 parameters",
                    "[100, 1000] | { log-spaced = { from = 1, to = 20, count = 20 } } |"
                            + " grid.sample-sizes.log-spaced.count = 20 is too many: sizes 1 and 2 both round to 1",
                    "[100, 1000] | { linear = { from = 100, to = 110, count = 12 } } | grid.sample-sizes.linear.count"
                            + " = 12 is more than there are whole numbers from 100 to 110",
                    "[100, 1000] | { quadratic = {} } | grid.sample-sizes.quadratic = {} is an unknown key; allowed in"
                            + " grid.sample-sizes: log-spaced, linear",
                    "[100, 1000] | {} | grid.sample-sizes = {} must have one of the keys log-spaced and linear",
                    "[100, 1000] | [200, { linear = { from = 100, to = 300, count = 3 } }] |"
                            + " grid.sample-sizes[2].linear = 200 repeats grid.sample-sizes[1]",
                    "seeds = 4 | seeds = 3e6 | makes more than 10000000 fits, the most that one study may have",
                    "seeds = 4 | seeds = 0 | grid.seeds = 0 must be a whole number >= 1 and <= 2147483647"
                            + " (small.conf:15)",
                })
        void anImpossibleGridIsRefused(String piece, String replacement, String message) {
            assertThat(refusal(with(piece, replacement))).contains(message).contains("(small.conf:");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "expert = [linear] | expert = [tanh] | grid.expert[1] = \"tanh\" is not the truth's expert family"
                            + " 'linear'",
                    "fitted-experts = [2, 3] | fitted-experts = [2, 1] | grid.fitted-experts[2] = 1 is below the 2"
                            + " experts of the truth",
                })
        void aTruthWithoutAProjectionIsRefusedOtherFamiliesWithTheReason(
                String piece, String replacement, String message) {
            String text = with("variance = [1, 2]", "variance = [1, 2], noise = { type = laplace }");
            assertThat(refusal(text.replace(piece, replacement)))
                    .contains(message
                            + ": the fit would be mis-specified and its target the projection of the truth, which needs"
                            + " noise that is normal given the inputs, not laplace noise");
        }
    }

    @Nested
    class Options {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "oracle = 3, | oracle = -1, | fit.starts.oracle = -1 must be a whole number >= 0",
                    "oracle = 3, oracle-radii = [0.1, 1.0], random = 2 | oracle = 0, random = 0 | a fit needs 1 to"
                            + " 10000 starts in all",
                    "random = 2 | random = 1000000000 | fit.starts.random = 1000000000 must be a whole number >= 0 and"
                            + " <= 10000",
                    "random = 2 | random = 9998 | : a fit needs 1 to 10000 starts in all",
                    "oracle-radii = [0.1, 1.0] | oracle-radii = [] | fit.starts.oracle-radii = [] is empty",
                    "oracle-radii = [0.1, 1.0] | oracle-radii = [-0.1] | fit.starts.oracle-radii[1] = -0.1 must be a"
                            + " finite number >= 0",
                    "oracle = 3, | oracle = 3, kind = oracle, | fit.starts.kind = \"oracle\" contradicts oracle = 3,"
                            + " random = 2: paired starts need both kinds",
                    "random = 2 | random = 0, kind = paired | fit.starts.kind = \"paired\" contradicts oracle = 3,"
                            + " random = 0",
                    "random = 2 | random = 2, kind = random | fit.starts.kind = \"random\" contradicts oracle = 3,"
                            + " random = 2",
                    "random = 2 | random = 2, kind = lucky | fit.starts.kind = \"lucky\" is an unknown kind of starts;"
                            + " known: paired, oracle, random",
                    "gate-bias-difference = 1.5 | gate-bias-difference = 0 | fit.bounds.gate-bias-difference = 0 must"
                            + " be a finite number > 0",
                    "gate-bias-difference = 1.5 | gate-bias-difference = 0.4 | fit.bounds.gate-bias-difference = 0.4"
                            + " is below the truth's 0.5: a study's bounds must hold the truth (small.conf:19)",
                    "gate-weight-difference = 4 | gate-weight-difference = 0.5 | fit.bounds.gate-weight-difference ="
                            + " 0.5 is below the truth's 1.0: a study's bounds must hold the truth",
                    "min-variance = 0.3 | min-variance = 1.5 | fit.bounds.min-variance = 1.5 is above the true"
                            + " variance 1.0: a study's bounds must hold the truth",
                    "min-variance = 0.3 | max-variance = 1.5 | fit.bounds.max-variance = 1.5 is below the true"
                            + " variance 2.0: a study's bounds must hold the truth",
                    "min-variance = 0.3 | min-variance = -1 | fit.bounds.min-variance = -1 must be a finite number >="
                            + " 0",
                    "min-variance = 0.3 | min-variance = 3, max-variance = 2 | max-variance = 2.0 must be above"
                            + " min-variance = 3.0",
                    "min-variance = 0.3 | min-temperature = 3, max-temperature = 2 | max-temperature = 2.0 must be"
                            + " above min-temperature = 3.0",
                    "min-variance = 0.3 | min-temperature = -1 | fit.bounds.min-temperature = -1 must be a finite"
                            + " number >= 0",
                    "min-variance = 0.3 | max-temperature = 0 | fit.bounds.max-temperature = 0 must be a finite"
                            + " number > 0",
                    "predicted-gain = 1e-6 | predicted-gain = 0 | fit.stop.predicted-gain = 0 must be a finite number"
                            + " > 0",
                    "max-iterations = 2000 | max-iterations = 0 | fit.stop.max-iterations = 0 must be a whole number"
                            + " >= 1",
                    "max-iterations = 2000 | warm-up-iterations = -1 | fit.stop.warm-up-iterations = -1 must be a"
                            + " whole number >= 0",
                    "max-iterations = 2000 | time-limit-millis = -1 | fit.stop.time-limit-millis = -1 must be a whole"
                            + " number >= 0",
                    "losses = [D1] | losses = [D1, D3] | losses[2] = \"D3\" is refused: unknown loss 'D3';"
                            + " did you mean 'D1'? docs/tables.md lists the losses",
                    "losses = [D1] | losses = [D1, D1] | losses[2] = \"D1\" repeats losses[1]: nothing may be named"
                            + " twice",
                    "max-failure-rate = 0.1 | max-failure-rate = 1.1 | limits.max-failure-rate = 1.1 must be a share"
                            + " in [0, 1]",
                    "max-failure-rate = 0.1 | rows-in-memory = 0 | limits.rows-in-memory = 0 must be a whole number >= 1",
                })
        void anImpossibleOptionIsRefused(String piece, String replacement, String message) {
            assertThat(refusal(with(piece, replacement))).contains(message).contains("(small.conf:");
        }

        @Test
        void boundsThatHoldTheTruthButNotWithMoreExpertsAreRefused() {
            String text = with("bias = [0, 0.5]", "bias = [0, 0]")
                    .replace("gate-bias-difference = 1.5", "gate-bias-difference = 0.5");
            assertThat(refusal(text))
                    .startsWith("fit.bounds.gate-bias-difference = 0.5 leaves no room for the truth written with 3"
                            + " experts, which needs 0.69")
                    .endsWith(": a study's bounds must hold the truth (small.conf:19)");
            assertThat(parse(text, "grid.fitted-experts=[4]").grid().fittedExperts())
                    .containsExactly(4);
        }
    }

    @Nested
    class Overrides {
        @Test
        void anUnknownOverrideIsRefusedAsSuch() {
            assertThat(refusal(SMALL, "grid.sedes=5"))
                    .startsWith("grid.sedes = 5 is an unknown key; did you mean 'seeds'?")
                    .endsWith("(--set)");
            assertThat(refusal(SMALL, "grdi.seeds=5"))
                    .startsWith("grdi = {\"seeds\":5} is an unknown key; did you mean 'grid'?")
                    .endsWith("(--set)");
        }

        @Test
        void aBadValueIsRefusedWithItsOrigin() {
            assertThat(refusal(SMALL, "grid.seeds=0"))
                    .isEqualTo("grid.seeds = 0 must be a whole number >= 1 and <= 2147483647 (--set)");
            assertThat(refusal(SMALL, "grid.sample-sizes=[100,5]"))
                    .startsWith("grid.sample-sizes[2] = 5 is below")
                    .endsWith("(--set)");
        }

        @Test
        void whatTheFileMissesIsStillPlacedInTheFile() {
            assertThat(refusal(with("  seeds = 4\n", ""), "grid.nested=true"))
                    .isEqualTo("grid.seeds is missing: it must be a whole number >= 1 (small.conf:10)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"grid.seeds", "=5", ""})
        void anOverrideWithoutKeyOrValueIsRefused(String override) {
            assertThat(refusal(SMALL, override))
                    .isEqualTo("--set '" + override + "' must be key=value, such as grid.seeds=5");
        }

        @Test
        void anOverrideThatIsNotHoconIsRefused() {
            assertThat(refusal(SMALL, "grid.seeds=[1"))
                    .startsWith("--set 'grid.seeds=[1': not valid HOCON: ")
                    .endsWith("(--set)");
            assertThat(refusal(SMALL, "grid.seeds=")).startsWith("--set 'grid.seeds=': not valid HOCON: ");
            assertThat(refusal(SMALL, "grid..seeds=1")).startsWith("--set 'grid..seeds=1': not valid HOCON: ");
            assertThat(refusal(SMALL, "grid.seeds=1\nstudy = other"))
                    .isEqualTo("--set 'grid.seeds=1\nstudy = other' must set one key");
        }

        @Test
        void anOverrideGivenTwiceIsRefused() {
            assertThat(refusal(SMALL, "grid.seeds=5", "grid.seeds=6"))
                    .isEqualTo("--set 'grid.seeds=6' sets grid.seeds a second time");
        }
    }
}
