package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command = Main.commandLine()
            .addSubcommand(new Failing())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @Test
    void versionIsTheOneOfTheBuild() {
        assertThat(command.execute("--version")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).matches("ratelab \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownCommandIsOneLineOnStandardErrorAndCodeTwo() {
        assertThat(command.execute("nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("ratelab: ").contains("nonsense").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noCommandIsAUsageError() {
        assertThat(command.execute()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("ratelab: no command given");
    }

    @Test
    void aWrongArgumentOfACommandIsCodeTwoWithItsMessage() {
        assertThat(command.execute("failing", "argument")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualToNormalizingNewlines("ratelab: seeds = 0 must be at least 1\n");
    }

    @Test
    void anExceptionOfACommandKeepsItsCode() {
        assertThat(command.execute("failing", "rate")).isEqualTo(ExitCode.FAILURE_RATE);
        assertThat(err.toString()).isEqualToNormalizingNewlines("ratelab: 7 of 10 fits failed\n");
    }

    @Test
    void anythingElseIsTheInfrastructure() {
        assertThat(command.execute("failing", "other")).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(err.toString()).isEqualToNormalizingNewlines("ratelab: IllegalStateException: no executors\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory | OutOfMemoryError: Java heap space; give it more memory: submit/ratelab --driver-memory 8g --",
                "memory-of-a-task | IOException: no fits; give it more memory: submit/ratelab --driver-memory 8g --",
                "stack | StackOverflowError; something in the input is nested too deeply",
                "class | NoClassDefFoundError: scala/Product; the libraries do not fit together: Ratelab needs Spark 4.1",
                "assertion | AssertionError: 1 is 2; this is a fault of Ratelab: please report it",
            })
    void anErrorIsOneLineWithARemedyAndCodeFour(String how, String line) {
        assertThat(Main.execute(() -> command, new PrintWriter(err, true), "failing", how))
                .isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(err.toString()).startsWith("ratelab: " + line).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anErrorBeforeTheCommandIsMadeIsTheSame() {
        assertThat(Main.execute(
                        () -> {
                            throw new NoClassDefFoundError("scala/Product");
                        },
                        new PrintWriter(err, true),
                        "--version"))
                .isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(err.toString())
                .startsWith("ratelab: NoClassDefFoundError: scala/Product; ")
                .hasLineCount(1);
    }

    @Test
    void relativePathsAreTheCallers() {
        assertThat(WorkingDirectory.resolve("a/../b.conf"))
                .isEqualTo(Path.of("").toAbsolutePath().resolve("b.conf"));
        assertThat(WorkingDirectory.resolve("/tmp/b.conf")).isEqualTo(Path.of("/tmp/b.conf"));
    }

    @Command(name = "failing")
    private static final class Failing implements Callable<Integer> {
        @Parameters
        private String how;

        @Override
        public Integer call() throws IOException {
            switch (how) {
                case "memory" -> throw new OutOfMemoryError("Java heap space");
                case "memory-of-a-task" ->
                    throw new IOException(
                            "no fits", new IllegalStateException(new OutOfMemoryError("Java heap space")));
                case "stack" -> throw new StackOverflowError();
                case "class" -> throw new NoClassDefFoundError("scala/Product");
                case "assertion" -> throw new AssertionError("1 is 2");
                case "argument" -> throw new IllegalArgumentException("seeds = 0 must be at least 1");
                case "rate" -> throw new CommandException(ExitCode.FAILURE_RATE, "7 of 10 fits failed");
                default -> throw new IllegalStateException("no executors");
            }
        }
    }
}
