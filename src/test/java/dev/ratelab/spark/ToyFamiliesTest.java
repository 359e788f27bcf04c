package dev.ratelab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.TestSession;
import dev.ratelab.testing.ToyExpert;
import dev.ratelab.testing.ToyGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gate and an expert family of one class each ({@link ToyGate}, {@link ToyExpert}), known to nothing but a line in a service file,
 * go the whole path: study file, data, fit, certificate, losses, tables, rates.
 */
class ToyFamiliesTest {
    private static final String TEXT = """
            study = toys
            truth {
              problem = %s
              input = { type = uniform, low = -2, high = 2 }
              gate = { type = toy, bias = [0, 0.5], tilt = [[3], [-3]] }
              expert = { type = toy, height = [3, -3], width = [1, 0.7] }
              variance = %s
            }
            grid { gate = [toy], expert = [toy], fitted-experts = [2], sample-sizes = [500, 2000, 8000], seeds = 4 }
            fit { starts = { oracle = 2, random = 2 } }
            """;

    @TempDir
    private Path directory;

    @Slow
    @ParameterizedTest
    @ValueSource(strings = {"density", "regression"})
    void familiesOfOneClassEachGoTheWholePath(String problem) throws IOException {
        String variance = problem.equals("density") ? "[0.1, 0.2]" : "0.01";
        Study study = StudyParser.standard().parse(TEXT.formatted(problem, variance), "toys", List.of());
        StoreLayout layout = new StoreLayout(directory);
        try (SparkSession spark = TestSession.start("local[1]")) {
            StudyRun.Outcome outcome = new StudyRun(spark, study, layout, 0.2, TestSession.SILENT).run();
            List<FitRow> rows = new Store(spark, layout).fitRows();
            assertThat(outcome.certified()).isEqualTo(12);
            assertThat(rows).hasSize(12).allSatisfy(row -> {
                assertThat(row.status().certified()).isTrue();
                assertThat(row.losses()).containsKeys(LossName.D1, LossName.REGRESSION_L2, LossName.GATE_L2);
                assertThat(row.atoms().get(0).expert()).containsOnlyKeys("height", "width");
            });
            assertThat(outcome.rates())
                    .filteredOn(rate -> rate.metric().equals(LossName.REGRESSION_L2))
                    .singleElement()
                    .satisfies(rate -> assertThat(rate.slope()).isBetween(-0.9, -0.1));
        }
    }
}
