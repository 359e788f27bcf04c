package dev.ratelab.studyfile;

import static dev.ratelab.testing.StudyTexts.SMALL;
import static dev.ratelab.testing.StudyTexts.refusal;
import static dev.ratelab.testing.StudyTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a study multiplies out is judged before: no text takes more than a moment to be refused, or more memory than it has. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StudyLimitsTest {
    private static final String CANONICAL = """
            study = canonical
            truth = { type = canonical, problem = regression }
            grid { gate = [softmax], expert = [linear], fitted-experts = [2], sample-sizes = [5000, 6000], seeds = 2 }
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid.sample-sizes={log-spaced={from=1,to=2147483647,count=300000000}} | grid.sample-sizes.log-spaced.count ="
                        + " 300000000 makes more than 10000 sample sizes, the most that a study may have (--set)",
                "grid.sample-sizes={linear={from=1,to=2147483647,count=2147483647}} | grid.sample-sizes.linear.count ="
                        + " 2147483647 makes more than 10000 sample sizes",
                "grid.sample-sizes=[10,{linear={from=20,to=99999,count=10000}}] | grid.sample-sizes[2].linear.count ="
                        + " 10000 makes more than 10000 sample sizes",
                "grid.seeds=2147483647 | grid.seeds = 2147483647 makes more than 10000000 fits, the most that one",
                "grid.seeds={target-slope-error=0.1,max=2147483647} | makes more than 10000000 fits",
                "grid.fitted-experts=[2,1000000000] | grid.fitted-experts[2] = 1000000000 is refused: number of experts ="
                        + " 1000000000 with number of inputs = 1 makes more than 1000 parameters, the most that a fit",
                "grid.fitted-experts=[300] | grid.fitted-experts[1] = 300 is refused: number of experts = 300 with",
                "truth.experts=1000000000 | truth.experts = 1000000000 must be a whole number >= 1 and <= 1000 (--set)",
                "truth.inputs=1000000 | truth.inputs = 1000000 must be a whole number >= 1 and <= 1000 (--set)",
                "truth.inputs=1000 | grid.gate[1] = \"softmax\" is refused: number of experts = 2 with number of inputs ="
                        + " 1000 makes more than 1000 parameters",
                "fit.starts.random=2147483647 | fit.starts.random = 2147483647 must be a whole number >= 0 and <= 10000",
            })
    void numbersAreJudgedBeforeTheyAreMultipliedOut(String override, String message) {
        assertThat(refusal(CANONICAL.replace("[5000, 6000]", "[5000, 6000, 7000]"), override))
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noise-precision={log-spaced={from=1e5,to=1e9,count=300000000}} | grid.noise-precision.log-spaced.count ="
                        + " 300000000 makes more than 10000 sample sizes",
                "noise-precision=%s | grid.noise-precision[10001] = 10001 makes more than 10000 sample sizes",
                "sample-sizes=[5000],nodes=2147483647 | number of nodes = 2147483647 must be from 1 to 160",
            })
    void soIsAQuadratureDesign(String design, String message) {
        String text = CANONICAL.replace(
                "sample-sizes = [5000, 6000]", "design = quadrature," + design.formatted(list(10_001)));
        assertThat(refusal(text.replace("problem = regression", "problem = regression, variance = 1")))
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grid.gate",
                "grid.expert",
                "grid.fitted-experts",
                "grid.sample-sizes",
                "grid.start-radius-factors",
                "fit.starts.oracle-radii",
                "losses"
            })
    void listsAreJudgedBeforeTheyAreRead(String key) {
        assertThat(refusal(SMALL, key + "=" + list(100_001)))
                .startsWith(key + " = [1,2,3,")
                .endsWith("... has 100001 entries; a list may have at most 100000 (--set)");
    }

    @Test
    void theTableOfATruthIsJudgedBeforeItIsFilled() {
        String vector = list(900);
        assertThat(refusal(with("weight = [[1], [0]]", "weight = [" + vector + ", " + vector + "]")
                        .replace("variance = [1, 2]", "variance = " + list(100_000))))
                .contains(
                        "truth.variance = [1,2,3,",
                        "number of experts = 100000 with number of inputs = 900 makes more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ a = %s }", "[%s]", "a.%s"})
    void textThatIsNestedWithoutEndIsRefused(String level) throws Exception {
        String deep = level.startsWith("a.")
                ? "a.".repeat(20_000) + "a = 1"
                : "a = " + level.substring(0, level.indexOf("%s")).repeat(20_000) + "1"
                        + level.substring(level.indexOf("%s") + 2).repeat(20_000);
        String message = "blocks and lists are nested too deeply; a study needs fewer than ten levels";
        assertThat(refusal(SMALL + deep)).isEqualTo(message + " (small.conf)");
        assertThat(refusal(SMALL, deep.replace(" = 1", "=1"))).contains(message);
        Path file = Files.writeString(directory.resolve("deep.conf"), deep);
        assertThatThrownBy(() -> StudyParser.standard().parseBounds(file)).hasMessage(message + " (" + file + ")");
        assertThatThrownBy(() -> StudyCatalog.list(directory)).hasMessage(message + " (" + file + ")");
    }

    @Test
    void substitutionsThatLeadToOthersWithoutEndAreRefused() {
        String chain = IntStream.range(0, 20_000)
                .mapToObj(i -> "a" + i + " = ${a" + (i + 1) + "}\n")
                .collect(Collectors.joining());
        assertThat(refusal(SMALL + chain + "a20000 = 1")).contains("small.conf");
    }

    @Test
    void aFileIsNotReadBeyondWhatAStudyMayHave() throws Exception {
        Path file = Files.writeString(directory.resolve("sizes.conf"), with("[100, 1000]", list(3_000_000)));
        assertThatThrownBy(() -> StudyParser.standard().parse(file, List.of()))
                .hasMessage("study file " + file
                        + " is larger than 4000000 bytes, the most that it may have: name another file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/full", "/dev/zero"})
    @EnabledIf("hasDevices")
    void aDeviceWithoutAnEndIsRefused(String device) {
        Path file = Path.of(device);
        StudyParser parser = StudyParser.standard();
        assertThatThrownBy(() -> parser.parse(file, List.of()))
                .hasMessageStartingWith("study file " + file + " is larger than 4000000 bytes");
        assertThatThrownBy(() -> parser.parseBounds(file))
                .hasMessageStartingWith("bounds file " + file + " is larger than 4000000 bytes");
        assertThat(refusal(with(
                        "{ type = uniform, low = -1, high = 1 }", "{ type = empirical, file = \"" + file + "\" }")))
                .isEqualTo("truth.input.file = \"" + file + "\" is refused: " + file + " does not begin with a line of"
                        + " column names: the first line has 1000000 characters or more (small.conf:5)");
    }

    static boolean hasDevices() {
        return Files.exists(Path.of("/dev/full"));
    }

    private static String list(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
