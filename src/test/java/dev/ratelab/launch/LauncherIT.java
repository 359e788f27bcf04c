package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    @TempDir
    private Path elsewhere;

    @Test
    void runsFromAnyDirectoryAndThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("a link"), Script.named("ratelab"));
        Outcome outcome = Script.run(elsewhere, Map.of(), link, "--version");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).matches("ratelab \\S+\\R");
    }

    @Test
    void runsFromAFolderWithSpacesInItsName() throws Exception {
        Path copy = Files.createDirectories(elsewhere.resolve("my projects"));
        for (String part : new String[] {"conf", "target", "pom.xml"}) {
            Files.createSymbolicLink(copy.resolve(part), Script.home().resolve(part));
        }
        Files.createDirectories(copy.resolve("src/main"));
        Files.createDirectories(copy.resolve("submit"));
        for (String script : new String[] {"ratelab", "common.sh"}) {
            Files.copy(Script.named(script), copy.resolve("submit").resolve(script));
        }
        copy.resolve("submit/ratelab").toFile().setExecutable(true);
        // The folders made here are newer than the jar, which would start a build; the printed command needs none.
        Outcome printed = run(copy, "--dry-run", "--version");
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("my\\ projects/target/ratelab.jar");
        Outcome outcome = Script.run(elsewhere, Map.of(), Path.of("/bin/bash"), "-c", printed.out());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).matches("ratelab \\S+\\R");
    }

    @Test
    void aWrongCommandEndsWithCodeTwo() throws Exception {
        Outcome outcome = run(elsewhere, "nonsense");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("ratelab: ").contains("nonsense");
    }

    @Test
    void aJavaThatSparkCannotRunOnIsRefused() throws Exception {
        Path java = Files.createDirectories(elsewhere.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 23' >&2\n");
        java.toFile().setExecutable(true);
        Map<String, String> environment =
                Map.of("JAVA_HOME", elsewhere.resolve("jdk").toString());
        Outcome outcome = Script.run(elsewhere, environment, Script.named("ratelab"), "--version");
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err()).contains("Java 23").contains("17 to 22");
    }

    @Test
    void requiredPropertiesComeAfterTheUsers() throws Exception {
        Outcome outcome = run(
                elsewhere,
                "--dry-run",
                "--master",
                "spark://host:7077",
                "--conf",
                "spark.serializer=Other",
                "--",
                "run",
                "my study.conf");
        assertThat(outcome.out())
                .contains("submit/spark-submit --properties-file")
                .containsSubsequence(
                        "spark.serializer=Other", "spark.serializer=org.apache.spark.serializer.JavaSerializer")
                .endsWith("run my\\ study.conf \n");
    }

    @Test
    void aDistributionsSparkSubmitIsPreferred() throws Exception {
        Path submit = Files.createDirectories(elsewhere.resolve("spark/bin")).resolve("spark-submit");
        Files.writeString(submit, "#!/bin/sh\necho \"$@\"\n");
        submit.toFile().setExecutable(true);
        Map<String, String> environment =
                Map.of("SPARK_HOME", elsewhere.resolve("spark").toString());
        Outcome outcome =
                Script.run(elsewhere, environment, Script.named("ratelab"), "--master", "local[1]", "--", "--version");
        assertThat(outcome.out()).startsWith("--properties-file ").contains("--class dev.ratelab.cli.Main");
    }

    @Test
    void aDriverInTheClusterLearnsTheCallersDirectoryAndSparksModules() throws Exception {
        Outcome outcome = run(
                elsewhere,
                "--dry-run",
                "--master",
                "spark://host:7077",
                "--deploy-mode",
                "cluster",
                "--driver-java-options",
                "-Dmine=1",
                "--",
                "--version");
        assertThat(outcome.out())
                .contains("spark.ratelab.working.directory=" + elsewhere.toRealPath())
                .contains("spark.driver.extraJavaOptions=")
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .contains("-Dmine=1")
                .contains("spark.standalone.submit.waitAppCompletion=true");
    }

    @Test
    void noJvmTakesTheHostsLinearAlgebraHoweverItIsStarted() throws Exception {
        String option = "-Ddev.ludovic.netlib.blas.nativeLib=none";
        Outcome local = run(elsewhere, "--dry-run", "run", "study.conf");
        assertThat(local.out()).contains("/conf/jvm.options ").contains(" " + option + " ");
        for (String mode : new String[] {"client", "cluster"}) {
            Outcome submitted = run(
                    elsewhere,
                    "--dry-run",
                    "--deploy-mode",
                    mode,
                    "--conf",
                    "spark.executor.defaultJavaOptions=-Dmine=1",
                    "--",
                    "run",
                    "study.conf");
            assertThat(submitted.out())
                    .as(mode)
                    .containsSubsequence("-Dmine=1", "spark.executor.defaultJavaOptions=" + option)
                    .contains("spark.driver.defaultJavaOptions=" + option);
            if (mode.equals("cluster")) {
                // A standalone cluster does not pass the default options on to a driver.
                assertThat(submitted.out()).containsSubsequence("spark.driver.extraJavaOptions=", option);
            }
        }
    }

    private static Outcome run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path script = directory.resolve("submit/ratelab");
        return Script.run(directory, Map.of(), Files.exists(script) ? script : Script.named("ratelab"), arguments);
    }
}
