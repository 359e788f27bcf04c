package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of the JVM end the program with a code of {@link ExitCode} and a line that says what to do. */
class ErrorsTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path directory;

    @Test
    void aClassThatIsMissingIsTheInfrastructure() throws Exception {
        Path study = Files.writeString(directory.resolve("small.conf"), SmallStudy.text());
        String withoutSpark = Stream.of(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.contains("spark-sql") && !entry.contains("spark-core"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(lastLine(withoutSpark, Main.class, "run", study.toString(), "--out", directory + "/store"))
                .startsWith("ratelab: NoClassDefFoundError: org/apache/spark/")
                .endsWith("; the libraries do not fit together: Ratelab needs Spark 4.1 with Scala 2.13, as without"
                        + " SPARK_HOME");
    }

    @Slow
    @Test
    void soIsTooLittleMemory() throws Exception {
        Path study = Files.writeString(directory.resolve("small.conf"), SmallStudy.text());
        assertThat(lastLine(CLASS_PATH, Main.class, "sample", study.toString(), "--sample-size=2000000000", "--seed=1"))
                .startsWith("ratelab: OutOfMemoryError: ")
                .contains("; give it more memory: submit/ratelab --driver-memory 8g -- COMMAND");
    }

    @Test
    void soIsAnErrorInAnotherThreadThoughTheCommandGoesOn() throws Exception {
        assertThat(lastLine(CLASS_PATH, ErrorProbe.class, "thread"))
                .startsWith("ratelab: OutOfMemoryError: a probe; give it more memory");
    }

    @Slow
    @Test
    void soIsAnErrorInATask() throws Exception {
        assertThat(lastLine(CLASS_PATH, ErrorProbe.class, "task"))
                .startsWith("ratelab: SparkException: ")
                .contains("OutOfMemoryError: a probe", "; give it more memory");
    }

    /** Runs a main class that must end with {@link ExitCode#INFRASTRUCTURE}: the last line of its standard error. */
    private String lastLine(String classPath, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/jvm.options",
                "-Xmx512m",
                "-Dspark.master=local[1]",
                "-Dspark.ui.enabled=false",
                "-Dlog4j2.configurationFile=conf/log4j2.properties",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        // Standard input stays open: a command that reads it waits.
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("the program ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(err);
        assertThat(process.exitValue()).as(lines.toString()).isEqualTo(ExitCode.INFRASTRUCTURE);
        return lines.get(lines.size() - 1);
    }
}
