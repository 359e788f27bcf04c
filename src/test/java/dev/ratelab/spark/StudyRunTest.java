package dev.ratelab.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.rates.SeedDecision;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StoreLock;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.AdaptiveSeeds;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.TestSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {
    /** So short that the fits of a study are several waves however fast the machine is. */
    private static final double WAVE_SECONDS = 0.01;

    @TempDir
    private Path directory;

    private SparkSession spark;

    private SparkSession start(String master) {
        spark = TestSession.start(master);
        return spark;
    }

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    private StudyRun.Outcome run(Study study, Path store) throws IOException {
        return new StudyRun(spark, study, new StoreLayout(store), WAVE_SECONDS, TestSession.SILENT).run();
    }

    private List<FitRow> rows(Path store) {
        return new Store(spark, new StoreLayout(store))
                .fitRows().stream().map(SmallStudy::withoutTimesAndHosts).toList();
    }

    @Test
    void aLoopOneCoreAndTwoCoresGiveTheSameBits() throws IOException {
        // Large enough for several tasks and waves.
        Study study = SmallStudy.with("grid.sample-sizes=[300, 3000, 10000]");
        List<FitRow> loop = SmallStudy.inAPlainLoop(study).stream()
                .map(SmallStudy::withoutTimesAndHosts)
                .toList();
        start("local[1]");
        run(study, directory.resolve("one"));
        List<FitRow> one = rows(directory.resolve("one"));
        byte[] ratesOfOne = summaryOf(directory.resolve("one"));
        spark.stop();
        start("local[2]");
        run(study, directory.resolve("two"));
        assertThat(waves(directory.resolve("one"))).hasSizeGreaterThan(1);
        assertThat(one).hasSize(24).isEqualTo(loop);
        assertThat(rows(directory.resolve("two"))).isEqualTo(loop);
        assertThat(summaryOf(directory.resolve("two"))).isEqualTo(ratesOfOne);
    }

    private byte[] summaryOf(Path store) {
        Store tables = new Store(spark, new StoreLayout(store));
        return (String.join("\n", tables.cells().toJSON().collectAsList())
                        + String.join("\n", tables.rates().toJSON().collectAsList()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Slow
    @Test
    void theSameCommandMakesNothingTwiceAndMoreSeedsOnlyAdd() throws IOException {
        start("local[2]");
        Path store = directory.resolve("store");
        assertThat(run(SmallStudy.with("grid.seeds=2"), store).made()).isEqualTo(12);
        Map<Path, byte[]> before = waves(store);
        assertThat(run(SmallStudy.with("grid.seeds=2"), store).made()).isZero();
        StudyRun.Outcome extended = run(SmallStudy.with("grid.seeds=3"), store);
        assertThat(extended.made()).isEqualTo(6);
        assertThat(extended.alreadyStored()).isEqualTo(12);
        assertThat(waves(store)).containsAllEntriesOf(before);
        assertThat(rows(store)).hasSize(18).doesNotHaveDuplicates();
        assertThat(rows(store))
                .isEqualTo(SmallStudy.inAPlainLoop(SmallStudy.with("grid.seeds=3")).stream()
                        .map(SmallStudy::withoutTimesAndHosts)
                        .toList());
    }

    private static Map<Path, byte[]> waves(Path store) throws IOException {
        Map<Path, byte[]> manifests = new HashMap<>();
        for (Path wave : new StoreLayout(store).waves()) {
            manifests.put(wave, Files.readAllBytes(StoreLayout.manifest(wave)));
        }
        return manifests;
    }

    @Slow
    @Test
    void adaptiveSeedsGoOnUntilTheSlopesAreGoodEnoughAndAKillBetweenWavesChangesNothing() throws IOException {
        start("local[2]");
        Study study = SmallStudy.with(
                "grid.seeds={ target-slope-error = 0.09, max = 60 }",
                "grid.sample-sizes=[50, 100, 200]",
                "fit.starts={ oracle = 1, random = 0 }");
        Path store = directory.resolve("store");
        StudyRun.Outcome outcome = run(study, store);
        assertThat(outcome.seeds()).extracting(SeedDecision::state).containsOnly(SeedDecision.State.MET);
        assertThat(outcome.seeds()).extracting(SeedDecision::seeds).anyMatch(seeds -> seeds > AdaptiveSeeds.INITIAL);
        assertThat(outcome.total())
                .isEqualTo(3
                        * outcome.seeds().stream().mapToInt(SeedDecision::seeds).sum());
        assertThat(outcome.made()).isEqualTo(outcome.total());
        List<FitRow> whole = rows(store);
        assertThat(whole).hasSize(outcome.total());

        // What a kill leaves: some of the waves, whichever they are.
        List<Path> waves = new StoreLayout(store).waves();
        assertThat(waves).hasSizeGreaterThan(1);
        for (Path wave : waves.subList(1, waves.size())) {
            try (Stream<Path> files = Files.list(wave)) {
                for (Path one : files.toList()) {
                    Files.delete(one);
                }
            }
            Files.delete(wave);
        }
        StudyRun.Outcome resumed = run(study, store);
        assertThat(resumed.alreadyStored()).isPositive();
        assertThat(resumed.made() + resumed.alreadyStored()).isEqualTo(outcome.total());
        assertThat(resumed.seeds()).isEqualTo(outcome.seeds());
        assertThat(rows(store).equals(whole)).as("the same fits").isTrue();
        assertThat(run(study, store).made()).isZero();
    }

    @Test
    void aWaveThatWasNeverFinishedIsRemovedAndMadeAgain() throws IOException {
        start("local[2]");
        Path store = directory.resolve("store");
        StoreLayout layout = new StoreLayout(store);
        run(SmallStudy.with("grid.seeds=1"), store);
        Path staging = layout.fits().resolve(StoreLayout.STAGING_PREFIX + "left-behind");
        Files.createDirectories(staging.resolve("_temporary"));
        Files.writeString(staging.resolve("part-00000.parquet"), "half a file");
        assertThat(run(SmallStudy.with("grid.seeds=2"), store).made()).isEqualTo(6);
        assertThat(staging).doesNotExist();
        assertThat(rows(store)).hasSize(12);
        assertThat(layout.storedFits()).extracting(FitKey::seed).containsOnly(1, 2);
    }

    @Test
    void aChangedTruthUnderTheSameDirectoryIsRefusedWithTheDifferenceNamed() throws IOException {
        start("local[2]");
        Path store = directory.resolve("store");
        run(SmallStudy.with("grid.seeds=1", "grid.sample-sizes=[100]"), store);
        Study changed = SmallStudy.with("grid.seeds=1", "grid.sample-sizes=[100]", "truth.variance=[1, 2]");
        assertThatThrownBy(() -> run(changed, store))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("truth.variance[2]: stored 1.0, now 2.0");
        assertThat(StudyFile.read(new StoreLayout(store)).truth().atoms().get(1).variance())
                .isEqualTo(1);
    }

    @Test
    void twoRunnersOnOneStoreAreKeptApart() throws IOException {
        start("local[2]");
        Path store = directory.resolve("store");
        try (StoreLock held = StoreLock.take(new StoreLayout(store))) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> run(SmallStudy.with(), store))
                    .isInstanceOf(StudyException.class)
                    .hasMessageContaining("another run is at work");
        }
    }

    @Test
    void aFitThatFailsIsARowWithItsMessage() throws IOException {
        start("local[2]");
        Path store = directory.resolve("store");
        Study study = SmallStudy.with("grid.seeds=1", "fit.stop.max-iterations=1", "fit.stop.warm-up-iterations=0");
        StudyRun.Outcome outcome = run(study, store);
        assertThat(rows(store)).hasSize(6);
        assertThat(outcome.failureRate()).isGreaterThan(0.5);
        assertThat(rows(store)).extracting(row -> row.status().name()).contains("MAX_ITERATIONS");
    }

    @Slow
    @Test
    void viewsAnswerQueries() throws IOException {
        start("local[2]");
        Path store = directory.resolve("store");
        run(SmallStudy.with(), store);
        StoreLayout layout = new StoreLayout(store);
        assertThat(Session.of(spark)
                        .query(layout, "SELECT fitted_experts, count(*) AS fits FROM fits GROUP BY 1 ORDER BY 1")
                        .rows())
                .containsExactly(List.of("2", "12"), List.of("3", "12"));
        assertThat(Session.of(spark)
                        .queryJson(
                                layout,
                                "SELECT metric FROM rates WHERE metric = 'D1' AND fitted_experts = 2 AND slope < 0"))
                .containsExactly("{\"metric\":\"D1\"}");
        for (String wrong :
                List.of("SELECT nothing FROM fits", "SELECT 1 / 0", "SELECT 1 / (seed - 1) FROM fits", "SELEC")) {
            assertThatThrownBy(() -> Session.of(spark).query(layout, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the query is wrong");
        }
        assertThat(Session.of(spark)
                        .queryJson(layout, "SELECT map('b', array(double('NaN'), 1D)) AS m, double('-Infinity') AS i"))
                .containsExactly("{\"m\":{\"b\":[null,1.0]},\"i\":null}");
        assertThatThrownBy(() -> Session.of(spark).queryJson(layout, "SELECT 1 AS a, 2 AS a"))
                .hasMessageContaining("two columns of the query are called 'a'");
        assertThat(Session.of(spark).query(layout, "SELECT 1 AS a, 2 AS a").rows())
                .containsExactly(List.of("1", "2"));
    }
}
