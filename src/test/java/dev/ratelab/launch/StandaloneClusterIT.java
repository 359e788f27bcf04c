package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneClusterIT {
    private static String master;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startTheCluster() throws Exception {
        Outcome up = standalone("up", "--workers", "2", "--port", "0", "--webui-port", "0");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).matches("spark://127\\.0\\.0\\.1:\\d+\\R");
        master = up.out().strip();
    }

    @AfterAll
    static void stopTheCluster() throws Exception {
        assertThat(standalone("down").exitCode()).isZero();
        assertThat(standalone("status").exitCode()).isOne();
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
        return Script.run(directory, Map.of(), Script.named("ratelab"), arguments);
    }

    private static Outcome standalone(String... arguments) throws IOException, InterruptedException {
        return Script.run(Script.home(), Map.of(), Script.named("standalone"), arguments);
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
