package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One fit to a million rows, of which a process may hold a tenth. */
@ExtendWith(StandaloneCluster.class)
class SpreadClusterIT {
    private static final String PROBE = "dev/ratelab/spark/LostExecutorProbe";

    private final StandaloneCluster.Running cluster;

    @TempDir
    private Path directory;

    SpreadClusterIT(StandaloneCluster.Running cluster) {
        this.cluster = cluster;
    }

    private static SmallRun run(int rowsInMemory) {
        return SmallRun.with(
                "grid.sample-sizes=[1000000]",
                "grid.seeds=1",
                "grid.fitted-experts=[2]",
                "fit.starts={ oracle = 1, random = 1 }",
                "limits.rows-in-memory=" + rowsInMemory);
    }

    @Test
    void aClusterOfTwoWorkersGivesTheBitsOfOneProcess() throws Exception {
        Path store = directory.resolve("store");
        String[] command = run(100_000).command(store, 10, "--master", cluster.master(), "--executor-memory", "1g");
        Outcome outcome = Script.ratelab(directory, command);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(SmallRun.stored(store)).hasSize(1).isEqualTo(run(1_000_000).inAPlainLoop());
    }

    @Test
    void anExecutorThatDiesInAPassChangesNoBit() throws Exception {
        Path jar = directory.resolve("probe.jar");
        writeProbe(jar);
        Outcome outcome = Script.run(
                directory,
                Map.of(),
                Script.named("spark-submit"),
                "--master",
                cluster.master(),
                "--conf",
                "spark.ui.enabled=false",
                "--jars",
                Script.home().resolve("target/ratelab.jar").toString(),
                "--class",
                PROBE.replace('/', '.'),
                jar.toString(),
                Script.home().resolve("src/test/resources/studies/small.conf").toString(),
                "grid.sample-sizes=[1000000]",
                "limits.rows-in-memory=100000");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualToNormalizingNewlines("1 executors lost, the bits are the same\n");
    }

    private static void writeProbe(Path jar) throws IOException {
        Path classes = Script.home().resolve("target/test-classes");
        Path folder = classes.resolve(PROBE).getParent();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("LostExecutorProbe"))
                    .toList();
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (Path each : files) {
                entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, entries);
                entries.closeEntry();
            }
        }
    }
}
