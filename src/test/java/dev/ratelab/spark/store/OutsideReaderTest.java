package dev.ratelab.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.StudyRun;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.TestSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a store as a program without Spark reads them: DuckDB. */
class OutsideReaderTest {
    @TempDir
    private static Path directory;

    private static StoreLayout layout;
    private static List<FitRow> fits;
    private static StudyRun.Outcome run;

    @BeforeAll
    static void makeAStore() throws Exception {
        layout = new StoreLayout(directory.resolve("store"));
        try (SparkSession spark = TestSession.start("local[2]")) {
            String sizes = "grid.sample-sizes=[300, 1000, 5000]";
            // Two runs, so that there are two waves however fast the machine is.
            new StudyRun(spark, SmallStudy.with(sizes, "grid.seeds=1"), layout, 0.1, TestSession.SILENT).run();
            run = new StudyRun(spark, SmallStudy.with(sizes), layout, 0.1, TestSession.SILENT).run();
            fits = new Store(spark, layout).fitRows();
        }
    }

    @Test
    void fitsHaveTheirRowsAndLosses() throws Exception {
        assertThat(layout.waves()).hasSizeGreaterThan(1);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT setting, sample_size, seed, losses['D1'], atoms[1].cell"
                        + " FROM read_parquet('" + layout.fits() + "/*/*.parquet')"
                        + " ORDER BY setting, sample_size, seed")) {
            for (FitRow fit : fits) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(fit.setting());
                assertThat(rows.getInt(2)).isEqualTo(fit.sampleSize());
                assertThat(rows.getInt(3)).isEqualTo(fit.seed());
                assertThat(rows.getDouble(4)).isEqualTo(fit.losses().get(LossName.D1));
                assertThat(rows.getInt(5)).isEqualTo(fit.atoms().get(0).cell());
            }
            assertThat(rows.next()).isFalse();
        }
        assertThat(fits).hasSize(24);
    }

    @Test
    void ratesHaveTheirRowsAndNullForWhatIsUndefined() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*), count(predicted_slope), max(CASE WHEN metric = 'D1' AND fitted_experts = 2"
                                + " THEN slope END) FROM read_parquet('" + layout.rates() + "/*.parquet')")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(run.rates().size());
            assertThat(rows.getLong(2))
                    .isEqualTo(run.rates().stream()
                            .filter(rate -> !Double.isNaN(rate.predicted().slope()))
                            .count());
            assertThat(run.rates())
                    .filteredOn(rate -> rate.metric().equals(LossName.D1)
                            && rate.setting().fitted().fittedExperts() == 2)
                    .singleElement()
                    .extracting(rate -> rate.slope())
                    .isEqualTo(rows.getDouble(3));
        }
    }
}
