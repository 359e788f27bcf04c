package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratelab.data.Sample;
import dev.ratelab.model.Description;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Family;
import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.plan.SettingTimes;
import dev.ratelab.run.RowSource;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import dev.ratelab.testing.SmallStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no Spark. */
class CommandsTest {
    @TempDir
    private Path directory;

    private Path file;
    private Path store;
    private Study study;

    @BeforeEach
    void writeStudy() throws IOException {
        file = Files.writeString(directory.resolve("small.conf"), SmallStudy.text());
        store = directory.resolve("store");
        study = SmallStudy.with();
    }

    @Test
    void everyCommandExplainsItself() {
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            String help = CommandRun.of(name, "--help").printed();
            assertThat(help).as(name).startsWith("Usage: ratelab " + name).contains("--help");
        }
        assertThat(CommandRun.of("--help").printed())
                .contains(Main.commandLine().getSubcommands().keySet());
    }

    @Test
    void planCountsTheFitsOfEveryCell() {
        JsonNode plan = CommandRun.of("plan", file, "--out", store, "--json").json();
        assertThat(plan.fieldNames())
                .toIterable()
                .containsExactly(
                        "study",
                        "directory",
                        "total",
                        "stored",
                        "to_run",
                        "spread",
                        "row_bytes",
                        "cores",
                        "predicted_core_seconds",
                        "predicted_wall_seconds",
                        "predicted_from",
                        "cells");
        assertThat(plan.get("study").asText()).isEqualTo("small");
        assertThat(plan.get("total").asInt()).isEqualTo(24);
        assertThat(plan.get("stored").asInt()).isZero();
        assertThat(plan.get("to_run").asInt()).isEqualTo(24);
        assertThat(plan.get("cells")).hasSize(6);
        double share = 0;
        for (JsonNode cell : plan.get("cells")) {
            assertThat(cell.fieldNames())
                    .toIterable()
                    .containsExactly("setting", "sample_size", "to_run", "time_share");
            assertThat(cell.get("to_run").asInt()).isEqualTo(4);
            share += cell.get("time_share").asDouble();
        }
        assertThat(share).isBetween(1 - 1e-12, 1 + 1e-12);
        assertThat(store).doesNotExist();
        assertThat(CommandRun.of("plan", file, "--out", store, "--set", "grid.seeds=1")
                        .printed())
                .contains("6 fits: 0 stored, 6 to run")
                .contains(
                        "predicted from defaults measured on an AMD EPYC virtual machine",
                        "may be off by several times");
    }

    @Test
    void aPredictionKnowsTheCoresAndTheStoredTimes() throws IOException {
        String large = "grid.sample-sizes=[10000, 20000]";
        JsonNode one = CommandRun.of("plan", file, "--out", store, "--json", "--cores", 1, "--set", large)
                .json();
        JsonNode four = CommandRun.of("plan", file, "--out", store, "--json", "--cores", 4, "--set", large)
                .json();
        assertThat(one.get("cores").asInt()).isEqualTo(1);
        assertThat(four.get("predicted_core_seconds")).isEqualTo(one.get("predicted_core_seconds"));
        assertThat(four.get("predicted_wall_seconds").asDouble())
                .isLessThan(one.get("predicted_wall_seconds").asDouble());
        storeFits(3);
        JsonNode stored = CommandRun.of("plan", file, "--out", store, "--json").json();
        assertThat(stored.get("predicted_from").asText()).isEqualTo("the times of 3 stored fits");
        assertThat(CommandRun.of("plan", file, "--out", store, "--cores", 0).refusal())
                .contains("--cores = 0 must be at least 1");
    }

    @Test
    void planTellsWhatTheRowsNeedAndWhichFitsAreSpread() {
        Object[] plan = {"plan", file, "--out", store, "--set", "grid.sample-sizes=[1000, 100000]"};
        JsonNode inMemory = CommandRun.of(with(plan, "--json")).json();
        assertThat(inMemory.get("spread").asInt()).isZero();
        assertThat(inMemory.get("row_bytes").asInt()).isEqualTo(2 * 2 * 8 * 100_000);
        assertThat(CommandRun.of(plan).printed())
                .contains("the rows of one fit take up to 4 MB")
                .doesNotContain("spread");
        Object[] limited = with(plan, "--set", "limits.rows-in-memory=50000");
        JsonNode spread = CommandRun.of(with(limited, "--json")).json();
        assertThat(spread.get("spread").asInt()).isEqualTo(8);
        assertThat(spread.get("row_bytes").asInt()).isEqualTo(2 * 2 * 8 * 1000);
        assertThat(CommandRun.of(limited).printed())
                .contains("the rows of one fit take up to 1 MB")
                .contains("8 with more than 50000 rows are spread over all cores, one after the other");
    }

    private static Object[] with(Object[] command, String... further) {
        return Stream.concat(Stream.of(command), Stream.of(further)).toArray();
    }

    @Test
    void aPlanOfAdaptiveSeedsEndsWithTheFirstDecision() {
        String seeds = "grid.seeds={target-slope-error=0.02,max=50}";
        JsonNode plan = CommandRun.of("plan", file, "--out", store, "--json", "--set", seeds)
                .json();
        assertThat(plan.get("to_run").asInt()).isEqualTo(2 * 3 * 10);
        assertThat(plan.get("most").asInt()).isEqualTo(2 * 3 * 50);
        assertThat(plan.get("seeds")).hasSize(2);
        assertThat(plan.get("seeds").get(0).get("seeds").asInt()).isEqualTo(10);
        assertThat(plan.get("seeds").get(0).get("slope_error").isNull()).isTrue();
        assertThat(plan.get("seeds").get(0).get("state").asText()).isEqualTo("open");
        assertThat(CommandRun.of("plan", file, "--out", store, "--set", seeds).printed())
                .contains("60 fits: 0 stored, 60 to run", "fits are missing, then more seeds may follow")
                .contains("at most 300 fits in the end");
    }

    @Test
    void planAndStatusSeeWhatIsStored() throws IOException {
        storeFits(3);
        JsonNode plan = CommandRun.of("plan", file, "--out", store, "--json").json();
        assertThat(plan.get("stored").asInt()).isEqualTo(3);
        assertThat(plan.get("to_run").asInt()).isEqualTo(21);
        JsonNode status = CommandRun.of("status", store, "--json").json();
        assertThat(status.fieldNames())
                .toIterable()
                .containsExactly(
                        "study",
                        "directory",
                        "total",
                        "stored",
                        "left",
                        "certified",
                        "not_certified",
                        "waves",
                        "fit_millis");
        assertThat(status.get("stored").asInt()).isEqualTo(3);
        assertThat(status.get("left").asInt()).isEqualTo(21);
        assertThat(status.get("certified").asInt()).isEqualTo(2);
        assertThat(status.get("not_certified").asInt()).isEqualTo(1);
        assertThat(status.get("waves").asInt()).isEqualTo(1);
        assertThat(status.get("fit_millis").asDouble()).isEqualTo(12.5);
        assertThat(CommandRun.of("status", store).printed()).contains("stored", "not certified");
    }

    @Test
    void aChangedStudyIsRefusedWithTheDifference() throws IOException {
        storeFits(1);
        assertThat(CommandRun.of("plan", file, "--out", store, "--set", "truth.variance=[1,2]")
                        .refusal())
                .contains("the study has changed", "truth.variance", "stored 1.0, now 2.0");
        assertThat(CommandRun.of("plan", file, "--out", store, "--set", "grid.seeds=9", "--json")
                        .json()
                        .get("to_run")
                        .asInt())
                .isEqualTo(53);
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThat(CommandRun.of("plan", directory.resolve("none.conf"), "--out", store)
                        .refusal())
                .contains("none.conf does not exist");
        assertThat(CommandRun.of("plan", file).refusal()).contains("--out");
        assertThat(CommandRun.of("plan", file, "--out", store, "--set", "grid.seeds=0")
                        .refusal())
                .contains("grid.seeds = 0");
        assertThat(CommandRun.of("status", store).refusal()).contains("is not the directory of a study");
        assertThat(CommandRun.of("sample", file, "--sample-size", 0, "--seed", 1)
                        .refusal())
                .contains("--sample-size = 0");
        assertThat(CommandRun.of("sample", file, "--sample-size", 5, "--seed", -1)
                        .refusal())
                .contains("--seed = -1");
        assertThat(CommandRun.of("sample", file, "--sample-size", 5, "--seed", 1, "--setting", "x")
                        .refusal())
                .contains("--setting = x", study.settings().get(0).id());
        assertThat(CommandRun.of("studies", "--in", store).refusal()).contains(store.toString());
        assertThat(CommandRun.of("required-n", store, "--target", 0.1).refusal())
                .contains("--metric");
        assertThat(CommandRun.of("required-n", store, "--metric", "D1", "--target", 0)
                        .refusal())
                .contains("--target = 0.0 must be a finite number > 0");
        assertThat(CommandRun.of("required-n", store, "--metric", "D1", "--target", 1, "--probability", 1)
                        .refusal())
                .contains("--probability = 1.0 must be above 0 and below 1");
        assertThat(CommandRun.of("required-n", store, "--metric", "D1", "--target", 1, "--cost-per-sample", -1)
                        .refusal())
                .contains("--cost-per-sample = -1.0");
        assertThat(CommandRun.of("required-n", store, "--metric", "D1", "--target", 1)
                        .refusal())
                .contains("is not the directory of a study");
        assertThat(CommandRun.of("optimisation", store).refusal()).contains("is not the directory of a study");
        assertThat(CommandRun.of("gates", "extra").refusal()).contains("extra");
    }

    @Test
    void listsNameEveryGateExpertAndStudy() {
        String gates = CommandRun.of("gates").printed();
        for (Gate gate : Gates.all()) {
            assertDescribed(gates, gate);
        }
        String experts = CommandRun.of("experts").printed();
        for (Expert expert : Experts.all()) {
            assertDescribed(experts, expert);
        }
        assertThat(CommandRun.of("studies", "--in", directory).printed())
                .contains("small", file.toString(), "A study of a second or two");
    }

    private static void assertDescribed(String printed, Family family) {
        Description description = family.description();
        assertThat(printed)
                .contains(family.id(), description.formula(), description.invariances(), description.source());
    }

    @Test
    void sampleKeepsEveryBit() {
        String text =
                CommandRun.of("sample", file, "--sample-size", 700, "--seed", 3).printed();
        Sample expected = RowSource.sample(study, study.settings().get(0), 700, 3);
        List<String> lines = text.lines().toList();
        assertThat(lines.get(0)).isEqualTo("x1,y");
        assertThat(lines).hasSize(701);
        for (int n = 0; n < 700; n++) {
            String[] fields = lines.get(n + 1).split(",", -1);
            assertThat(Double.parseDouble(fields[0])).isEqualTo(expected.x(0, n));
            assertThat(Double.parseDouble(fields[1])).isEqualTo(expected.y(n));
        }
        String setting = study.settings().get(1).id();
        assertThat(CommandRun.of("sample", file, "--sample-size", 700, "--seed", 3, "--setting", setting)
                        .printed())
                .isEqualTo(text);
    }

    /** A store with one wave of that many fits, of which all but one are certified. */
    private void storeFits(int count) throws IOException {
        StoreLayout layout = new StoreLayout(store);
        StudyFile.write(layout, study, Map.of());
        Path wave = Files.createDirectories(layout.wave("0001"));
        String setting = study.settings().get(0).id();
        List<String> fits = IntStream.rangeClosed(1, count)
                .mapToObj(seed -> setting + "/100/" + seed)
                .toList();
        List<SettingTimes> times = List.of(new SettingTimes(setting, "softmax", "linear", 2, 100, count, 12.5, 0, 0));
        StoreLayout.writeManifest(wave, new StoreLayout.Manifest(fits, count - 1, 1, 12.5, times, Map.of()));
    }
}
