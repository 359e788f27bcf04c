package dev.ratelab.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import dev.ratelab.fit.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.study.FitRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The table {@code fits}: its schema, and {@link FitRow} to and from a Spark row. Undefined numbers are null. */
public final class FitTable {
    private static final DataType PARAMETERS = createMapType(StringType, createArrayType(DoubleType, false), false);

    private static final StructType ATOM = new TableSchema()
            .add("cell", IntegerType, "Voronoi cell: number of the nearest true atom, from 1")
            .add("gate", PARAMETERS, "gate parameters by kind")
            .add("expert", PARAMETERS, "expert parameters by kind")
            .add("variance", DoubleType, "noise variance, squared units of y")
            .build();

    /** Schema of the table. Columns are only ever added, at the end. */
    public static final StructType SCHEMA = new TableSchema()
            .add("setting", StringType, "id of all coordinates but sample size and seed")
            .add("gate", StringType, "fitted gate")
            .add("expert", StringType, "fitted expert family")
            .add("problem", StringType, "estimation problem")
            .add("fitted_experts", IntegerType, "number of fitted experts k")
            .add("sample_size", IntegerType, "number of rows n")
            .add("seed", IntegerType, "seed number, from 1")
            .add("status", StringType, "how the fit ended")
            .add("message", StringType, "what went wrong, empty if nothing did")
            .add("log_likelihood", DoubleType, "sum of log p(y | x) at the estimate, nats")
            .add("newton_decrement", DoubleType, "predicted gain of a Newton step on the free space, nats")
            .add("projected_gradient", DoubleType, "norm of the scaled projected gradient, nats a unit step")
            .add("smallest_eigenvalue", DoubleType, "smallest eigenvalue of the scaled information on the free space")
            .add("largest_eigenvalue", DoubleType, "largest eigenvalue of the scaled information on the free space")
            .add("flat_dimensions", IntegerType, "directions without information beside the invariances")
            .add("active_bounds", createArrayType(StringType, false), "names of the active bounds, one entry each")
            .add(
                    "iterations",
                    IntegerType,
                    "EM and Newton iterations of the kept start; a shortcut over condensed rows counts as one")
            .add("total_iterations", IntegerType, "EM and Newton iterations of all starts")
            .add("starts", IntegerType, "number of starts")
            .add("certified_starts", IntegerType, "starts that ended certified")
            .add("starts_at_optimum", IntegerType, "certified starts within 1e-4 nat of the kept one")
            .add("start_kind", StringType, "kind of the kept start: oracle or random")
            .add("oracle_log_likelihood", DoubleType, "best certified oracle start, nats")
            .add("random_log_likelihood", DoubleType, "best certified random start, nats")
            .add(
                    "uncertified_gain",
                    DoubleType,
                    "by how much the best start of any status lies above the kept one, nats")
            .add("truth_log_likelihood", DoubleType, "log likelihood of the true parameters, nats")
            .add("losses", createMapType(StringType, DoubleType, false), "losses by name; undefined ones are absent")
            .add("atoms", createArrayType(ATOM, false), "the estimate")
            .add("fit_millis", DoubleType, "wall time of the fit, milliseconds")
            .add("host", StringType, "machine that made the fit")
            .add("code_version", StringType, "version of the code")
            .add("study_hash", StringType, "hash of what decides the results of the study")
            .add("target", StringType, "what losses are distances from: truth or projection; null is truth")
            .add("target_status", StringType, "how the search for the projection ended, empty for the truth")
            .add(
                    "start_radius_factor",
                    DoubleType,
                    "factor of the radii of starts near the truth, 1 in a base setting; null is 1")
            .add(
                    "truth_path",
                    StringType,
                    "fixed, or the worst-case path on which the truth moves with n; null is fixed")
            .add("path_atom", IntegerType, "true atom that the worst case moves, from 1; null or 0 if none")
            .add("path_cell", IntegerType, "atoms of the moved truth in its cell; null or 0 if none was moved")
            .add("path_delta", DoubleType, "how far the atom was moved; null or 0 if none was")
            .build();

    private FitTable() {}

    /** A Spark row of the schema. */
    public static Row toRow(FitRow fit) {
        List<Row> atoms = new ArrayList<>();
        for (FitRow.StoredAtom atom : fit.atoms()) {
            atoms.add(RowFactory.create(atom.cell(), atom.gate(), atom.expert(), atom.variance()));
        }
        return RowFactory.create(
                fit.setting(),
                fit.gate(),
                fit.expert(),
                fit.problem(),
                fit.fittedExperts(),
                fit.sampleSize(),
                fit.seed(),
                fit.status().name(),
                fit.message(),
                TableSchema.nullable(fit.logLikelihood()),
                TableSchema.nullable(fit.newtonDecrement()),
                TableSchema.nullable(fit.projectedGradient()),
                TableSchema.nullable(fit.smallestEigenvalue()),
                TableSchema.nullable(fit.largestEigenvalue()),
                fit.flatDimensions(),
                fit.activeBounds(),
                fit.iterations(),
                fit.totalIterations(),
                fit.starts(),
                fit.certifiedStarts(),
                fit.startsAtOptimum(),
                fit.startKind(),
                TableSchema.nullable(fit.oracleLogLikelihood()),
                TableSchema.nullable(fit.randomLogLikelihood()),
                TableSchema.nullable(fit.uncertifiedGain()),
                TableSchema.nullable(fit.truthLogLikelihood()),
                texts(fit.losses()),
                atoms,
                fit.fitMillis(),
                fit.host(),
                fit.codeVersion(),
                fit.studyHash(),
                fit.target(),
                fit.targetStatus(),
                fit.startRadiusFactor(),
                fit.truthPoint().path(),
                fit.truthPoint().atom(),
                fit.truthPoint().cell(),
                TableSchema.nullable(fit.truthPoint().delta()));
    }

    /** The inverse of {@link #toRow}; columns are found by position in {@link #SCHEMA}. */
    public static FitRow fromRow(Row row) {
        Reader reader = new Reader(row);
        return new FitRow(
                reader.text(),
                reader.text(),
                reader.text(),
                reader.text(),
                reader.integer(),
                reader.integer(),
                reader.integer(),
                FitStatus.valueOf(reader.text()),
                reader.text(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.integer(),
                List.copyOf(row.<String>getList(reader.skip())),
                reader.integer(),
                reader.integer(),
                reader.integer(),
                reader.integer(),
                reader.integer(),
                reader.text(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.number(),
                // Spark does not keep the order of a map's entries.
                losses(row.<String, Double>getJavaMap(reader.skip())),
                atoms(row.<Row>getList(reader.skip())),
                reader.number(),
                reader.text(),
                reader.text(),
                reader.text(),
                reader.text(FitRow.TRUTH),
                reader.text(""),
                reader.number(1),
                reader.truthPoint());
    }

    private static Map<String, Double> texts(Map<LossName, Double> losses) {
        Map<String, Double> map = new LinkedHashMap<>();
        losses.forEach((name, loss) -> map.put(name.text(), loss));
        return map;
    }

    private static Map<LossName, Double> losses(Map<String, Double> texts) {
        Map<LossName, Double> sorted = new TreeMap<>();
        texts.forEach((name, loss) -> sorted.put(LossName.parse(name), loss));
        return new LinkedHashMap<>(sorted);
    }

    private static List<FitRow.StoredAtom> atoms(List<Row> rows) {
        List<FitRow.StoredAtom> atoms = new ArrayList<>();
        for (Row row : rows) {
            atoms.add(new FitRow.StoredAtom(row.getInt(0), parameters(row, 1), parameters(row, 2), row.getDouble(3)));
        }
        return atoms;
    }

    private static Map<String, List<Double>> parameters(Row row, int column) {
        Map<String, List<Double>> map = new LinkedHashMap<>();
        row.<String, Seq<Double>>getJavaMap(column)
                .forEach((kind, values) -> map.put(kind, List.copyOf(CollectionConverters.asJava(values))));
        return map;
    }

    /** Reads the columns of a row from left to right. */
    private static final class Reader {
        private final Row row;
        private int next;

        Reader(Row row) {
            this.row = row;
        }

        int skip() {
            return next++;
        }

        String text() {
            return row.getString(next++);
        }

        /** A text of a column that older tables lack. */
        String text(String ifNull) {
            String text = text();
            return text == null ? ifNull : text;
        }

        /** The last four columns, which older tables lack. */
        FitRow.TruthPoint truthPoint() {
            return row.isNullAt(next)
                    ? FitRow.TruthPoint.FIXED
                    : new FitRow.TruthPoint(text(), integer(), integer(), number());
        }

        int integer() {
            return row.getInt(next++);
        }

        /** A number of a column that older tables lack. */
        double number(double ifNull) {
            double number = number();
            return Double.isNaN(number) ? ifNull : number;
        }

        double number() {
            return TableSchema.number(row, next++);
        }
    }
}
