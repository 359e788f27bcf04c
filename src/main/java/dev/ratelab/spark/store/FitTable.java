package dev.ratelab.spark.store;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import dev.ratelab.fit.ascent.Certificate;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FittedSetting;
import dev.ratelab.run.Likelihoods;
import dev.ratelab.run.Provenance;
import dev.ratelab.run.StartSummary;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The table {@code fits}: one row for each fit, whatever its outcome. */
public final class FitTable {
    static final Table<FitRow.StoredAtom> ATOM = new Table<>();

    private static final Column<FitRow.StoredAtom, Integer> CELL =
            ATOM.integer("cell", "Voronoi cell: number of the nearest true atom, from 1", FitRow.StoredAtom::cell);
    private static final Column<FitRow.StoredAtom, Map<String, List<Double>>> GATE_PARAMETERS =
            parameters("gate", "gate parameters by kind", FitRow.StoredAtom::gate);
    private static final Column<FitRow.StoredAtom, Map<String, List<Double>>> EXPERT_PARAMETERS =
            parameters("expert", "expert parameters by kind", FitRow.StoredAtom::expert);
    private static final Column<FitRow.StoredAtom, Double> VARIANCE =
            ATOM.number("variance", "squared units of y", "noise variance", FitRow.StoredAtom::variance);

    static final Table<FitRow> TABLE = new Table<>();

    private static final Columns<FitRow, FittedSetting> FITTED = TABLE.of(FitRow::fitted);
    private static final Columns<FitRow, Certificate> CERTIFICATE = TABLE.of(FitRow::certificate);
    private static final Columns<FitRow, StartSummary> START_SUMMARY = TABLE.of(FitRow::starts);
    private static final Columns<FitRow, Likelihoods> LIKELIHOODS = TABLE.of(FitRow::likelihoods);
    private static final Columns<FitRow, Provenance> PROVENANCE = TABLE.of(FitRow::provenance);
    private static final Columns<FitRow, TruthPoint> TRUTH_POINT = TABLE.of(FitRow::truthPoint);

    private static final Column<FitRow, String> SETTING =
            TABLE.text("setting", "id of all coordinates but sample size and seed", FitRow::setting);
    private static final Column<FitRow, String> GATE = FITTED.text("gate", "fitted gate", FittedSetting::gate);
    private static final Column<FitRow, String> EXPERT =
            FITTED.text("expert", "fitted expert family", FittedSetting::expert);
    private static final Column<FitRow, String> PROBLEM =
            FITTED.text("problem", "estimation problem", FittedSetting::problem);
    private static final Column<FitRow, Integer> FITTED_EXPERTS =
            FITTED.integer("fitted_experts", "number of fitted experts k", FittedSetting::fittedExperts);
    private static final Column<FitRow, Integer> SAMPLE_SIZE =
            TABLE.integer("sample_size", "number of rows n", FitRow::sampleSize);
    private static final Column<FitRow, Integer> SEED = TABLE.integer("seed", "seed number, from 1", FitRow::seed);
    private static final Column<FitRow, FitStatus> STATUS = TABLE.choice(
            "status", FitStatus.ERROR, "how the fit ended", FitRow::status, FitStatus::name, FitStatus::valueOf);
    private static final Column<FitRow, String> MESSAGE =
            TABLE.text("message", "what went wrong, empty if nothing did", FitRow::message);
    private static final Column<FitRow, Double> LOG_LIKELIHOOD =
            LIKELIHOODS.number("log_likelihood", "nats", "sum of log p(y | x) at the estimate", Likelihoods::estimate);
    private static final Column<FitRow, Double> NEWTON_DECREMENT = CERTIFICATE.number(
            "newton_decrement",
            "nats",
            "predicted gain of a Newton step on the free space",
            Certificate::newtonDecrement);
    private static final Column<FitRow, Double> PROJECTED_GRADIENT = CERTIFICATE.number(
            "projected_gradient",
            "nats a unit step",
            "norm of the scaled projected gradient",
            Certificate::projectedGradient);
    private static final Column<FitRow, Double> SMALLEST_EIGENVALUE = CERTIFICATE.number(
            "smallest_eigenvalue",
            "",
            "smallest eigenvalue of the scaled information on the free space",
            Certificate::smallestEigenvalue);
    private static final Column<FitRow, Double> LARGEST_EIGENVALUE = CERTIFICATE.number(
            "largest_eigenvalue",
            "",
            "largest eigenvalue of the scaled information on the free space",
            Certificate::largestEigenvalue);
    private static final Column<FitRow, Integer> FLAT_DIMENSIONS = CERTIFICATE.integer(
            "flat_dimensions", "directions without information beside the invariances", Certificate::flatDimensions);
    private static final Column<FitRow, List<String>> ACTIVE_BOUNDS =
            CERTIFICATE.texts("active_bounds", "names of the active bounds, one entry each", Certificate::activeBounds);
    private static final Column<FitRow, Integer> ITERATIONS = START_SUMMARY.integer(
            "iterations",
            "EM and Newton iterations of the kept start; a shortcut over condensed rows counts as one",
            StartSummary::iterations);
    private static final Column<FitRow, Integer> TOTAL_ITERATIONS = START_SUMMARY.integer(
            "total_iterations", "EM and Newton iterations of all starts", StartSummary::totalIterations);
    private static final Column<FitRow, Integer> STARTS =
            START_SUMMARY.integer("starts", "number of starts", StartSummary::starts);
    private static final Column<FitRow, Integer> CERTIFIED_STARTS =
            START_SUMMARY.integer("certified_starts", "starts that ended certified", StartSummary::certified);
    private static final Column<FitRow, Integer> STARTS_AT_OPTIMUM = START_SUMMARY.integer(
            "starts_at_optimum", "certified starts within 1e-4 nat of the kept one", StartSummary::atOptimum);
    private static final Column<FitRow, String> START_KIND =
            START_SUMMARY.text("start_kind", "kind of the kept start: oracle or random", StartSummary::kind);
    private static final Column<FitRow, Double> ORACLE_LOG_LIKELIHOOD =
            LIKELIHOODS.number("oracle_log_likelihood", "nats", "best certified oracle start", Likelihoods::oracle);
    private static final Column<FitRow, Double> RANDOM_LOG_LIKELIHOOD =
            LIKELIHOODS.number("random_log_likelihood", "nats", "best certified random start", Likelihoods::random);
    private static final Column<FitRow, Double> UNCERTIFIED_GAIN = LIKELIHOODS.number(
            "uncertified_gain",
            "nats",
            "by how much the best start of any status lies above the kept one",
            Likelihoods::uncertifiedGain);
    private static final Column<FitRow, Double> TRUTH_LOG_LIKELIHOOD = LIKELIHOODS.number(
            "truth_log_likelihood", "nats", "log likelihood of the true parameters", Likelihoods::truth);
    private static final Column<FitRow, Map<LossName, Double>> LOSSES = TABLE.add(
            "losses",
            createMapType(StringType, DoubleType, false),
            "",
            "losses by name; undefined ones are absent",
            FitRow::losses,
            FitTable::texts,
            FitTable::losses,
            Map.of());
    private static final Column<FitRow, List<FitRow.StoredAtom>> ATOMS =
            TABLE.records("atoms", ATOM, "the estimate", FitRow::atoms, FitTable::atom);
    private static final Column<FitRow, Double> FIT_MILLIS =
            PROVENANCE.number("fit_millis", "milliseconds", "wall time of the fit", Provenance::fitMillis);
    private static final Column<FitRow, String> HOST =
            PROVENANCE.text("host", "machine that made the fit", Provenance::host);
    private static final Column<FitRow, String> CODE_VERSION =
            PROVENANCE.text("code_version", "version of the code", Provenance::codeVersion);
    private static final Column<FitRow, String> STUDY_HASH =
            PROVENANCE.text("study_hash", "hash of what decides the results of the study", Provenance::studyHash);
    private static final Column<FitRow, String> TARGET = TABLE.text(
            "target",
            Target.TRUTH,
            "what losses are distances from: truth or projection; null is truth",
            FitRow::target);
    private static final Column<FitRow, String> TARGET_STATUS = TABLE.text(
            "target_status", "", "how the search for the projection ended, empty for the truth", FitRow::targetStatus);
    private static final Column<FitRow, Double> START_RADIUS_FACTOR = FITTED.number(
            "start_radius_factor",
            1,
            "",
            "factor of the radii of starts near the truth, 1 in a base setting; null is 1",
            FittedSetting::startRadiusFactor);
    private static final Column<FitRow, String> TRUTH_PATH = TRUTH_POINT.text(
            "truth_path",
            TruthPoint.FIXED.path(),
            "fixed, or the worst-case path on which the truth moves with n; null is fixed",
            TruthPoint::path);
    private static final Column<FitRow, Integer> PATH_ATOM = TRUTH_POINT.integer(
            "path_atom", "true atom that the worst case moves, from 1; null or 0 if none", TruthPoint::atom);
    private static final Column<FitRow, Integer> PATH_CELL = TRUTH_POINT.integer(
            "path_cell", "atoms of the moved truth in its cell; null or 0 if none was moved", TruthPoint::cell);
    private static final Column<FitRow, Double> PATH_DELTA = TRUTH_POINT.number(
            "path_delta", "", "how far the atom was moved; null or 0 if none was", TruthPoint::delta);

    /** Schema of the table. */
    public static final StructType SCHEMA = TABLE.schema();

    private FitTable() {}

    /** A fit as a row of the table. */
    public static Row toRow(FitRow fit) {
        return TABLE.row(fit);
    }

    /** The inverse of {@link #toRow}. */
    public static FitRow fromRow(Row row) {
        return new FitRow(
                new FitKey(SETTING.of(row), SAMPLE_SIZE.of(row), SEED.of(row)),
                new FittedSetting(
                        GATE.of(row),
                        EXPERT.of(row),
                        PROBLEM.of(row),
                        FITTED_EXPERTS.of(row),
                        START_RADIUS_FACTOR.of(row)),
                new Certificate(
                        STATUS.of(row),
                        NEWTON_DECREMENT.of(row),
                        PROJECTED_GRADIENT.of(row),
                        SMALLEST_EIGENVALUE.of(row),
                        LARGEST_EIGENVALUE.of(row),
                        FLAT_DIMENSIONS.of(row),
                        ACTIVE_BOUNDS.of(row)),
                MESSAGE.of(row),
                new StartSummary(
                        ITERATIONS.of(row),
                        TOTAL_ITERATIONS.of(row),
                        STARTS.of(row),
                        CERTIFIED_STARTS.of(row),
                        STARTS_AT_OPTIMUM.of(row),
                        START_KIND.of(row)),
                new Likelihoods(
                        LOG_LIKELIHOOD.of(row),
                        ORACLE_LOG_LIKELIHOOD.of(row),
                        RANDOM_LOG_LIKELIHOOD.of(row),
                        UNCERTIFIED_GAIN.of(row),
                        TRUTH_LOG_LIKELIHOOD.of(row)),
                LOSSES.of(row),
                ATOMS.of(row),
                TARGET.of(row),
                TARGET_STATUS.of(row),
                truthPoint(row),
                new Provenance(FIT_MILLIS.of(row), HOST.of(row), CODE_VERSION.of(row), STUDY_HASH.of(row)));
    }

    /** Rows from before there were paths have none, and no displacement either. */
    private static TruthPoint truthPoint(Row row) {
        return row.isNullAt(TRUTH_PATH.index())
                ? TruthPoint.FIXED
                : new TruthPoint(TRUTH_PATH.of(row), PATH_ATOM.of(row), PATH_CELL.of(row), PATH_DELTA.of(row));
    }

    private static FitRow.StoredAtom atom(Row row) {
        return new FitRow.StoredAtom(
                CELL.of(row), GATE_PARAMETERS.of(row), EXPERT_PARAMETERS.of(row), VARIANCE.of(row));
    }

    private static Column<FitRow.StoredAtom, Map<String, List<Double>>> parameters(
            String name, String comment, Function<FitRow.StoredAtom, Map<String, List<Double>>> get) {
        return ATOM.add(
                name,
                createMapType(StringType, createArrayType(DoubleType, false), false),
                "",
                comment,
                get,
                map -> map,
                FitTable::parameters,
                Map.of());
    }

    private static Map<String, List<Double>> parameters(Object stored) {
        Map<String, List<Double>> map = new LinkedHashMap<>();
        Table.<Object>map(stored).forEach((kind, values) -> map.put(kind, List.copyOf(Table.<Double>list(values))));
        return map;
    }

    private static Map<String, Double> texts(Map<LossName, Double> losses) {
        Map<String, Double> texts = new LinkedHashMap<>();
        losses.forEach((name, loss) -> texts.put(name.text(), loss));
        return texts;
    }

    /** In the order of losses: Spark does not keep that of a map's entries. */
    private static Map<LossName, Double> losses(Object stored) {
        Map<LossName, Double> sorted = new TreeMap<>();
        Table.<Double>map(stored).forEach((name, loss) -> sorted.put(LossName.parse(name), loss));
        return new LinkedHashMap<>(sorted);
    }
}
