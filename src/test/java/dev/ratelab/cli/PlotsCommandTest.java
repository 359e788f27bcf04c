package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.report.FigureWriter;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a store that the command made, on Spark in this JVM. */
class PlotsCommandTest {
    private static final Map<String, String> SPARK =
            Map.of("spark.master", "local[1]", "spark.ui.enabled", "false", "spark.sql.shuffle.partitions", "1");

    private static final Study STUDY = SmallStudy.with();
    private static final String FIRST = STUDY.settings().get(0).id();
    private static final String SECOND = STUDY.settings().get(1).id();

    @TempDir
    private static Path directory;

    private static Path store;

    @BeforeAll
    static void runAStudy() throws IOException {
        SPARK.forEach(System::setProperty);
        Path file = Files.writeString(directory.resolve("small.conf"), SmallStudy.text());
        store = directory.resolve("store");
        assertThat(CommandRun.of("run", file, "--out", store).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @AfterAll
    static void forget() {
        SPARK.keySet().forEach(System::clearProperty);
    }

    private static List<String> written(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Slow
    @Test
    void everyFigureIsWrittenAndItsPathPrinted() throws IOException {
        Path out = directory.resolve("some/pictures");
        List<String> lines = CommandRun.of("plots", store, "--metric", "D1", "--out", out, "--format", "svg")
                .printed()
                .lines()
                .toList();
        assertThat(lines)
                .containsExactly(
                        out.resolve("D1.svg").toString(),
                        out.resolve("D1-" + FIRST + ".svg").toString(),
                        out.resolve("D1-" + SECOND + ".svg").toString());
        assertThat(written(out)).hasSize(3);
        assertThat(Files.readString(out.resolve("D1.svg"))).contains("<svg", "small: D1", "sample size n (rows)");
    }

    @Slow
    @Test
    void theDefaultIsEveryPredictedLossBesideTheTables() throws IOException {
        CommandRun run = CommandRun.of("plots", store, "--setting", "k2");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        List<String> files = written(store.resolve("plots"));
        assertThat(run.out().lines()).hasSameSizeAs(files);
        assertThat(files).contains("D1-" + FIRST + ".svg").noneMatch(name -> name.contains(SECOND));
        assertThat(files.contains("D1-" + FIRST + ".png"))
                .isEqualTo(FigureWriter.pngProblem().isEmpty());
        assertThat(run.err().isEmpty()).isEqualTo(FigureWriter.pngProblem().isEmpty());
    }

    @Test
    void wrongArgumentsAreRefusedAndNothingIsWritten() {
        Path out = directory.resolve("none");
        assertThat(CommandRun.of("plots", store, "--out", out, "--metric", "D3").refusal())
                .contains("unknown loss 'D3'; did you mean 'D1'?", "docs/tables.md");
        assertThat(CommandRun.of("plots", store, "--out", out, "--metric", "gate-temperature-error-exact")
                        .refusal())
                .contains("no loss 'gate-temperature-error-exact'", "there are D1");
        assertThat(CommandRun.of("plots", store, "--out", out, "--setting", "k9")
                        .refusal())
                .contains("no setting", FIRST, SECOND);
        assertThat(CommandRun.of("plots", store, "--out", out, "--setting", "[").refusal())
                .contains("--setting = [");
        assertThat(CommandRun.of("plots", store, "--out", out, "--format", "pdf")
                        .refusal())
                .contains("--format = pdf must be svg, png");
        assertThat(CommandRun.of("plots", directory, "--out", out).refusal())
                .contains("is not the directory of a study");
        assertThat(out).doesNotExist();
    }

    @Test
    void aStoreWithoutSummariesIsRefused() throws IOException {
        Path empty = directory.resolve("empty");
        StudyFile.write(new StoreLayout(empty), STUDY, Map.of());
        assertThat(CommandRun.of("plots", empty).refusal()).contains("no summaries", "ratelab run");
        assertThat(empty.resolve("plots")).doesNotExist();
    }
}
