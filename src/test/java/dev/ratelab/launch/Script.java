package dev.ratelab.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A launcher, run as a user would. */
final class Script {
    private static final Path HOME = Path.of(System.getProperty("ratelab.home"));
    private static final long MINUTES = 10;

    private Script() {}

    /** What a run left behind. */
    record Outcome(int exitCode, String out, String err) {

        /** The lines of standard error. */
        List<String> messages() {
            return err.lines().toList();
        }
    }

    static Path home() {
        return HOME;
    }

    static Path named(String name) {
        return HOME.resolve("submit").resolve(name);
    }

    /** Runs {@code submit/ratelab} in {@code directory} and waits for its end. */
    static Outcome ratelab(Path directory, String... arguments) throws IOException, InterruptedException {
        return run(directory, Map.of(), named("ratelab"), arguments);
    }

    /** Runs the script in {@code directory} and waits for its end, at most ten minutes. */
    static Outcome run(Path directory, Map<String, String> environment, Path script, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("ratelab", ".out");
        Path err = Files.createTempFile("ratelab", ".err");
        try {
            ProcessBuilder builder = builder(directory, script, arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "no end within " + MINUTES + " minutes: " + builder.command() + "\n" + Files.readString(err));
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /**
     * Starts {@code submit/ratelab} in {@code directory} and does not wait. The launchers put Java in their own place, so the
     * process is the driver's JVM. What it prints goes to {@code log}.
     */
    static Process start(Path directory, Path log, String... arguments) throws IOException {
        Process process = builder(directory, named("ratelab"), arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static ProcessBuilder builder(Path directory, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().remove("SPARK_HOME");
        return builder;
    }
}
