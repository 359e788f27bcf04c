package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import dev.ratelab.run.FitRow;
import dev.ratelab.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(StandaloneCluster.class)
class StudyClusterIT {
    private static final SmallRun RUN = SmallRun.with("grid.sample-sizes=[300, 3000, 10000]", "grid.seeds=8");
    private static final int FITS = 48;

    private static List<FitRow> expected;

    private final StandaloneCluster.Running cluster;

    @TempDir
    private Path directory;

    StudyClusterIT(StandaloneCluster.Running cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void inAPlainLoop() {
        expected = RUN.inAPlainLoop();
        assertThat(expected).hasSize(FITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[1]", "local[2]"})
    void oneCoreAndTwoGiveTheBitsOfAPlainLoop(String master) throws Exception {
        assertThat(fitsOfARun("--master", master)).isEqualTo(expected);
    }

    @Test
    void aClusterGivesTheBitsOfAPlainLoop() throws Exception {
        assertThat(fitsOfARun("--master", cluster.master())).isEqualTo(expected);
    }

    @Test
    void aDriverInTheClusterGivesTheBitsOfAPlainLoop() throws Exception {
        assertThat(fitsOfARun("--master", cluster.master(), "--deploy-mode", "cluster"))
                .isEqualTo(expected);
    }

    private List<FitRow> fitsOfARun(String... options) throws IOException, InterruptedException {
        Path store = directory.resolve("store");
        Outcome outcome = Script.ratelab(directory, RUN.command(store, 0.2, options));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return SmallRun.stored(store);
    }

    @Test
    void aRunOutlivesAKilledExecutor() throws Exception {
        SmallRun run = SmallRun.with("grid.sample-sizes=[3000, 10000, 30000]", "grid.seeds=10");
        Path store = directory.resolve("store");
        Path log = directory.resolve("log");
        StoreLayout layout = new StoreLayout(store);
        Process driver = Script.start(directory, log, run.command(store, 0.2, "--master", cluster.master()));
        try {
            while (layout.waves().isEmpty()) {
                assertThat(driver.isAlive()).as(Files.readString(log)).isTrue();
                Thread.sleep(10);
            }
            List<ProcessHandle> executors = cluster.executors();
            assertThat(executors).isNotEmpty();
            assertThat(executors.get(0).destroyForcibly()).isTrue();
            assertThat(layout.storedFits()).hasSizeLessThan(60);
            assertThat(driver.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            driver.destroyForcibly();
        }
        assertThat(driver.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("60 fits (60 made now, 0 stored before)");
        assertThat(layout.storedFits()).hasSize(60);
        assertThat(SmallRun.stored(store)).isEqualTo(run.inAPlainLoop());
    }
}
