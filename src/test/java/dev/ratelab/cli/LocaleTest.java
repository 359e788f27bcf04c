package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print is the same in every language of the machine. */
class LocaleTest {
    private static final Map<String, String> SPARK =
            Map.of("spark.master", "local[1]", "spark.ui.enabled", "false", "spark.sql.shuffle.partitions", "1");

    /** A locale with digits of its own. */
    private static final Locale ARABIC = Locale.forLanguageTag("ar-EG-u-nu-arab");

    private static final String ARABIC_LETTERS = "[\u0600-\u06ff]";

    private final Locale before = Locale.getDefault();

    @TempDir
    private Path directory;

    @BeforeEach
    void speakArabic() {
        SPARK.forEach(System::setProperty);
        Locale.setDefault(ARABIC);
        assertThat(String.format("%d", 12)).as("digits of the test's locale").isEqualTo("\u0661\u0662");
    }

    @AfterEach
    void forget() {
        Locale.setDefault(before);
        SPARK.keySet().forEach(System::clearProperty);
    }

    @Slow
    @Test
    void everyCommandWritesTheDigitsOfTheManual() throws IOException {
        String study = SmallStudy.text() + "start-kinds {}\n";
        Path file = Files.writeString(directory.resolve("small.conf"), study);
        Path store = directory.resolve("store");
        Path sample = directory.resolve("sample.csv");
        String adaptive = "grid.seeds={target-slope-error=0.02,max=50}";
        List<Object[]> commands = List.of(
                new Object[] {"run", file, "--out", store},
                new Object[] {"plan", file, "--out", store, "--set", "grid.seeds=9"},
                new Object[] {"plan", file, "--out", directory.resolve("none"), "--set", "limits.rows-in-memory=50"},
                new Object[] {"plan", file, "--out", store, "--set", adaptive},
                new Object[] {"status", store},
                new Object[] {"rates", store},
                new Object[] {"rates", store, "--json"},
                new Object[] {"required-n", store, "--metric", "D1", "--target", 0.1, "--cost-per-sample", 3},
                new Object[] {"optimisation", store},
                new Object[] {"query", store, "SELECT status, count(*), sum(sample_size) / 7 FROM fits GROUP BY 1"},
                new Object[] {"plots", store, "--format", "svg"},
                new Object[] {"sample", file, "--sample-size", 200, "--seed", 1},
                new Object[] {"fit", sample, "--y", "y", "--x", "x1", "--experts", 2},
                new Object[] {"diagnose", file},
                new Object[] {"diagnose", file, "--modulus"},
                new Object[] {"gates"},
                new Object[] {"experts"},
                new Object[] {"studies", "--in", directory});
        assertThat(commands.stream().map(command -> command[0]))
                .containsAll(Main.commandLine().getSubcommands().keySet());
        for (Object[] command : commands) {
            CommandRun run = CommandRun.of(command);
            assertThat(run.exitCode()).as("%s: %s", command[0], run.err()).isEqualTo(ExitCode.DONE);
            assertThat(run.out() + run.err()).as("%s", command[0]).doesNotContainPattern(ARABIC_LETTERS);
            if (command[0].equals("sample")) {
                Files.writeString(sample, run.out());
            }
        }
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            assertThat(CommandRun.of(name, "--help").printed()).as(name).doesNotContainPattern(ARABIC_LETTERS);
        }
        try (Stream<Path> figures = Files.list(store.resolve("plots"))) {
            assertThat(figures).isNotEmpty().allSatisfy(figure -> assertThat(Files.readString(figure))
                    .doesNotContainPattern(ARABIC_LETTERS));
        }
    }
}
