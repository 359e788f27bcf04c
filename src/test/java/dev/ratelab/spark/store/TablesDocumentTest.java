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
import java.util.regex.Pattern;
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
        List<String> names = new ArrayList<>();
        for (FitMeasure measure : FitMeasure.values()) {
            names.add(measure.definedIn(Derivation.PLAIN) ? measure.text() : "");
        }
        for (String kind : List.of("<kind>", "expert-function")) {
            for (Regime regime : Regime.values()) {
                int atom = regime == Regime.ATOM ? ParameterError.EVERY : ParameterError.NONE;
                names.add(new ParameterError(kind, regime, atom).text());
            }
        }
        for (Derivation derivation : Derivation.values()) {
            names.add(derivation == Derivation.PLAIN ? "" : derivation.text("<loss>"));
        }
        names.add(LossName.IDENTIFIED_SET_NATS.text());
        names.add(LossName.MERGED_DIC_EXPERTS.text());
        names.removeIf(String::isEmpty);
        List<String> document = Files.readAllLines(DOCUMENT);
        assertThat(names).hasSize(28).allSatisfy(name -> assertThat(document)
                .filteredOn(line -> line.matches("\\| `" + Pattern.quote(name) + "` \\| \\S.* \\|"))
                .as(name)
                .hasSize(1));
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
