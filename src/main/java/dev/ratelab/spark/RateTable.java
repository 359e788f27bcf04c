package dev.ratelab.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.DecayLaw;
import dev.ratelab.rates.GateStatus;
import dev.ratelab.rates.Inference;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Trust;
import dev.ratelab.rates.TrustGate;
import dev.ratelab.rates.Verdict;
import dev.ratelab.study.FitRow;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The table {@code rates}: one row for each loss and setting. Undefined numbers are null. */
public final class RateTable {
    private static final StructType GATE = new TableSchema()
            .add("name", StringType, "name of the gate")
            .add("status", StringType, "passed, warned, failed, no-power (too few data to tell) or not-checked")
            .add("number", DoubleType, "the number that decided")
            .add("detail", StringType, "one sentence with the numbers")
            .build();

    /** Schema of the table. Columns are only ever added, at the end. */
    public static final StructType SCHEMA = new TableSchema()
            .add("setting", StringType, "id of all coordinates but sample size and seed")
            .add("gate", StringType, "fitted gate")
            .add("expert", StringType, "fitted expert family")
            .add("problem", StringType, "estimation problem")
            .add("fitted_experts", IntegerType, "number of fitted experts k")
            .add("metric", StringType, "name of the loss")
            .add("slope", DoubleType, "slope of log mean loss on log n, from certified fits")
            .add("slope_low", DoubleType, "lower, more negative end of its 95 % interval")
            .add("slope_high", DoubleType, "upper end of its 95 % interval")
            .add("slope_median", DoubleType, "slope of log median loss on log n")
            .add("slope_mean_log", DoubleType, "slope of mean log loss on log n")
            .add("predicted_slope", DoubleType, "slope that theory predicts")
            .add("prediction_source", StringType, "where the prediction comes from, or why there is none")
            .add("prediction_status", StringType, "proved-seen, recalled, derived, expected or unknown")
            .add("verdict", StringType, "agrees, faster, slower, flat, pre-asymptotic, not-trusted or undecided")
            .add("verdict_reason", StringType, "the numbers that decided")
            .add("smallest_sample_size", IntegerType, "smallest n of the window")
            .add("largest_sample_size", IntegerType, "largest n of the window")
            .add("sizes", IntegerType, "number of sample sizes")
            .add("seeds", IntegerType, "number of seeds with a certified loss")
            .add("certified_share", DoubleType, "share of all fits in the window that did not fail")
            .add("slope_without_smallest", DoubleType, "slope without the smallest sample size")
            .add("lower_half_slope", DoubleType, "slope over the lower half of the sizes")
            .add("upper_half_slope", DoubleType, "slope over the upper half of the sizes")
            .add("local_slopes", createArrayType(DoubleType, true), "slopes between neighbouring sizes, ascending")
            .add("intercept_log", DoubleType, "log of the fitted loss at n = 1")
            .add("failed_gate", StringType, "first gate that failed, empty if none did")
            .add("trust", createArrayType(GATE, false), "the gates, in the order in which a failure is named")
            .add("start_radius_factor", DoubleType, "factor of the start radii; the rates proper are those with 1")
            .add("slope_mean_log_low", DoubleType, "lower end of the 95 % interval of slope_mean_log")
            .add("slope_mean_log_high", DoubleType, "upper end of the 95 % interval of slope_mean_log")
            .add("slope_ratio", DoubleType, "slope of log mean loss on log(n / log n)")
            .add("slope_ratio_low", DoubleType, "lower end of the 95 % interval of slope_ratio")
            .add("slope_ratio_high", DoubleType, "upper end of the 95 % interval of slope_ratio")
            .add("slope_finite", DoubleType, "slope of log mean loss over all fits with a finite loss")
            .add("slope_worst", DoubleType, "slope with each failure as the worst finite loss of its size")
            .add(
                    "slopes_without_smallest",
                    createArrayType(DoubleType, true),
                    "slopes without the smallest size, the two smallest, and so on")
            .add("decay_law", StringType, "power, logarithmic, neither, cannot-be-told-apart or undefined")
            .add("decay_reason", StringType, "the numbers that decided on decay_law")
            .add(
                    "truth_path",
                    StringType,
                    "fixed, or the worst-case path on which the truth moves with n; null is fixed")
            .build();

    private RateTable() {}

    /** The inverse of {@link #toRow}; columns are found by position in {@link #SCHEMA}. */
    static RateRow fromRow(Row row) {
        return new RateRow(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                LossName.parse(row.getString(5)),
                TableSchema.number(row, 6),
                TableSchema.number(row, 7),
                TableSchema.number(row, 8),
                TableSchema.number(row, 9),
                TableSchema.number(row, 10),
                TableSchema.number(row, 11),
                row.getString(12),
                row.getString(13),
                Verdict.of(row.getString(14)),
                row.getString(15),
                row.getInt(16),
                row.getInt(17),
                row.getInt(18),
                row.getInt(19),
                TableSchema.number(row, 20),
                TableSchema.number(row, 21),
                TableSchema.number(row, 22),
                TableSchema.number(row, 23),
                numbers(row, 24),
                TableSchema.number(row, 25),
                row.isNullAt(27) ? Inference.unknown() : inference(row));
    }

    private static Inference inference(Row row) {
        List<TrustGate> gates = row.<Row>getList(27).stream()
                .map(gate -> new TrustGate(
                        gate.getString(0),
                        GateStatus.of(gate.getString(1)),
                        TableSchema.number(gate, 2),
                        gate.getString(3)))
                .toList();
        return new Inference(
                TableSchema.number(row, 28),
                row.isNullAt(39) ? FitRow.TruthPoint.FIXED.path() : row.getString(39),
                TableSchema.number(row, 29),
                TableSchema.number(row, 30),
                TableSchema.number(row, 31),
                TableSchema.number(row, 32),
                TableSchema.number(row, 33),
                TableSchema.number(row, 34),
                TableSchema.number(row, 35),
                numbers(row, 36),
                DecayLaw.of(row.getString(37)),
                row.getString(38),
                new Trust(gates));
    }

    private static List<Double> numbers(Row row, int column) {
        return row.<Double>getList(column).stream()
                .map(number -> number == null ? Double.NaN : number)
                .toList();
    }

    static Row toRow(RateRow rate) {
        List<Double> local =
                rate.localSlopes().stream().map(TableSchema::nullable).toList();
        Inference inference = rate.inference();
        List<Double> withoutSmallest = inference.slopesWithoutSmallest().stream()
                .map(TableSchema::nullable)
                .toList();
        List<Row> gates = inference.trust().gates().stream()
                .map(gate -> RowFactory.create(
                        gate.name(), gate.status().id(), TableSchema.nullable(gate.number()), gate.detail()))
                .toList();
        return RowFactory.create(
                rate.setting(),
                rate.gate(),
                rate.expert(),
                rate.problem(),
                rate.fittedExperts(),
                rate.metric().text(),
                TableSchema.nullable(rate.slope()),
                TableSchema.nullable(rate.slopeLow()),
                TableSchema.nullable(rate.slopeHigh()),
                TableSchema.nullable(rate.slopeMedian()),
                TableSchema.nullable(rate.slopeMeanLog()),
                TableSchema.nullable(rate.predictedSlope()),
                rate.predictionSource(),
                rate.predictionStatus(),
                rate.verdict().id(),
                rate.verdictReason(),
                rate.smallestSampleSize(),
                rate.largestSampleSize(),
                rate.sizes(),
                rate.seeds(),
                TableSchema.nullable(rate.certifiedShare()),
                TableSchema.nullable(rate.slopeWithoutSmallest()),
                TableSchema.nullable(rate.lowerHalfSlope()),
                TableSchema.nullable(rate.upperHalfSlope()),
                local,
                TableSchema.nullable(rate.interceptLog()),
                inference.trust().failedGate(),
                gates,
                TableSchema.nullable(inference.startRadiusFactor()),
                TableSchema.nullable(inference.slopeMeanLogLow()),
                TableSchema.nullable(inference.slopeMeanLogHigh()),
                TableSchema.nullable(inference.ratioSlope()),
                TableSchema.nullable(inference.ratioSlopeLow()),
                TableSchema.nullable(inference.ratioSlopeHigh()),
                TableSchema.nullable(inference.slopeFinite()),
                TableSchema.nullable(inference.slopeWorst()),
                withoutSmallest,
                inference.decayLaw().id(),
                inference.decayReason(),
                inference.truthPath());
    }
}
