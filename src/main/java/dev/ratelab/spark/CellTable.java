package dev.ratelab.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.Population;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The table {@code cells}: one row for each loss, cell and population. Undefined numbers are null. */
public final class CellTable {
    /** Schema of the table. Columns are only ever added, at the end. */
    public static final StructType SCHEMA = new TableSchema()
            .add("setting", StringType, "id of all coordinates but sample size and seed")
            .add("metric", StringType, "name of the loss")
            .add("sample_size", IntegerType, "number of rows n")
            .add("population", StringType, "which fits are summarised: certified, finite or failures-as-worst")
            .add("fits", IntegerType, "number of fits of the cell")
            .add("failures", IntegerType, "fits that are not certified or whose loss is infinite")
            .add("undefined", IntegerType, "certified fits for which the loss is undefined")
            .add("count", IntegerType, "number of losses in the population")
            .add("mean", DoubleType, "mean loss")
            .add("standard_error", DoubleType, "Monte-Carlo standard error of the mean")
            .add("median", DoubleType, "median loss")
            .add("trimmed_mean", DoubleType, "mean without the largest tenth")
            .add("quantile_05", DoubleType, "quantile of order 0.05")
            .add("quantile_25", DoubleType, "quantile of order 0.25")
            .add("quantile_75", DoubleType, "quantile of order 0.75")
            .add("quantile_95", DoubleType, "quantile of order 0.95")
            .add("failure_rate", DoubleType, "failures / fits")
            .add("failure_rate_low", DoubleType, "lower end of its 95 % Wilson interval")
            .add("failure_rate_high", DoubleType, "upper end of its 95 % Wilson interval")
            .build();

    private CellTable() {}

    /** The inverse of {@link #toRow}; columns are found by position in {@link #SCHEMA}. */
    static CellSummary fromRow(Row row) {
        return new CellSummary(
                row.getString(0),
                LossName.parse(row.getString(1)),
                row.getInt(2),
                Population.of(row.getString(3)),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                TableSchema.number(row, 8),
                TableSchema.number(row, 9),
                TableSchema.number(row, 10),
                TableSchema.number(row, 11),
                TableSchema.number(row, 12),
                TableSchema.number(row, 13),
                TableSchema.number(row, 14),
                TableSchema.number(row, 15),
                TableSchema.number(row, 16),
                TableSchema.number(row, 17),
                TableSchema.number(row, 18));
    }

    static Row toRow(CellSummary cell) {
        return RowFactory.create(
                cell.setting(),
                cell.metric().text(),
                cell.sampleSize(),
                cell.population().id(),
                cell.fits(),
                cell.failures(),
                cell.undefined(),
                cell.count(),
                TableSchema.nullable(cell.mean()),
                TableSchema.nullable(cell.standardError()),
                TableSchema.nullable(cell.median()),
                TableSchema.nullable(cell.trimmedMean()),
                TableSchema.nullable(cell.quantile05()),
                TableSchema.nullable(cell.quantile25()),
                TableSchema.nullable(cell.quantile75()),
                TableSchema.nullable(cell.quantile95()),
                TableSchema.nullable(cell.failureRate()),
                TableSchema.nullable(cell.failureRateLow()),
                TableSchema.nullable(cell.failureRateHigh()));
    }
}
