package dev.ratelab.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.plan.FitTask;
import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.plan.Schedule;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StoreLock;
import dev.ratelab.study.Study;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class WavesTest {
    private static final String[] OVERRIDES = {"grid.sample-sizes=[100, 300]", "grid.seeds=30"};

    /** Shorter than any fit: every commit takes what there is. */
    private static final double SHORT = 1e-9;

    private static final double LONG = 1e9;

    @TempDir
    private Path directory;

    private SparkSession spark;

    @AfterEach
    void stop() {
        if (spark != null) {
            spark.stop();
        }
    }

    /** A task that throws at its first attempts. */
    private static final class Flaky implements Function<FitTask, MadeFits> {
        private static final long serialVersionUID = 1L;

        private final int failedAttempts;
        private final int failingSeed;

        Flaky(int failedAttempts, int failingSeed) {
            this.failedAttempts = failedAttempts;
            this.failingSeed = failingSeed;
        }

        @Override
        public MadeFits call(FitTask task) {
            FitRunner runner = new FitRunner(SmallStudy.with(OVERRIDES));
            List<FitRow> rows = new ArrayList<>();
            for (PlannedFit fit : task.fits()) {
                if (fit.key().seed() % failingSeed == 0 && TaskContext.get().attemptNumber() < failedAttempts) {
                    throw new IllegalStateException("a broken machine");
                }
                rows.add(runner.run(fit.key()));
            }
            return new MadeFits(rows, 1);
        }
    }

    private void make(Plan plan, StoreLayout layout, double waveSeconds, Flaky function) throws IOException {
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        try (StoreLock lock = StoreLock.take(layout)) {
            new Waves(context, new Store(spark, layout), lock, function, waveSeconds)
                    .make(Schedule.of(plan, 2, 5).tasks());
        }
    }

    private List<FitRow> rows(StoreLayout layout) {
        return new Store(spark, layout)
                .fitRows().stream().map(SmallStudy::withoutTimesAndHosts).toList();
    }

    private static List<FitRow> loop(Study study) {
        return SmallStudy.inAPlainLoop(study).stream()
                .map(SmallStudy::withoutTimesAndHosts)
                .toList();
    }

    @Test
    void tasksThatAreTriedAgainStoreEveryFitOnce() throws IOException {
        spark = TestSession.start("local[2,3]");
        Study study = SmallStudy.with(OVERRIDES);
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        make(Plan.of(study, Set.of()), layout, SHORT, new Flaky(2, 3));
        assertThat(layout.storedFits()).hasSize(120);
        assertThat(layout.waves()).hasSizeGreaterThan(1);
        assertThat(rows(layout).equals(loop(study)))
                .as("the fits of a plain loop")
                .isTrue();
    }

    @Test
    void aWaveOfNoLengthIsWhatHasArrivedAndNotTheEnd() throws IOException {
        spark = TestSession.start("local[2]");
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        make(Plan.of(SmallStudy.with(OVERRIDES), Set.of()), layout, 0, new Flaky(0, 1));
        assertThat(layout.storedFits()).hasSize(120);
        assertThat(layout.waves()).hasSizeGreaterThan(1);
    }

    @Test
    void nothingIsCommittedWithoutTheLock() throws IOException {
        spark = TestSession.start("local[2]");
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        List<FitTask> tasks =
                Schedule.of(Plan.of(SmallStudy.with(OVERRIDES), Set.of()), 2, 5).tasks();
        try (StoreLock lock = StoreLock.take(layout)) {
            lock.requireHeld();
            Files.delete(layout.lockFile());
            assertThatThrownBy(lock::requireHeld).hasMessageContaining(layout.lockFile() + " was deleted");
            try (StoreLock another = StoreLock.take(layout)) {
                another.requireHeld();
                Waves waves = new Waves(context, new Store(spark, layout), lock, new Flaky(0, 1), SHORT);
                assertThatThrownBy(() -> waves.make(tasks)).hasMessageContaining("run the command again");
            }
        }
        assertThat(layout.storedFits()).isEmpty();
    }

    @Test
    void aLockThatWasGivenBackIsNotHeld() throws IOException {
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        StoreLock lock = StoreLock.take(layout);
        lock.close();
        assertThatThrownBy(lock::requireHeld).isInstanceOf(IOException.class);
    }

    @Test
    void aJobThatFailsLeavesWhatHadArrivedAndTheNextRunMakesTheRest() throws IOException {
        spark = TestSession.start("local[2,3]");
        Study study = SmallStudy.with(OVERRIDES);
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        assertThatThrownBy(() -> make(Plan.of(study, Set.of()), layout, LONG, new Flaky(9, 29)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a broken machine");
        int stored = layout.storedFits().size();
        assertThat(stored).isBetween(1, 119);
        assertThat(layout.waves()).hasSize(1);
        Plan rest = Plan.of(study, layout.storedFits());
        assertThat(rest.fits()).hasSize(120 - stored);
        make(rest, layout, LONG, new Flaky(0, 1));
        assertThat(rows(layout).equals(loop(study)))
                .as("the fits of a plain loop")
                .isTrue();
    }

    @Test
    void aCommitThatFailsEndsTheRun() throws IOException {
        spark = TestSession.start("local[2]");
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        Files.createDirectories(layout.root());
        Files.writeString(layout.fits(), "a file in the place of a directory");
        assertThatThrownBy(() -> make(Plan.of(SmallStudy.with(OVERRIDES), Set.of()), layout, SHORT, new Flaky(0, 1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theTimesOfTheFitsAreInTheManifests() throws IOException {
        spark = TestSession.start("local[2]");
        Study study = SmallStudy.with(OVERRIDES);
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        make(Plan.of(study, Set.of()), layout, SHORT, new Flaky(0, 1));
        double millis = 0;
        for (FitRow row : new Store(spark, layout).fitRows()) {
            millis += row.provenance().fitMillis();
        }
        assertThat(layout.times()).hasSize(4).allMatch(cell -> cell.fits() == 30);
        assertThat(layout.times().stream().mapToDouble(cell -> cell.millis()).sum())
                .isBetween(millis * (1 - 1e-9), millis * (1 + 1e-9));
        assertThat(layout.times()).allMatch(cell -> cell.warmFits() < cell.fits() && cell.warmMillis() < cell.millis());
        assertThat(layout.storedFits()).extracting(FitKey::sampleSize).containsOnly(100, 300);
    }
}
