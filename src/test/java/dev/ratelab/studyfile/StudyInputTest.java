package dev.ratelab.studyfile;

import static dev.ratelab.testing.StudyTexts.parse;
import static dev.ratelab.testing.StudyTexts.refusal;
import static dev.ratelab.testing.StudyTexts.small;
import static dev.ratelab.testing.StudyTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.data.CorrelatedNormalInput;
import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.data.Generator;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.MixtureInput;
import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Sample;
import dev.ratelab.data.StudentInput;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.testing.StudyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocks {@code truth.input} and {@code truth.noise}. */
class StudyInputTest {
    private static final String UNIFORM = "input = { type = uniform, low = -1, high = 1 }";
    private static final String VARIANCE = "variance = [1, 2]";

    private static String input(String block) {
        return with(UNIFORM, "input = " + block);
    }

    private static String noise(String block) {
        return with(VARIANCE, VARIANCE + ", noise = " + block);
    }

    /** The small study with two inputs. */
    private static String plane(String text) {
        return text.replace("[[1], [0]]", "[[1, 0], [0, 0]]").replace("[[1], [-1]]", "[[1, 1], [-1, 1]]");
    }

    private static void assertRoundTrip(Study study) {
        Study parsed = parse(study.resolvedText());
        assertThat(parsed.resolvedText()).isEqualTo(study.resolvedText());
        assertThat(parsed.identity()).isEqualTo(study.identity());
        assertThat(parsed.hash()).isEqualTo(study.hash());
        Sample sample = Generator.generate(study.truth(), 9, study.dataKey(study.truth(), 9, 1));
        Sample again = Generator.generate(parsed.truth(), 9, parsed.dataKey(parsed.truth(), 9, 1));
        for (int row = 0; row < 9; row++) {
            assertThat(again.y(row)).isEqualTo(sample.y(row));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type = student, location = 0.1, scale = 2, degrees-of-freedom = 2.5 }",
                "{ type = correlated-normal, mean = [0.5], covariance = [[2]] }",
                "{ type = mixture, components = [{ type = uniform, low = 0, high = 1, weight = 1 },"
                        + " { type = student, location = 0, scale = 1, degrees-of-freedom = 3, weight = 0.5 }] }",
                "{ type = grid, low = 0, high = 1 }",
                "{ type = empirical, rows = [[1], [2], [-3.25]] }",
            })
    void theResolvedTextOfEveryInputParsesBack(String block) {
        Study study = parse(input(block));
        assertRoundTrip(study);
        assertThat(study.hash()).isNotEqualTo(small().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type = correlated-normal, mean = [0, 1], covariance = [[2, -0.5], [-0.5, 1]] }",
                "{ type = mixture, components = [{ type = uniform, low = 0, high = 1, weight = 1 },"
                        + " { type = correlated-normal, mean = [0, 1], covariance = [[1, 0], [0, 1]], weight = 2 }] }",
                "{ type = empirical, rows = [[1, 0], [2, -1], [3, 7]], resample = true }",
            })
    void theResolvedTextOfPlaneInputsParsesBack(String block) {
        assertRoundTrip(parse(plane(input(block))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type = student, degrees-of-freedom = 2.5 }",
                "{ type = laplace }",
                "{ type = heteroscedastic, slope = [0.5] }",
            })
    void theResolvedTextOfEveryNoiseParsesBack(String block) {
        Study study = parse(noise(block));
        assertRoundTrip(study);
        assertThat(study.hash()).isNotEqualTo(small().hash());
        assertThat(study.differences(small())).isNotEmpty().allMatch(line -> line.startsWith("truth.noise."));
    }

    @Test
    void normalNoiseIsWhatAStudyWithoutNoiseHas() {
        assertThat(parse(noise("{ type = normal }"))).isEqualTo(small());
        assertThat(small().truth().noise()).isEqualTo(NoiseLaw.NORMAL);
    }

    @Test
    void valuesAreReadAsTheyAreWritten() {
        InputDistribution student = parse(
                        input("{ type = student, location = 1, scale = 2, degrees-of-freedom = 0.5 }"))
                .truth()
                .input();
        assertThat(student).isEqualTo(new StudentInput(1, 2, 0.5));
        Study plane = parse(plane(input("{ type = correlated-normal, mean = [1, 2], covariance = [[3, 1], [1, 4]] }")));
        CorrelatedNormalInput correlated = (CorrelatedNormalInput) plane.truth().input();
        assertThat(correlated.mean()).containsExactly(1, 2);
        assertThat(correlated.covariance()).isDeepEqualTo(new double[][] {{3, 1}, {1, 4}});
        assertThat(plane.identity()).containsEntry("truth.input.covariance[2][1]", "1.0");
        Study mixed = parse(input("{ type = mixture, components = [{ type = normal, mean = 1, standard-deviation = 2,"
                + " weight = 3 }] }"));
        assertThat(mixed.truth().input())
                .isEqualTo(new MixtureInput(List.of(new MixtureInput.Component(3, InputDistribution.normal(1, 2)))));
        assertThat(mixed.identity()).containsEntry("truth.input.components[1].weight", "3.0");
    }

    @Test
    void aDataFileIsReadBesideTheStudyAndTravelsInTheResolvedText(@TempDir Path directory) throws IOException {
        Path data = directory.resolve("data.csv");
        Files.writeString(data, "a,b,c\n1,2,x\n3,4,y\n");
        Path file = directory.resolve("empirical.conf");
        Files.writeString(file, plane(input("{ type = empirical, file = data.csv, columns = [b, a] }")));
        Study study = StudyTexts.PARSER.parse(file, List.of());
        EmpiricalInput input = (EmpiricalInput) study.truth().input();
        assertThat(input.resample()).isTrue();
        assertThat(input.value(0, 1)).isEqualTo(4);
        assertThat(input.value(1, 0)).isEqualTo(1);
        assertThat(study.resolvedText())
                .contains("input = { type = \"empirical\", resample = true, rows = [[2.0, 1.0], [4.0, 3.0]] }");
        assertThat(study.identity())
                .containsEntry("truth.input.sha256", input.digest())
                .doesNotContainKey("truth.input.rows[1][1]");

        Files.writeString(data, "b, a\n2.0, 1\n4, 3e0\n");
        assertThat(StudyTexts.PARSER.parse(file, List.of())).isEqualTo(study);
        Files.writeString(data, "b,a\n2,1\n4,3.5\n");
        Study changed = StudyTexts.PARSER.parse(file, List.of());
        assertThat(changed.hash()).isNotEqualTo(study.hash());
        assertThat(changed.differences(study)).hasSize(1).first().asString().startsWith("truth.input.sha256: stored ");
        Files.delete(data);
        assertRoundTrip(study);
    }

    @Test
    void aDataFileThatCannotServeIsRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("empirical.conf");
        Path data = directory.resolve("data.csv");
        Files.writeString(file, input("{ type = empirical, file = data.csv }"));
        assertThatThrownBy(() -> StudyTexts.PARSER.parse(file, List.of()))
                .isInstanceOf(StudyException.class)
                .hasMessage("truth.input.file = \"data.csv\" does not exist: " + data + " (" + file + ":5)");
        Files.writeString(data, "a\n1\ntwo\n");
        assertThatThrownBy(() -> StudyTexts.PARSER.parse(file, List.of()))
                .hasMessage("truth.input.file = \"data.csv\" is refused: " + data + ":3: a = 'two' is not a finite"
                        + " number (" + file + ":5)");
        assertThatThrownBy(() -> StudyTexts.PARSER.parse(file, List.of("truth.input.columns=[z]")))
                .hasMessageContaining("has no column 'z'; it has a");
        Files.writeString(data, "a,b\n1,2\n");
        assertThatThrownBy(() -> StudyTexts.PARSER.parse(file, List.of()))
                .hasMessage("truth.input.type = \"empirical\" has 2 inputs, the truth has 1 (" + file + ":5)");
        Files.writeString(data, "a\n" + "1\n".repeat(EmpiricalInput.MOST_NUMBERS + 1));
        assertThatThrownBy(() -> StudyTexts.PARSER.parse(file, List.of()))
                .hasMessage(
                        "truth.input.file = \"data.csv\" is refused: " + data + ":100002: there are more than 100000"
                                + " numbers, the most that may be read; name fewer columns, or leave out rows (" + file
                                + ":5)");
    }

    @Test
    void rowsInOrderMustCoverTheLargestSample() {
        String text = input("{ type = empirical, rows = [[1], [2], [3]], resample = false }");
        assertThat(refusal(text))
                .isEqualTo(
                        "grid.sample-sizes[1] = 100 is above the 3 rows of truth.input, which are taken in order; set"
                                + " truth.input.resample = true to draw them with replacement (small.conf:14)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ type = student, location = 0, scale = 0, degrees-of-freedom = 3 } | truth.input.scale = 0 must be a"
                        + " finite number > 0",
                "{ type = student, location = 0, scale = 1, degrees-of-freedom = 0.01 } |"
                        + " truth.input.degrees-of-freedom = 0.01 must be a finite number >= 0.1",
                "{ type = student, location = 0, scale = 1 } | truth.input.degrees-of-freedom is missing",
                "{ type = student, location = 0, scale = 1, df = 3 } | truth.input.df = 3 is an unknown key",
                "{ type = correlated-normal, mean = [], covariance = [] } | truth.input.mean = [] is empty",
                "{ type = correlated-normal, mean = [0], covariance = [[1], [2]] } | truth.input.covariance ="
                        + " [[1],[2]] has 2 rows, the mean 1 entries",
                "{ type = correlated-normal, mean = [0], covariance = [[1, 2]] } | truth.input.covariance[1] = [1,2]"
                        + " has 2 entries, the mean 1",
                "{ type = correlated-normal, mean = [0], covariance = [[-1]] } | truth.input.covariance = [[-1]] is"
                        + " refused: the covariance is not positive definite",
                "{ type = correlated-normal, mean = [0, 0], covariance = [[1, 0.5], [0.4, 1]] } | is refused: the"
                        + " covariance is not symmetric: entries (2, 1) and (1, 2) differ",
                "{ type = correlated-normal, mean = [0, 0], covariance = [[1, 0], [0, 1]] } | truth.input.type ="
                        + " \"correlated-normal\" has 2 inputs, the truth has 1",
                "{ type = mixture, components = [] } | truth.input.components = [] is empty",
                "{ type = mixture, components = [{ type = grid, low = 0, high = 1, weight = 1 }] } |"
                        + " truth.input.components[1].type = \"grid\" is an unknown input distribution of a component",
                "{ type = mixture, components = [{ type = uniform, low = 0, high = 1 }] } |"
                        + " truth.input.components[1].weight is missing: it must be a finite number > 0",
                "{ type = mixture, components = [{ type = uniform, low = 0, high = 1, weight = 0 }] } |"
                        + " truth.input.components[1].weight = 0 must be a finite number > 0",
                "{ type = mixture, components = [{ type = uniform, low = 2, high = 1, weight = 1 }] } |"
                        + " truth.input.components[1].low = 2 must be below high = 1.0",
                "{ type = empirical } | truth.input.file is missing: it must be the name of a CSV file",
                "{ type = empirical, rows = [] } | truth.input.rows = [] is empty",
                "{ type = empirical, rows = [[1], [2, 3]] } | truth.input.rows[2] = [2,3] has 2 numbers, the first row"
                        + " has 1",
                "{ type = empirical, rows = [[1], [x]] } | truth.input.rows[2][1] = \"x\" must be a finite number",
                "{ type = empirical, rows = [[1]], file = a.csv } | truth.input.file = \"a.csv\" is given beside"
                        + " truth.input.rows: keep one of them",
                "{ type = empirical, rows = [[1]], columns = [a] } | truth.input.columns = [\"a\"] names columns of a"
                        + " file, but truth.input.rows is given",
                "{ type = empirical, file = a.csv, columns = [a, a] } | truth.input.columns[2] = \"a\" repeats",
                "{ type = empirical, rows = [[1]], resample = 1 } | truth.input.resample = 1 must be true or false",
            })
    void anImpossibleInputIsRefused(String block, String message) {
        assertThat(refusal(input(block))).contains(message).contains("(small.conf:5)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ type = cauchy } | truth.noise.type = \"cauchy\" is an unknown noise; known: normal, student,"
                        + " laplace, heteroscedastic",
                "{ type = student, degrees-of-freedom = 2 } | truth.noise.degrees-of-freedom = 2 must be a finite"
                        + " number > 2: with fewer the noise has no variance",
                "{ type = student } | truth.noise.degrees-of-freedom is missing",
                "{ type = laplace, scale = 1 } | truth.noise.scale = 1 is an unknown key",
                "{ type = heteroscedastic, slope = [1, 2] } | truth.noise.slope = [1,2] has 2 entries, the truth has 1"
                        + " input",
                "{ type = heteroscedastic, slope = 1 } | truth.noise.slope = 1 must be a list of numbers",
                "normal | truth.noise = \"normal\" must be a block",
            })
    void anImpossibleNoiseIsRefused(String block, String message) {
        assertThat(refusal(noise(block))).contains(message).contains("(small.conf:8)");
    }

    @Test
    void unequalVariancesAreRefusedInRegression() {
        assertThat(refusal(with("problem = density", "problem = regression")))
                .isEqualTo("truth.variance[2] = 2 differs from 1.0: in regression all experts have the same noise"
                        + " variance (small.conf:8)");
    }
}
