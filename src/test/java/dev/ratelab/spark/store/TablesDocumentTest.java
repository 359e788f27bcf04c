package dev.ratelab.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.Losses;
import dev.ratelab.testing.ToyExpert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The documentation of the tables says what the schemas say. */
class TablesDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/tables.md");

    @Test
    void everyColumnStandsInTheDocumentWithItsTypeAndComment() throws IOException {
        List<String> document = Files.readAllLines(DOCUMENT);
        assertThat(document).containsSubsequence(lines(FitTable.TABLE));
        assertThat(document).containsSubsequence(lines(FitTable.ATOM));
        assertThat(document).containsSubsequence(lines(CellTable.TABLE));
        assertThat(document).containsSubsequence(lines(RateTable.TABLE));
        assertThat(document).containsSubsequence(lines(RateTable.CHECK));
    }

    @Test
    void everyLossStandsInTheDocument() throws IOException {
        List<String> lines = new ArrayList<>();
        Losses.summary().forEach((name, description) -> lines.add("| `" + name + "` | " + description + " |"));
        Losses.identifiedSetNames()
                .forEach((name, description) -> lines.add("| `" + name + "` | " + description + " |"));
        Losses.mergedNames().forEach((name, description) -> lines.add("| `" + name + "` | " + description + " |"));
        Losses.startKindNames().forEach((name, description) -> lines.add("| `" + name + "` | " + description + " |"));
        assertThat(Files.readAllLines(DOCUMENT)).containsSubsequence(lines);
    }

    @Test
    void everyKindOfParameterStandsInTheDocument() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains(Losses.kinds().stream()
                        .filter(kind -> !kind.matches("gate-(outer|inner)-.*"))
                        .filter(kind -> new ToyExpert()
                                .kinds(1).stream().noneMatch(toy -> toy.name().equals(kind)))
                        .map(kind -> "`" + kind + "`")
                        .toList());
    }

    private static List<String> lines(Table<?> table) {
        List<String> lines = new ArrayList<>();
        for (Column<?, ?> column : table.columns()) {
            String type =
                    switch (column.name()) {
                        case "atoms" -> "array of atoms";
                        case "trust" -> "array of gates";
                        default -> column.type().sql().toLowerCase(Locale.ROOT);
                    };
            lines.add("| `" + column.name() + "` | " + type + " | " + column.commentWithUnit() + " |");
        }
        return lines;
    }
}
