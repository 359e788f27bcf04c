package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratelab.study.SmallStudy;
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
}
