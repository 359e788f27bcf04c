package dev.ratelab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.launch.Script.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void noCommandBeginsWithTheLineAboutIncubatorModules() throws Exception {
        assertThat(run(elsewhere, "--version").err()).isEmpty();
        Outcome own = run(elsewhere, "--master", "local[1]", "--", "--version");
        assertThat(own.out()).matches("ratelab \\S+\\R");
        assertThat(own.err()).doesNotContain("incubator");
    }

    @Test
    void nothingElseOfADistributionsMessagesIsLeftOut() throws Exception {
        String line = "WARNING: Using incubator modules: jdk.incubator.vector\n";
        assertThat(messages("Picked up JDK_JAVA_OPTIONS: x\n" + line + "first\n" + line + "bar"))
                .isEqualTo("Picked up JDK_JAVA_OPTIONS: x\nfirst\n" + line + "bar");
        assertThat(messages("\nno line  ")).isEqualTo("\nno line  ");
        assertThat(messages("")).isEmpty();
        assertThat(messages("many\n".repeat(50))).isEqualTo("many\n".repeat(50));
    }

    /** What a command prints on standard error, to its very end, where Spark prints that. */
    private String messages(String ofSpark) throws Exception {
        Path submit = Files.createDirectories(elsewhere.resolve("spark/bin")).resolve("spark-submit");
        Files.writeString(
                submit, "#!/bin/sh\ncat '" + Files.writeString(elsewhere.resolve("text"), ofSpark) + "' >&2\n");
        submit.toFile().setExecutable(true);
        Map<String, String> environment =
                Map.of("SPARK_HOME", elsewhere.resolve("spark").toString());
        String command = "'" + Script.named("ratelab") + "' --master local -- --version 2>&1 | cat";
        return Script.run(elsewhere, environment, Path.of("/bin/bash"), "-c", command)
                .out();
    }

    @Test
    void whatAScriptCannotDoIsCodeFour() throws Exception {
        Path copy = Files.createDirectories(elsewhere.resolve("copy"));
        Files.createSymbolicLink(copy.resolve("conf"), Script.home().resolve("conf"));
        Files.writeString(copy.resolve("target"), "a file in the place of a directory");
        Files.createDirectories(copy.resolve("submit"));
        for (String script : List.of("ratelab", "spark-submit", "standalone", "bench", "common.sh")) {
            Path made = copy.resolve("submit").resolve(script);
            Files.copy(Script.named(script), made);
            made.toFile().setExecutable(true);
        }
        for (List<String> command : List.of(
                List.of("ratelab", "gates"),
                List.of("ratelab", "--dry-run", "--master", "local", "--", "gates"),
                List.of("spark-submit", "--version"),
                List.of("standalone", "up"),
                List.of("bench", "--only", "tiny"))) {
            Outcome outcome = Script.run(
                    copy,
                    Map.of(),
                    copy.resolve("submit").resolve(command.get(0)),
                    command.subList(1, command.size()).toArray(String[]::new));
            assertThat(outcome.exitCode()).as("%s: %s", command, outcome.err()).isEqualTo(4);
            assertThat(outcome.err()).as("%s", command).contains("ratelab: ", "could not go on; see above");
        }
    }

    @Test
    void aJavaThatDoesNotRunIsCodeFour() throws Exception {
        Path java = Files.createDirectories(elsewhere.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        java.toFile().setExecutable(true);
        Map<String, String> environment =
                Map.of("JAVA_HOME", elsewhere.resolve("jdk").toString());
        Outcome outcome = Script.run(elsewhere, environment, Script.named("ratelab"), "--version");
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err()).contains("Java of unknown version");
    }

    /** Bash before 4.4 takes an array without elements for an unset variable, at which the scripts end. */
    @ParameterizedTest
    @ValueSource(strings = {"ratelab", "spark-submit", "standalone", "bench", "common.sh"})
    void noArrayThatMayBeEmptyIsExpandedWithoutItsGuard(String script) throws Exception {
        String text = Files.readString(Script.named(script));
        Matcher expansion = Pattern.compile("(\\$\\{(\\w+)\\[@]\\+)?\"\\$\\{(\\w+)\\[[@*]]}\"")
                .matcher(text);
        while (expansion.find()) {
            String array = expansion.group(3);
            if (!array.equals(expansion.group(2))) {
                assertThat(text).as(array).containsPattern("\\b" + array + "=\\([^)]");
                assertThat(text).as(array).doesNotContainPattern("\\b" + array + "=\\(\\)");
            }
        }
        assertThat(text).as("sizes of arrays").doesNotContain("${#");
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
