package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import dev.ratelab.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver is frozen at a chosen moment, so that the state in which it dies is known, and killed. */
class CrashIT {
    private static final SmallRun RUN = SmallRun.with("grid.sample-sizes=[1000, 3000, 10000]", "grid.seeds=10");
    private static final int FITS = 60;
    private static final double WAVE_SECONDS = 0.1;

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledRunContinuesWhereItStoppedAndASecondRunnerIsRefused() throws Exception {
        Path store = directory.resolve("store");
        StoreLayout layout = new StoreLayout(store);

        Process first = start(store);
        freezeWhen(first, () -> !layout.waves().isEmpty() && !layout.staging().isEmpty());
        Outcome refused = Script.ratelab(directory, RUN.command(store, WAVE_SECONDS));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
        assertThat(refused.messages()).hasSize(1).allMatch(line -> line.contains("another run is at work on " + store));
        assertThat(refused.out()).isEmpty();
        kill(first);
        assertThat(layout.staging()).isNotEmpty();
        Map<Path, byte[]> afterFirst = filesOfWaves(layout);

        Process second = start(store);
        int waves = layout.waves().size();
        freezeWhen(
                second, () -> layout.waves().size() > waves && layout.staging().isEmpty());
        kill(second);
        Map<Path, byte[]> afterSecond = filesOfWaves(layout);
        int stored = layout.storedFits().size();
        assertThat(stored).isBetween(1, FITS - 1);
        assertThat(afterSecond).containsAllEntriesOf(afterFirst).hasSizeGreaterThan(afterFirst.size());

        Outcome last = Script.ratelab(directory, RUN.command(store, WAVE_SECONDS));
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.out())
                .contains(FITS + " fits (" + (FITS - stored) + " made now, " + stored + " stored before)");
        assertThat(filesOfWaves(layout)).containsAllEntriesOf(afterSecond);
        assertThat(layout.staging()).isEmpty();
        assertThat(SmallRun.stored(store)).isEqualTo(RUN.inAPlainLoop()).hasSize(FITS);
    }

    private Process start(Path store) throws IOException {
        Path log = directory.resolve("log-" + started.size());
        Process process = Script.start(directory, log, RUN.command(store, WAVE_SECONDS));
        started.add(process);
        return process;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    private interface State {
        boolean reached() throws IOException;
    }

    /** Stops the process once the store is in a state and stays in it; lets it go on where it was too late. */
    private void freezeWhen(Process process, State state) throws IOException, InterruptedException {
        while (true) {
            assertThat(process.isAlive()).as(() -> "the run goes on; " + logs()).isTrue();
            if (state.reached()) {
                signal(process, "STOP");
                Thread.sleep(100);
                if (state.reached()) {
                    return;
                }
                signal(process, "CONT");
            }
            Thread.sleep(1);
        }
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        for (int i = 0; i < started.size(); i++) {
            try {
                logs.append(Files.readString(directory.resolve("log-" + i)));
            } catch (IOException e) {
                logs.append(e);
            }
        }
        return logs.toString();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The contents of all files of all waves. */
    private static Map<Path, byte[]> filesOfWaves(StoreLayout layout) throws IOException {
        Map<Path, byte[]> contents = new TreeMap<>();
        for (Path wave : layout.waves()) {
            try (Stream<Path> files = Files.list(wave)) {
                for (Path file : files.toList()) {
                    contents.put(file, Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }
}
