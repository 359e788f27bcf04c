package dev.ratelab.launch;

import static dev.ratelab.launch.StandaloneCluster.standalone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(StandaloneCluster.class)
class StandaloneClusterIT {
    private final String master;

    @TempDir
    private Path directory;

    StandaloneClusterIT(StandaloneCluster.Running cluster) {
        master = cluster.master();
    }

    @Test
    void aSecondClusterIsRefused() throws Exception {
        assertThat(standalone("up").exitCode()).isEqualTo(2);
        assertThat(standalone("status").out()).contains("master: up", "worker-1: up", "worker-2: up", master);
    }

    @Test
    void clientModeRunsACommandAndKeepsItsExitCode() throws Exception {
        Outcome version = ratelab("--master", master, "--", "--version");
        assertThat(version.exitCode()).as(version.err()).isZero();
        assertThat(version.out()).matches("ratelab \\S+\\R");
        assertThat(ratelab("--master", master, "--", "nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void clusterModeWaitsForTheDriverAndKeepsItsExitCode() throws Exception {
        Outcome version = ratelab("--master", master, "--deploy-mode", "cluster", "--", "--version");
        assertThat(version.exitCode()).as(version.err()).isZero();
        assertThat(ratelab("--master", master, "--deploy-mode", "cluster", "--", "nonsense")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void bothWorkersRunTasksOfOneJob() throws Exception {
        Path jar = directory.resolve("probe.jar");
        writeJar(jar, ClusterProbe.class);
        Outcome outcome = Script.run(
                directory,
                Map.of(),
                Script.named("spark-submit"),
                "--master",
                master,
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                ClusterProbe.class.getName(),
                jar.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualToNormalizingNewlines("sum 499500 on 2 executors\n");
    }

    private Outcome ratelab(String... arguments) throws IOException, InterruptedException {
        return Script.ratelab(directory, arguments);
    }

    private static void writeJar(Path jar, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            entries.putNextEntry(new JarEntry(entry));
            Files.copy(Script.home().resolve("target/test-classes").resolve(entry), entries);
            entries.closeEntry();
        }
    }
}
