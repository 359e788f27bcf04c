package dev.ratelab.spark.store;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.Population;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The table {@code cells}: one row for each loss, sample size of a setting, and population. */
public final class CellTable {
    static final Table<CellSummary> TABLE = new Table<>();

    private static final Column<CellSummary, String> SETTING =
            TABLE.text("setting", "id of all coordinates but sample size and seed", CellSummary::setting);
    private static final Column<CellSummary, LossName> METRIC = TABLE.choice(
            "metric", LossName.D1, "name of the loss", CellSummary::metric, LossName::text, LossName::parse);
    private static final Column<CellSummary, Integer> SAMPLE_SIZE =
            TABLE.integer("sample_size", "number of rows n", CellSummary::sampleSize);
    private static final Column<CellSummary, Population> POPULATION = TABLE.choice(
            "population",
            Population.CERTIFIED,
            "which fits are summarised: certified, finite or failures-as-worst",
            CellSummary::population,
            Population::id,
            Population::of);
    private static final Column<CellSummary, Integer> FITS =
            TABLE.integer("fits", "number of fits of the cell", CellSummary::fits);
    private static final Column<CellSummary, Integer> FAILURES =
            TABLE.integer("failures", "fits that are not certified or whose loss is infinite", CellSummary::failures);
    private static final Column<CellSummary, Integer> UNDEFINED =
            TABLE.integer("undefined", "certified fits for which the loss is undefined", CellSummary::undefined);
    private static final Column<CellSummary, Integer> COUNT =
            TABLE.integer("count", "number of losses in the population", CellSummary::count);
    private static final Column<CellSummary, Double> MEAN = TABLE.number("mean", "", "mean loss", CellSummary::mean);
    private static final Column<CellSummary, Double> STANDARD_ERROR =
            TABLE.number("standard_error", "", "Monte-Carlo standard error of the mean", CellSummary::standardError);
    private static final Column<CellSummary, Double> MEDIAN =
            TABLE.number("median", "", "median loss", CellSummary::median);
    private static final Column<CellSummary, Double> TRIMMED_MEAN =
            TABLE.number("trimmed_mean", "", "mean without the largest tenth", CellSummary::trimmedMean);
    private static final Column<CellSummary, Double> QUANTILE_05 =
            TABLE.number("quantile_05", "", "quantile of order 0.05", CellSummary::quantile05);
    private static final Column<CellSummary, Double> QUANTILE_25 =
            TABLE.number("quantile_25", "", "quantile of order 0.25", CellSummary::quantile25);
    private static final Column<CellSummary, Double> QUANTILE_75 =
            TABLE.number("quantile_75", "", "quantile of order 0.75", CellSummary::quantile75);
    private static final Column<CellSummary, Double> QUANTILE_95 =
            TABLE.number("quantile_95", "", "quantile of order 0.95", CellSummary::quantile95);
    private static final Column<CellSummary, Double> FAILURE_RATE =
            TABLE.number("failure_rate", "", "failures / fits", CellSummary::failureRate);
    private static final Column<CellSummary, Double> FAILURE_RATE_LOW =
            TABLE.number("failure_rate_low", "", "lower end of its 95 % Wilson interval", CellSummary::failureRateLow);
    private static final Column<CellSummary, Double> FAILURE_RATE_HIGH = TABLE.number(
            "failure_rate_high", "", "upper end of its 95 % Wilson interval", CellSummary::failureRateHigh);

    /** Schema of the table. */
    public static final StructType SCHEMA = TABLE.schema();

    private CellTable() {}

    /** A summary as a row of the table. */
    public static Row toRow(CellSummary cell) {
        return TABLE.row(cell);
    }

    /** The inverse of {@link #toRow}. */
    public static CellSummary fromRow(Row row) {
        return new CellSummary(
                SETTING.of(row),
                METRIC.of(row),
                SAMPLE_SIZE.of(row),
                POPULATION.of(row),
                FITS.of(row),
                FAILURES.of(row),
                UNDEFINED.of(row),
                COUNT.of(row),
                MEAN.of(row),
                STANDARD_ERROR.of(row),
                MEDIAN.of(row),
                TRIMMED_MEAN.of(row),
                QUANTILE_05.of(row),
                QUANTILE_25.of(row),
                QUANTILE_75.of(row),
                QUANTILE_95.of(row),
                FAILURE_RATE.of(row),
                FAILURE_RATE_LOW.of(row),
                FAILURE_RATE_HIGH.of(row));
    }
}
