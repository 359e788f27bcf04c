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

    private Script() {}

    /** What a run left behind. */
    record Outcome(int exitCode, String out, String err) {}

    static Path home() {
        return HOME;
    }

    static Path named(String name) {
        return HOME.resolve("submit").resolve(name);
    }

    /** Runs the script in {@code directory} and waits for its end, at most three minutes. */
    static Outcome run(Path directory, Map<String, String> environment, Path script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("ratelab", ".out");
        Path err = Files.createTempFile("ratelab", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("SPARK_HOME");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "no end within three minutes: " + command + "\n" + Files.readString(err));
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
}
