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

/** Files of the product are short enough to be read in one go. */
class FileLengthTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_LINES = 300;

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
    void noFileIsLongerThanItMayBe() throws IOException {
        assertThat(tooLong(SOURCES))
                .as("files of more than %d lines: separate what is separate", MOST_LINES)
                .isEmpty();
    }

    @Test
    void aFileOfOneLineTooManyIsFound(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("Long.java"), "//\n".repeat(MOST_LINES + 1));
        Files.writeString(directory.resolve("Short.java"), "//\n".repeat(MOST_LINES));
        assertThat(tooLong(directory)).containsExactly(Map.entry("Long.java", MOST_LINES + 1L));
    }
}
