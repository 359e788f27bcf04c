package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratelab.testing.SmallStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void writeStudy() throws IOException {
        file = Files.writeString(directory.resolve("small.conf"), SmallStudy.text());
    }

    @Test
    void theTableHasAVerdictForEverySetAndNamesTheIdentities() {
        String printed = CommandRun.of("diagnose", file).printed();
        assertThat(printed.lines().findFirst().orElseThrow()).contains("gate", "expert", "set", "sigma-min", "verdict");
        assertThat(printed)
                .contains(
                        "softmax", "exact", "second-order", "gate-times-expert", "expert-strong", "expert-first-order")
                .contains("the mixed second derivative by gate-weight and intercept equals the derivative by slope")
                .contains("the second derivative by intercept equals");
    }

    @Test
    void jsonHasTheSameNumbers() {
        JsonNode json = CommandRun.of("diagnose", file, "--json").json();
        assertThat(json.get("study").asText()).isEqualTo("small");
        assertThat(json.get("findings")).hasSize(5);
        JsonNode exact = json.get("findings").get(0);
        assertThat(exact.fieldNames())
                .toIterable()
                .containsExactly(
                        "gate",
                        "expert",
                        "set",
                        "functions",
                        "distinct",
                        "smallest_singular_value",
                        "smallest_distinct_singular_value",
                        "verdict",
                        "visible_from",
                        "visible",
                        "relations",
                        "note");
        assertThat(exact.get("set").asText()).isEqualTo("exact");
        assertThat(exact.get("verdict").asText()).isEqualTo("independent");
        assertThat(exact.get("smallest_singular_value").asDouble()).isPositive();
        JsonNode second = json.get("findings").get(1);
        assertThat(second.get("verdict").asText()).isEqualTo("dependent");
        assertThat(second.get("visible_from").isNull()).isTrue();
        assertThat(second.get("relations")).isNotEmpty();
    }

    @Test
    void aStudyThatIsWrongIsRefusedInOneLine() {
        assertThat(CommandRun.of("diagnose", file, "--set", "grid.seeds=0").refusal())
                .contains("seeds");
        assertThat(CommandRun.of("diagnose").refusal()).contains("STUDY");
    }

    @Test
    void theModulusIsATableAndJson() throws IOException {
        Path linear = Files.writeString(directory.resolve("linear.conf"), """
                study = linear
                truth {
                  problem = regression
                  input = { type = uniform, low = -1, high = 1 }
                  gate = { type = dense-to-sparse, bias = [0.5, 0], weight = [[2], [0]], temperature = 0.7 }
                  expert = { type = linear, intercept = [1, -1], slope = [[3], [-4]] }
                  variance = 1e-4
                }
                grid {
                  gate = [dense-to-sparse], expert = [linear], fitted-experts = [2], sample-sizes = [1000], seeds = 1
                }
                """);
        assertThat(CommandRun.of("diagnose", "--modulus", linear).printed())
                .contains("log gate-temperature", "flat: zero to rounding", "local exponents");
        JsonNode json = CommandRun.of("diagnose", "--modulus", linear, "--json").json();
        assertThat(json.get("curves")).hasSize(5);
        JsonNode temperature = json.get("curves").get(0);
        assertThat(temperature.fieldNames())
                .toIterable()
                .containsExactly(
                        "gate",
                        "expert",
                        "held",
                        "atoms_in_cell",
                        "distances",
                        "values",
                        "exponents",
                        "flat",
                        "exponent",
                        "rate",
                        "settled",
                        "asymptotic_from",
                        "visible_from",
                        "note");
        assertThat(temperature.get("flat").asBoolean()).isTrue();
        assertThat(temperature.get("exponent").isNull()).isTrue();
        assertThat(temperature.get("rate").asDouble()).isZero();
        JsonNode atom = json.get("curves").get(1);
        assertThat(atom.get("held").asText()).isEqualTo("expert 1");
        assertThat(atom.get("values")).hasSize(7);
        assertThat(atom.get("rate").asDouble()).isBetween(0.49, 0.51);
    }

    @Test
    void theModulusIsDrawn() throws IOException {
        Path svg = directory.resolve("modulus.svg");
        CommandRun.of("diagnose", "--modulus", "conf/studies/regression-softmax-tanh.conf", "--plot", svg)
                .printed();
        assertThat(Files.readString(svg))
                .contains(
                        "V(delta)", "local exponent", "expert 1, 1 atom in its cell", "expert 2, 2 atoms in its cell");
        assertThat(CommandRun.of("diagnose", "--modulus", "conf/studies/quickstart.conf", "--plot", "picture.gif")
                        .refusal())
                .contains("picture.gif must end in .svg or .png");
        assertThat(CommandRun.of("diagnose", "conf/studies/quickstart.conf", "--plot", "picture.svg")
                        .refusal())
                .contains("picture.svg needs --modulus");
    }
}
