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

    private static final Columns<RateRow, SettingCoordinates> COORDINATES = TABLE.of(RateRow::setting);
    private static final Columns<RateRow, FittedSetting> FITTED = COORDINATES.of(SettingCoordinates::fitted);
    private static final Columns<RateRow, Slopes> SLOPES = TABLE.of(RateRow::slopes);
    private static final Columns<RateRow, Slope> MEAN = SLOPES.of(Slopes::mean);
    private static final Columns<RateRow, Slope> MEAN_LOG = SLOPES.of(Slopes::meanLog);
    private static final Columns<RateRow, Slope> RATIO = SLOPES.of(Slopes::ratio);
    private static final Columns<RateRow, RateRow.PredictedSlope> PREDICTED = TABLE.of(RateRow::predicted);
    private static final Columns<RateRow, Judgement> JUDGEMENT = TABLE.of(RateRow::judgement);
    private static final Columns<RateRow, RateRow.Window> WINDOW = TABLE.of(RateRow::window);
    private static final Columns<RateRow, Trust> CHECKS = TABLE.of(RateRow::trust);

    private static final Column<RateRow, String> SETTING =
            COORDINATES.text("setting", "id of all coordinates but sample size and seed", SettingCoordinates::id);
    private static final Column<RateRow, String> GATE = FITTED.text("gate", "fitted gate", FittedSetting::gate);
    private static final Column<RateRow, String> EXPERT =
            FITTED.text("expert", "fitted expert family", FittedSetting::expert);
    private static final Column<RateRow, String> PROBLEM =
            FITTED.text("problem", "estimation problem", FittedSetting::problem);
    private static final Column<RateRow, Integer> FITTED_EXPERTS =
            FITTED.integer("fitted_experts", "number of fitted experts k", FittedSetting::fittedExperts);
    private static final Column<RateRow, LossName> METRIC =
            TABLE.choice("metric", LossName.D1, "name of the loss", RateRow::metric, LossName::text, LossName::parse);
    private static final Column<RateRow, Double> SLOPE =
            TABLE.number("slope", "", "slope of log mean loss on log n, from certified fits", RateRow::slope);
    private static final Column<RateRow, Double> SLOPE_LOW =
            MEAN.number("slope_low", "", "lower, more negative end of its 95 % interval", Slope::low);
    private static final Column<RateRow, Double> SLOPE_HIGH =
            MEAN.number("slope_high", "", "upper end of its 95 % interval", Slope::high);
    private static final Column<RateRow, Double> SLOPE_MEDIAN =
            SLOPES.number("slope_median", "", "slope of log median loss on log n", Slopes::median);
    private static final Column<RateRow, Double> SLOPE_MEAN_LOG =
            MEAN_LOG.number("slope_mean_log", "", "slope of mean log loss on log n", Slope::value);
    private static final Column<RateRow, Double> PREDICTED_SLOPE =
            PREDICTED.number("predicted_slope", "", "slope that theory predicts", RateRow.PredictedSlope::slope);
    private static final Column<RateRow, String> PREDICTION_SOURCE = PREDICTED.text(
            "prediction_source",
            "where the prediction comes from, or why there is none",
            RateRow.PredictedSlope::source);
    private static final Column<RateRow, String> PREDICTION_STATUS = PREDICTED.text(
            "prediction_status", "proved-seen, recalled, derived, expected or unknown", RateRow.PredictedSlope::status);
    private static final Column<RateRow, Verdict> VERDICT = TABLE.choice(
            "verdict",
            Verdict.UNDECIDED,
            "agrees, faster, slower, flat, pre-asymptotic, not-trusted or undecided",
            RateRow::verdict,
            Verdict::id,
            Verdict::of);
    private static final Column<RateRow, String> VERDICT_REASON =
            JUDGEMENT.text("verdict_reason", "the numbers that decided", Judgement::reason);
    private static final Column<RateRow, Integer> SMALLEST_SAMPLE_SIZE =
            WINDOW.integer("smallest_sample_size", "smallest n of the window", RateRow.Window::smallest);
    private static final Column<RateRow, Integer> LARGEST_SAMPLE_SIZE =
            WINDOW.integer("largest_sample_size", "largest n of the window", RateRow.Window::largest);
    private static final Column<RateRow, Integer> SIZES =
            WINDOW.integer("sizes", "number of sample sizes", RateRow.Window::sizes);
    private static final Column<RateRow, Integer> SEEDS =
            WINDOW.integer("seeds", "number of seeds with a certified loss", RateRow.Window::seeds);
    private static final Column<RateRow, Double> CERTIFIED_SHARE = WINDOW.number(
            "certified_share", "", "share of all fits in the window that did not fail", RateRow.Window::certifiedShare);

    static {
        // For people: it is told by other columns, and not read.
        SLOPES.number(
                "slope_without_smallest", "", "slope without the smallest sample size", Slopes::withoutTheSmallest);
    }

    private static final Column<RateRow, Double> LOWER_HALF_SLOPE =
            SLOPES.number("lower_half_slope", "", "slope over the lower half of the sizes", Slopes::lowerHalf);
    private static final Column<RateRow, Double> UPPER_HALF_SLOPE =
            SLOPES.number("upper_half_slope", "", "slope over the upper half of the sizes", Slopes::upperHalf);
    private static final Column<RateRow, List<Double>> LOCAL_SLOPES =
            SLOPES.numbers("local_slopes", "slopes between neighbouring sizes, ascending", Slopes::local);
    private static final Column<RateRow, Double> INTERCEPT_LOG =
            SLOPES.number("intercept_log", "", "log of the fitted loss at n = 1", Slopes::interceptLog);

    static {
        // For people: it is told by other columns, and not read.
        CHECKS.text("failed_gate", "first gate that failed, empty if none did", Trust::failedCheck);
    }

    private static final Column<RateRow, List<TrustCheck>> TRUST = CHECKS.records(
            "trust", CHECK, "the gates, in the order in which a failure is named", Trust::checks, RateTable::check);
    private static final Column<RateRow, Double> START_RADIUS_FACTOR = FITTED.number(
            "start_radius_factor",
            1,
            "",
            "factor of the start radii; the rates proper are those with 1",
            FittedSetting::startRadiusFactor);
    private static final Column<RateRow, Double> SLOPE_MEAN_LOG_LOW =
            MEAN_LOG.number("slope_mean_log_low", "", "lower end of the 95 % interval of slope_mean_log", Slope::low);
    private static final Column<RateRow, Double> SLOPE_MEAN_LOG_HIGH =
            MEAN_LOG.number("slope_mean_log_high", "", "upper end of the 95 % interval of slope_mean_log", Slope::high);
    private static final Column<RateRow, Double> SLOPE_RATIO =
            RATIO.number("slope_ratio", "", "slope of log mean loss on log(n / log n)", Slope::value);
    private static final Column<RateRow, Double> SLOPE_RATIO_LOW =
            RATIO.number("slope_ratio_low", "", "lower end of the 95 % interval of slope_ratio", Slope::low);
    private static final Column<RateRow, Double> SLOPE_RATIO_HIGH =
            RATIO.number("slope_ratio_high", "", "upper end of the 95 % interval of slope_ratio", Slope::high);
    private static final Column<RateRow, Double> SLOPE_FINITE = TABLE.number(
            "slope_finite", "", "slope of log mean loss over all fits with a finite loss", RateRow::slopeFinite);
    private static final Column<RateRow, Double> SLOPE_WORST = TABLE.number(
            "slope_worst", "", "slope with each failure as the worst finite loss of its size", RateRow::slopeWorst);
    private static final Column<RateRow, List<Double>> SLOPES_WITHOUT_SMALLEST = SLOPES.numbers(
            "slopes_without_smallest",
            "slopes without the smallest size, the two smallest, and so on",
            Slopes::withoutSmallest);
    private static final Column<RateRow, DecayLaw> DECAY_LAW = TABLE.choice(
            "decay_law",
            DecayLaw.UNDEFINED,
            "power, logarithmic, neither, cannot-be-told-apart or undefined",
            RateRow::decayLaw,
            DecayLaw::id,
            DecayLaw::of);
    private static final Column<RateRow, String> DECAY_REASON =
            TABLE.text("decay_reason", "not computed", "the numbers that decided on decay_law", RateRow::decayReason);
    private static final Column<RateRow, String> TRUTH_PATH = COORDINATES.text(
            "truth_path",
            TruthPoint.FIXED.path(),
            "fixed, or the worst-case path on which the truth moves with n; null is fixed",
            SettingCoordinates::truthPath);

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
