package dev.ratelab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.fit.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.rates.DecayLaw;
import dev.ratelab.rates.GateStatus;
import dev.ratelab.rates.Inference;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Trust;
import dev.ratelab.rates.TrustGate;
import dev.ratelab.rates.Verdict;
import dev.ratelab.study.FitRow;
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
    private static final FitRow GOOD = new FitRow(
            "softmax-linear-density-k2-0123abcd",
            "softmax",
            "linear",
            "density",
            2,
            1000,
            7,
            FitStatus.CONVERGED_AT_BOUND,
            "",
            -1234.5678901234567,
            1e-9,
            Math.PI * 1e-7,
            0.1,
            Double.MIN_VALUE,
            1,
            List.of("gate-bias-difference", "gate-bias-difference", "min-variance"),
            12,
            90,
            4,
            3,
            2,
            "oracle",
            -1234.5678901234567,
            Double.NaN,
            -0.0,
            -1240,
            Map.of(LossName.D1, 0.1, LossName.ofAtom("gate-bias", 2), 1 / 3.0),
            List.of(
                    new FitRow.StoredAtom(
                            1,
                            Map.of("gate-bias", List.of(0.25), "gate-weight", List.of(1.0, -2.0)),
                            Map.of("intercept", List.of(3.0), "slope", List.of(1.0, 0.5)),
                            1.5),
                    new FitRow.StoredAtom(0, Map.of(), Map.of("slope", List.of()), 2)),
            12.5,
            "host",
            "0.1.0",
            "0123456789abcdef",
            FitRow.TRUTH,
            "",
            1,
            new FitRow.TruthPoint("worst-case", 2, 1, 0.25));

    private static final FitRow FAILED = new FitRow(
            "softmax-linear-density-k2-0123abcd",
            "softmax",
            "linear",
            "density",
            2,
            1000,
            8,
            FitStatus.ERROR,
            "Überlauf: 数 ∑ 🙂\n\t\"quoted\"",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            0,
            List.of(),
            0,
            0,
            0,
            0,
            0,
            "",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Map.of(),
            List.of(),
            0.5,
            "host",
            "0.1.0",
            "0123456789abcdef",
            FitRow.PROJECTION,
            "CONVERGED",
            0.1,
            new FitRow.TruthPoint("worst-case-cell2", 0, 0, Double.NaN));

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
                .drop("failed_gate", "trust", "start_radius_factor", "decay_law")
                .write()
                .parquet(path);
        List<Row> stored = spark.read().schema(RateTable.SCHEMA).parquet(path).collectAsList();
        assertThat(stored.stream().map(RateTable::fromRow).map(RateRow::inference))
                .containsExactly(Inference.unknown());
    }

    /** A rate whose numbers all differ, or are all undefined. */
    private static RateRow rate(double slope, List<Double> localSlopes) {
        return new RateRow(
                "softmax-linear-density-k3-0123abcd",
                "softmax",
                "linear",
                "density",
                3,
                LossName.D2,
                slope,
                slope - 0.01,
                slope + 0.02,
                slope + 0.03,
                slope + 0.04,
                slope + 0.05,
                "a theorem — § 3",
                "derived",
                Verdict.PRE_ASYMPTOTIC,
                "slope ≠ theory",
                100,
                30000,
                12,
                20,
                slope + 0.06,
                slope + 0.07,
                slope + 0.08,
                slope + 0.09,
                localSlopes,
                slope + 0.1,
                new Inference(
                        0.1,
                        "worst-case-atom2",
                        slope + 0.11,
                        slope + 0.12,
                        slope + 0.13,
                        slope + 0.14,
                        slope + 0.15,
                        slope + 0.16,
                        slope + 0.17,
                        localSlopes,
                        DecayLaw.UNRESOLVED,
                        "n^-0.13 against 1 / log n",
                        new Trust(List.of(
                                new TrustGate("certified", GateStatus.PASSED, slope + 0.18, "all are"),
                                new TrustGate("start-radius", GateStatus.FAILED, Double.NaN, "it moves")))));
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
