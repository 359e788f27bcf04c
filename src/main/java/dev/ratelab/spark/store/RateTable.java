package dev.ratelab.spark.store;

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
import dev.ratelab.run.FittedSetting;
import dev.ratelab.study.TruthPoint;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The table {@code rates}: one row for each loss and setting. */
public final class RateTable {
    static final Table<TrustCheck> CHECK = new Table<>();

    private static final Column<TrustCheck, String> NAME = CHECK.text("name", "name of the gate", TrustCheck::name);
    private static final Column<TrustCheck, CheckStatus> STATUS = CHECK.choice(
            "status",
            CheckStatus.NOT_CHECKED,
            "passed, warned, failed, no-power (too few data to tell) or not-checked",
            TrustCheck::status,
            CheckStatus::id,
            CheckStatus::of);
    private static final Column<TrustCheck, Double> NUMBER =
            CHECK.number("number", "", "the number that decided", TrustCheck::number);
    private static final Column<TrustCheck, String> DETAIL =
            CHECK.text("detail", "one sentence with the numbers", TrustCheck::detail);

    static final Table<RateRow> TABLE = new Table<>();

    private static final Column<RateRow, String> SETTING =
            TABLE.text("setting", "id of all coordinates but sample size and seed", rate -> rate.setting()
                    .id());
    private static final Column<RateRow, String> GATE =
            TABLE.text("gate", "fitted gate", rate -> rate.setting().fitted().gate());
    private static final Column<RateRow, String> EXPERT = TABLE.text(
            "expert", "fitted expert family", rate -> rate.setting().fitted().expert());
    private static final Column<RateRow, String> PROBLEM = TABLE.text(
            "problem", "estimation problem", rate -> rate.setting().fitted().problem());
    private static final Column<RateRow, Integer> FITTED_EXPERTS =
            TABLE.integer("fitted_experts", "number of fitted experts k", rate -> rate.setting()
                    .fitted()
                    .fittedExperts());
    private static final Column<RateRow, LossName> METRIC =
            TABLE.choice("metric", LossName.D1, "name of the loss", RateRow::metric, LossName::text, LossName::parse);
    private static final Column<RateRow, Double> SLOPE =
            TABLE.number("slope", "", "slope of log mean loss on log n, from certified fits", RateRow::slope);
    private static final Column<RateRow, Double> SLOPE_LOW =
            TABLE.number("slope_low", "", "lower, more negative end of its 95 % interval", rate -> rate.slopes()
                    .mean()
                    .low());
    private static final Column<RateRow, Double> SLOPE_HIGH =
            TABLE.number("slope_high", "", "upper end of its 95 % interval", rate -> rate.slopes()
                    .mean()
                    .high());
    private static final Column<RateRow, Double> SLOPE_MEDIAN =
            TABLE.number("slope_median", "", "slope of log median loss on log n", rate -> rate.slopes()
                    .median());
    private static final Column<RateRow, Double> SLOPE_MEAN_LOG =
            TABLE.number("slope_mean_log", "", "slope of mean log loss on log n", rate -> rate.slopes()
                    .meanLog()
                    .value());
    private static final Column<RateRow, Double> PREDICTED_SLOPE =
            TABLE.number("predicted_slope", "", "slope that theory predicts", rate -> rate.predicted()
                    .slope());
    private static final Column<RateRow, String> PREDICTION_SOURCE = TABLE.text(
            "prediction_source", "where the prediction comes from, or why there is none", rate -> rate.predicted()
                    .source());
    private static final Column<RateRow, String> PREDICTION_STATUS = TABLE.text(
            "prediction_status", "proved-seen, recalled, derived, expected or unknown", rate -> rate.predicted()
                    .status());
    private static final Column<RateRow, Verdict> VERDICT = TABLE.choice(
            "verdict",
            Verdict.UNDECIDED,
            "agrees, faster, slower, flat, pre-asymptotic, not-trusted or undecided",
            RateRow::verdict,
            Verdict::id,
            Verdict::of);
    private static final Column<RateRow, String> VERDICT_REASON =
            TABLE.text("verdict_reason", "the numbers that decided", rate -> rate.judgement()
                    .reason());
    private static final Column<RateRow, Integer> SMALLEST_SAMPLE_SIZE =
            TABLE.integer("smallest_sample_size", "smallest n of the window", rate -> rate.window()
                    .smallest());
    private static final Column<RateRow, Integer> LARGEST_SAMPLE_SIZE =
            TABLE.integer("largest_sample_size", "largest n of the window", rate -> rate.window()
                    .largest());
    private static final Column<RateRow, Integer> SIZES = TABLE.integer(
            "sizes", "number of sample sizes", rate -> rate.window().sizes());
    private static final Column<RateRow, Integer> SEEDS =
            TABLE.integer("seeds", "number of seeds with a certified loss", rate -> rate.window()
                    .seeds());
    private static final Column<RateRow, Double> CERTIFIED_SHARE = TABLE.number(
            "certified_share", "", "share of all fits in the window that did not fail", rate -> rate.window()
                    .certifiedShare());

    static {
        // For people: it is told by other columns, and not read.
        TABLE.number("slope_without_smallest", "", "slope without the smallest sample size", rate -> rate.slopes()
                .withoutTheSmallest());
    }

    private static final Column<RateRow, Double> LOWER_HALF_SLOPE =
            TABLE.number("lower_half_slope", "", "slope over the lower half of the sizes", rate -> rate.slopes()
                    .lowerHalf());
    private static final Column<RateRow, Double> UPPER_HALF_SLOPE =
            TABLE.number("upper_half_slope", "", "slope over the upper half of the sizes", rate -> rate.slopes()
                    .upperHalf());
    private static final Column<RateRow, List<Double>> LOCAL_SLOPES =
            TABLE.numbers("local_slopes", "slopes between neighbouring sizes, ascending", rate -> rate.slopes()
                    .local());
    private static final Column<RateRow, Double> INTERCEPT_LOG =
            TABLE.number("intercept_log", "", "log of the fitted loss at n = 1", rate -> rate.slopes()
                    .interceptLog());

    static {
        // For people: it is told by other columns, and not read.
        TABLE.text("failed_gate", "first gate that failed, empty if none did", rate -> rate.trust()
                .failedCheck());
    }

    private static final Column<RateRow, List<TrustCheck>> TRUST = TABLE.records(
            "trust",
            CHECK,
            "the gates, in the order in which a failure is named",
            rate -> rate.trust().checks(),
            RateTable::check);
    private static final Column<RateRow, Double> START_RADIUS_FACTOR = TABLE.number(
            "start_radius_factor",
            1,
            "",
            "factor of the start radii; the rates proper are those with 1",
            rate -> rate.setting().fitted().startRadiusFactor());
    private static final Column<RateRow, Double> SLOPE_MEAN_LOG_LOW = TABLE.number(
            "slope_mean_log_low", "", "lower end of the 95 % interval of slope_mean_log", rate -> rate.slopes()
                    .meanLog()
                    .low());
    private static final Column<RateRow, Double> SLOPE_MEAN_LOG_HIGH = TABLE.number(
            "slope_mean_log_high", "", "upper end of the 95 % interval of slope_mean_log", rate -> rate.slopes()
                    .meanLog()
                    .high());
    private static final Column<RateRow, Double> SLOPE_RATIO =
            TABLE.number("slope_ratio", "", "slope of log mean loss on log(n / log n)", rate -> rate.slopes()
                    .ratio()
                    .value());
    private static final Column<RateRow, Double> SLOPE_RATIO_LOW =
            TABLE.number("slope_ratio_low", "", "lower end of the 95 % interval of slope_ratio", rate -> rate.slopes()
                    .ratio()
                    .low());
    private static final Column<RateRow, Double> SLOPE_RATIO_HIGH =
            TABLE.number("slope_ratio_high", "", "upper end of the 95 % interval of slope_ratio", rate -> rate.slopes()
                    .ratio()
                    .high());
    private static final Column<RateRow, Double> SLOPE_FINITE = TABLE.number(
            "slope_finite", "", "slope of log mean loss over all fits with a finite loss", RateRow::slopeFinite);
    private static final Column<RateRow, Double> SLOPE_WORST = TABLE.number(
            "slope_worst", "", "slope with each failure as the worst finite loss of its size", RateRow::slopeWorst);
    private static final Column<RateRow, List<Double>> SLOPES_WITHOUT_SMALLEST = TABLE.numbers(
            "slopes_without_smallest",
            "slopes without the smallest size, the two smallest, and so on",
            rate -> rate.slopes().withoutSmallest());
    private static final Column<RateRow, DecayLaw> DECAY_LAW = TABLE.choice(
            "decay_law",
            DecayLaw.UNDEFINED,
            "power, logarithmic, neither, cannot-be-told-apart or undefined",
            RateRow::decayLaw,
            DecayLaw::id,
            DecayLaw::of);
    private static final Column<RateRow, String> DECAY_REASON =
            TABLE.text("decay_reason", "not computed", "the numbers that decided on decay_law", RateRow::decayReason);
    private static final Column<RateRow, String> TRUTH_PATH = TABLE.text(
            "truth_path",
            TruthPoint.FIXED.path(),
            "fixed, or the worst-case path on which the truth moves with n; null is fixed",
            rate -> rate.setting().truthPath());

    /** Schema of the table. */
    public static final StructType SCHEMA = TABLE.schema();

    private RateTable() {}

    /** A rate as a row of the table. */
    public static Row toRow(RateRow rate) {
        return TABLE.row(rate);
    }

    /** The inverse of {@link #toRow}. */
    public static RateRow fromRow(Row row) {
        return new RateRow(
                new SettingCoordinates(
                        SETTING.of(row),
                        new FittedSetting(
                                GATE.of(row),
                                EXPERT.of(row),
                                PROBLEM.of(row),
                                FITTED_EXPERTS.of(row),
                                START_RADIUS_FACTOR.of(row)),
                        TRUTH_PATH.of(row)),
                METRIC.of(row),
                new Slopes(
                        new Slope(SLOPE.of(row), SLOPE_LOW.of(row), SLOPE_HIGH.of(row)),
                        INTERCEPT_LOG.of(row),
                        SLOPE_MEDIAN.of(row),
                        new Slope(SLOPE_MEAN_LOG.of(row), SLOPE_MEAN_LOG_LOW.of(row), SLOPE_MEAN_LOG_HIGH.of(row)),
                        new Slope(SLOPE_RATIO.of(row), SLOPE_RATIO_LOW.of(row), SLOPE_RATIO_HIGH.of(row)),
                        LOCAL_SLOPES.of(row),
                        SLOPES_WITHOUT_SMALLEST.of(row),
                        LOWER_HALF_SLOPE.of(row),
                        UPPER_HALF_SLOPE.of(row)),
                SLOPE_FINITE.of(row),
                SLOPE_WORST.of(row),
                new RateRow.PredictedSlope(
                        PREDICTED_SLOPE.of(row), PREDICTION_SOURCE.of(row), PREDICTION_STATUS.of(row)),
                new Judgement(VERDICT.of(row), VERDICT_REASON.of(row)),
                new RateRow.Window(
                        SMALLEST_SAMPLE_SIZE.of(row),
                        LARGEST_SAMPLE_SIZE.of(row),
                        SIZES.of(row),
                        SEEDS.of(row),
                        CERTIFIED_SHARE.of(row)),
                DECAY_LAW.of(row),
                DECAY_REASON.of(row),
                new Trust(TRUST.of(row)));
    }

    private static TrustCheck check(Row row) {
        return new TrustCheck(NAME.of(row), STATUS.of(row), NUMBER.of(row), DETAIL.of(row));
    }
}
