package dev.ratelab.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CheckStatus;
import dev.ratelab.rates.DecayLaw;
import dev.ratelab.rates.Judgement;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.SettingCoordinates;
import dev.ratelab.rates.Slope;
import dev.ratelab.rates.Slopes;
import dev.ratelab.rates.Trust;
import dev.ratelab.rates.TrustCheck;
import dev.ratelab.rates.Verdict;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FittedSetting;
import dev.ratelab.run.Likelihoods;
import dev.ratelab.run.Provenance;
import dev.ratelab.run.StartSummary;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.target.Target;
import dev.ratelab.testing.TestSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitTableTest {
    private static final String SETTING = "softmax-linear-density-k2-0123abcd";
    private static final double NAN = Double.NaN;

    private static final FitRow GOOD = new FitRow(
            new FitKey(SETTING, 1000, 7),
            new FittedSetting("softmax", "linear", "density", 2, 1),
            new Certificate(
                    FitStatus.CONVERGED_AT_BOUND,
                    1e-9,
                    Math.PI * 1e-7,
                    0.1,
                    Double.MIN_VALUE,
                    1,
                    List.of("gate-bias-difference", "gate-bias-difference", "min-variance")),
            "",
            new StartSummary(12, 90, 4, 3, 2, "oracle"),
            new Likelihoods(-1234.5678901234567, -1234.5678901234567, NAN, -0.0, -1240),
            Map.of(LossName.D1, 0.1, LossName.ofAtom("gate-bias", 2), 1 / 3.0),
            List.of(
                    new FitRow.StoredAtom(
                            1,
                            Map.of("gate-bias", List.of(0.25), "gate-weight", List.of(1.0, -2.0)),
                            Map.of("intercept", List.of(3.0), "slope", List.of(1.0, 0.5)),
                            1.5),
                    new FitRow.StoredAtom(0, Map.of(), Map.of("slope", List.of()), 2)),
            Target.TRUTH,
            "",
            new TruthPoint("worst-case", 2, 1, 0.25),
            new Provenance(12.5, "host", "0.1.0", "0123456789abcdef"));

    private static final FitRow FAILED = new FitRow(
            new FitKey(SETTING, 1000, 8),
            new FittedSetting("softmax", "linear", "density", 2, 0.1),
            Certificate.none(FitStatus.ERROR),
            "Überlauf: 数 ∑ 🙂\n\t\"quoted\"",
            new StartSummary(0, 0, 0, 0, 0, ""),
            new Likelihoods(NAN, NAN, NAN, NAN, NAN),
            Map.of(),
            List.of(),
            Target.PROJECTION,
            "CONVERGED",
            new TruthPoint("worst-case-cell2", 0, 0, NAN),
            new Provenance(0.5, "host", "0.1.0", "0123456789abcdef"));

    @TempDir
    private Path directory;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = TestSession.start("local[1]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private List<Row> throughParquet(List<Row> rows, StructType schema) {
        String path = directory.resolve("table").toUri().toString();
        spark.createDataFrame(rows, schema).coalesce(1).write().parquet(path);
        return spark.read().schema(schema).parquet(path).collectAsList();
    }

    @Test
    void fitsComeBackFromParquetAsTheyWere() {
        List<Row> stored = throughParquet(List.of(FitTable.toRow(GOOD), FitTable.toRow(FAILED)), FitTable.SCHEMA);
        assertThat(stored.stream().map(FitTable::fromRow)).containsExactly(GOOD, FAILED);
        int column = FitTable.SCHEMA.fieldIndex("log_likelihood");
        assertThat(stored.get(0).isNullAt(column)).isFalse();
        assertThat(stored.get(1).isNullAt(column)).as("undefined is null").isTrue();
    }

    @Test
    void fitsOfTablesThatKnewNoProjectionsAndNoFactorsHaveTheTruthAsTarget() {
        String path = directory.resolve("table").toUri().toString();
        spark.createDataFrame(List.of(FitTable.toRow(GOOD)), FitTable.SCHEMA)
                .drop("target", "target_status", "start_radius_factor")
                .write()
                .parquet(path);
        List<Row> stored = spark.read().schema(FitTable.SCHEMA).parquet(path).collectAsList();
        assertThat(stored.stream().map(FitTable::fromRow)).containsExactly(GOOD);
    }

    @Test
    void ratesComeBackFromParquetAsTheyWere() {
        List<RateRow> rates = List.of(rate(-0.5, List.of(-0.25, Double.NaN, -0.75)), rate(Double.NaN, List.of()));
        List<Row> stored = throughParquet(rates.stream().map(RateTable::toRow).toList(), RateTable.SCHEMA);
        assertThat(stored.stream().map(RateTable::fromRow)).containsExactlyElementsOf(rates);
        assertThat(stored.get(1).isNullAt(RateTable.SCHEMA.fieldIndex("slope"))).isTrue();
    }

    @Test
    void ratesOfTablesThatKnewNoGatesHaveNone() {
        String path = directory.resolve("table").toUri().toString();
        spark.createDataFrame(List.of(RateTable.toRow(rate(-0.5, List.of(-0.25)))), RateTable.SCHEMA)
                .drop("failed_gate", "trust", "start_radius_factor", "slope_worst", "decay_law", "truth_path")
                .write()
                .parquet(path);
        List<Row> stored = spark.read().schema(RateTable.SCHEMA).parquet(path).collectAsList();
        RateRow rate = RateTable.fromRow(stored.get(0));
        assertThat(rate.trust()).isEqualTo(Trust.none());
        assertThat(rate.decayLaw()).isEqualTo(DecayLaw.UNDEFINED);
        assertThat(rate.slopeWorst()).isNaN();
        assertThat(rate.setting().fitted().startRadiusFactor()).isEqualTo(1);
        assertThat(rate.setting().truthPath()).isEqualTo(TruthPoint.FIXED.path());
    }

    /** A rate whose numbers all differ, or are all undefined. */
    private static RateRow rate(double slope, List<Double> localSlopes) {
        return new RateRow(
                new SettingCoordinates(
                        "softmax-linear-density-k3-0123abcd",
                        new FittedSetting("softmax", "linear", "density", 3, 0.1),
                        "worst-case-atom2"),
                LossName.D2,
                new Slopes(
                        new Slope(slope, slope - 0.01, slope + 0.02),
                        slope + 0.1,
                        slope + 0.03,
                        new Slope(slope + 0.04, slope + 0.11, slope + 0.12),
                        new Slope(slope + 0.13, slope + 0.14, slope + 0.15),
                        localSlopes,
                        localSlopes,
                        slope + 0.08,
                        slope + 0.09),
                slope + 0.16,
                slope + 0.17,
                new RateRow.PredictedSlope(slope + 0.05, "a theorem — § 3", "derived"),
                new Judgement(Verdict.PRE_ASYMPTOTIC, "slope ≠ theory"),
                new RateRow.Window(100, 30000, 12, 20, slope + 0.06),
                DecayLaw.UNRESOLVED,
                "n^-0.13 against 1 / log n",
                new Trust(List.of(
                        new TrustCheck("certified", CheckStatus.PASSED, slope + 0.18, "all are"),
                        new TrustCheck("start-radius", CheckStatus.FAILED, NAN, "it moves"))));
    }

    @Test
    void everyColumnOfEveryTableIsDocumented() {
        for (StructType table : List.of(FitTable.SCHEMA, CellTable.SCHEMA, RateTable.SCHEMA)) {
            assertThat(fields(table)).allSatisfy(field -> {
                assertThat(field.name()).matches("[a-z][a-z0-9_]*");
                assertThat(field.getComment().isDefined()).as(field.name()).isTrue();
                assertThat(field.getComment().get()).as(field.name()).isNotBlank();
            });
        }
    }

    @Test
    void commentsAreKeptInTheFiles() {
        String path = directory.resolve("table").toUri().toString();
        spark.createDataFrame(List.of(FitTable.toRow(GOOD)), FitTable.SCHEMA)
                .write()
                .parquet(path);
        StructType read = spark.read().parquet(path).schema();
        assertThat(fields(read))
                .extracting(field -> field.name() + ": " + field.getComment().get())
                .isEqualTo(fields(FitTable.SCHEMA).stream()
                        .map(field -> field.name() + ": " + field.getComment().get())
                        .toList());
    }

    /** The columns of a table and those inside them. */
    private static List<StructField> fields(StructType table) {
        List<StructField> fields = new ArrayList<>();
        for (StructField field : table.fields()) {
            fields.add(field);
            DataType type = field.dataType() instanceof ArrayType array ? array.elementType() : field.dataType();
            if (type instanceof StructType struct) {
                fields.addAll(fields(struct));
            }
        }
        return fields;
    }
}
