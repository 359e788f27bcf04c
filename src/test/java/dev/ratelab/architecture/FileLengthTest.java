package dev.ratelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the product are short enough to be read in one go; one that is not says here why. */
class FileLengthTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_LINES = 300;

    /** Reasons by file. */
    private static final Map<String, String> LONGER = Map.of(
            "dev/ratelab/loss/Losses.java", "names, kinds and order of all losses, until names are a type of their own",
            "dev/ratelab/loss/MixingMeasure.java", "cells and groups of atoms, until they are files of their own",
            "dev/ratelab/loss/ParameterErrors.java", "errors of every kind, until each has a file of its own");

    /** Files with more lines than they may have, and how many. */
    private static Map<String, Long> tooLong(Path directory) throws IOException {
        Map<String, Long> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    long count = lines.count();
                    if (count > MOST_LINES) {
                        found.put(directory.relativize(file).toString(), count);
                    }
                }
            }
        }
        return found;
    }

    @Test
    void noFileIsLongerThanItMayBeUnlessItsReasonIsGiven() throws IOException {
        assertThat(tooLong(SOURCES).keySet())
                .as("files of more than %d lines: separate what is separate, or give the reason here", MOST_LINES)
                .isEqualTo(LONGER.keySet());
    }

    @Test
    void aFileOfOneLineTooManyIsFound(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("Long.java"), "//\n".repeat(MOST_LINES + 1));
        Files.writeString(directory.resolve("Short.java"), "//\n".repeat(MOST_LINES));
        assertThat(tooLong(directory)).containsExactly(Map.entry("Long.java", MOST_LINES + 1L));
    }
}
