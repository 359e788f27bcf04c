package dev.ratelab.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.FitMeasure;
import dev.ratelab.loss.LossName;
import dev.ratelab.loss.ParameterError;
import dev.ratelab.loss.Regime;
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
        List<String> document = Files.readAllLines(DOCUMENT);
        List<String> lines = new ArrayList<>();
        for (FitMeasure measure : FitMeasure.values()) {
            if (measure.definedIn(Derivation.PLAIN)) {
                lines.add(line(measure.text(), measure.description()));
            }
        }
        addErrors("<kind>", "Euclidean error of <kind>", lines);
        addErrors("expert-function", "root mean over x of the squared error of an expert's mean", lines);
        assertThat(document).containsSubsequence(lines);
        for (Derivation derivation : Derivation.values()) {
            if (derivation != Derivation.PLAIN) {
                assertThat(document).contains(line(derivation.text("<loss>"), derivation.description()));
            }
        }
        assertThat(document)
                .contains(
                        line(LossName.IDENTIFIED_SET_NATS.text(), FitMeasure.NATS.description()),
                        line(LossName.MERGED_DIC_EXPERTS.text(), FitMeasure.EXPERTS.description()));
    }

    private static void addErrors(String kind, String what, List<String> lines) {
        for (Regime regime : Regime.values()) {
            int atom = regime == Regime.ATOM ? ParameterError.EVERY : ParameterError.NONE;
            lines.add(line(new ParameterError(kind, regime, atom).text(), what + ", " + regime.description()));
        }
    }

    private static String line(String name, String description) {
        return "| `" + name + "` | " + description + " |";
    }

    @Test
    void everyKindOfParameterStandsInTheDocument() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains(LossName.kinds().stream()
                        .filter(kind -> !kind.matches("gate-(outer|inner)-.*"))
                        .filter(kind ->
                                !List.of("tilt", "twist", "height", "width").contains(kind))
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
