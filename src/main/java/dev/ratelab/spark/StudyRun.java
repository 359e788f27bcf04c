package dev.ratelab.spark;

import dev.ratelab.plan.CostModel;
import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.plan.Schedule;
import dev.ratelab.plan.SettingTimes;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.Cells;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Rates;
import dev.ratelab.rates.SeedDecision;
import dev.ratelab.run.CodeVersion;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.Provenance;
import dev.ratelab.spark.store.CellTable;
import dev.ratelab.spark.store.RateTable;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StoreLock;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Runs a study on Spark: plans what the store lacks, makes it, longest fits first, stores it in waves meanwhile, and summarises the store.
 *
 * <p>The driver sends coordinates and receives rows; what an executor computes depends on the study and the coordinates only.
 */
public final class StudyRun {
    private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.]?key|account[.]key");

    /** Tasks of a wave on each core at least: where waves are short, tasks are too, as a wave ends with a task. */
    private static final int TASKS_OF_A_WAVE = 4;

    /** Work of a wave on each core, in seconds, unless the user says otherwise. */
    public static final double DEFAULT_WAVE_SECONDS = 10;

    private final SparkSession spark;
    private final JavaSparkContext context;
    private final Study study;
    private final StoreLayout layout;
    private final Store store;
    private final double waveSeconds;
    private final PrintStream messages;

    /**
     * Prepares a run.
     *
     * @param waveSeconds work of a wave on each core, seconds, positive: about what a crash loses
     * @param messages takes lines for people on how far the run is
     */
    public StudyRun(SparkSession spark, Study study, StoreLayout layout, double waveSeconds, PrintStream messages) {
        this.spark = spark;
        this.context = new JavaSparkContext(spark.sparkContext());
        this.study = study;
        this.layout = layout;
        this.store = new Store(spark, layout);
        this.waveSeconds = waveSeconds;
        this.messages = messages;
    }

    /**
     * What a run did.
     *
     * @param made fits made now
     * @param alreadyStored fits of the study that were stored before
     * @param certified certified fits among all that are stored for the study
     * @param total fits of the study
     * @param rates rates of every setting in the store
     * @param seeds what was decided for each setting if seeds are adaptive, else empty
     * @param effort what making the fits took
     */
    public record Outcome(
            int made,
            int alreadyStored,
            int certified,
            int total,
            List<RateRow> rates,
            List<SeedDecision> seeds,
            Effort effort) {

        /** Share of fits that are not certified. */
        public double failureRate() {
            return total == 0 ? 0 : 1 - (double) certified / total;
        }
    }

    /**
     * What making fits took.
     *
     * @param fitSeconds sum of the times of the fits
     * @param wallSeconds time until they were all stored, without what was decided or summarised from them
     * @param cores cores at the end
     */
    public record Effort(double fitSeconds, double wallSeconds, int cores) {

        /** Share of the cores' time that was spent in fits; NaN if there were none. */
        public double busyShare() {
            return fitSeconds / (wallSeconds * cores);
        }
    }

    /**
     * Makes the missing fits and rewrites the summaries. If seeds are adaptive the results decide after all fits that were asked for
     * are made which ones are asked for next, until no setting asks for more.
     *
     * @throws dev.ratelab.study.StudyException if the directory holds another study, or another run is at work on it
     */
    public Outcome run() throws IOException {
        try (StoreLock lock = StoreLock.take(layout)) {
            StudyFile.requireSame(layout, study);
            StudyFile.write(layout, study, environment());
            store.removeStaging();
            // What this run makes it need not read back; what earlier ones made, only adaptive seeds need before the
            // end.
            boolean fresh = layout.waves().isEmpty();
            boolean adaptive = study.grid().adaptive().isPresent();
            List<FitRow> rows = adaptive && !fresh ? store.fitRows() : new ArrayList<>();
            Map<String, SeedDecision> decisions = decisions(rows);
            Plan plan = plan(decisions);
            int made = 0;
            double fitMillis = 0;
            long nanos = 0;
            while (!plan.fits().isEmpty()) {
                long start = System.nanoTime();
                List<FitRow> fits = makeWaves(plan, lock);
                nanos += System.nanoTime() - start;
                for (FitRow fit : fits) {
                    fitMillis += coreMillis(fit);
                }
                made += fits.size();
                rows.addAll(fits);
                rows.sort(Comparator.comparing(FitRow::key));
                decisions = decisions(rows);
                plan = adaptive ? plan(decisions) : plan.done();
            }
            if (!adaptive && !fresh) {
                rows = store.fitRows();
            }
            List<RateRow> rates = summarise(rows);
            int certified = 0;
            Map<String, Integer> seeds = new HashMap<>();
            for (Setting setting : study.settings()) {
                seeds.put(setting.id(), seeds(decisions, setting));
            }
            for (FitRow row : rows) {
                boolean planned = row.seed() <= seeds.getOrDefault(row.setting(), 0)
                        && study.grid().sampleSizes().contains(row.sampleSize());
                certified += planned && row.status().certified() ? 1 : 0;
            }
            return new Outcome(
                    made,
                    plan.total() - made,
                    certified,
                    plan.total(),
                    rates,
                    List.copyOf(decisions.values()),
                    new Effort(fitMillis / 1e3, nanos / 1e9, context.defaultParallelism()));
        }
    }

    /** How many seeds each setting is to have, from the fits that are stored; empty if the study says it itself. */
    private Map<String, SeedDecision> decisions(List<FitRow> rows) {
        return study.grid().adaptive().isPresent() ? SeedDecision.of(study, rows) : Map.of();
    }

    private Plan plan(Map<String, SeedDecision> decisions) throws IOException {
        return Plan.of(
                study,
                CostModel.of(study, layout.times(), "stored"),
                layout.storedFits(),
                setting -> seeds(decisions, setting));
    }

    private int seeds(Map<String, SeedDecision> decisions, Setting setting) {
        SeedDecision decision = decisions.get(setting.id());
        return decision == null ? study.grid().seeds() : decision.seeds();
    }

    /** Makes the fits of a plan and stores them. */
    private List<FitRow> makeWaves(Plan plan, StoreLock lock) throws IOException {
        double mostMillis = 1000 * waveSeconds / TASKS_OF_A_WAVE;
        Schedule schedule = Schedule.of(plan.inMemory(study), context.defaultParallelism(), mostMillis);
        Broadcast<String> studyText = context.broadcast(study.resolvedText());
        ProgressCounters counters = new ProgressCounters(spark.sparkContext());
        List<FitRow> fits;
        try (Progress progress = new Progress(plan.fits().size(), plan.predictedMillis(), counters, messages)) {
            progress.start();
            fits = makeSpreadFits(plan.spread(study), studyText, counters, lock);
            fits.addAll(new Waves(context, store, lock, new FitFunction(studyText, counters), waveSeconds)
                    .make(schedule.tasks()));
        }
        // Once more, for only now the cores of a cluster are known.
        StudyFile.write(layout, study, environment());
        return fits;
    }

    /** Makes the fits to more rows than one process may hold. Each is a wave: it takes all cores, and long. */
    private List<FitRow> makeSpreadFits(
            List<PlannedFit> fits, Broadcast<String> studyText, ProgressCounters counters, StoreLock lock)
            throws IOException {
        SpreadFits spread = new SpreadFits(context, study, studyText, messages);
        List<FitRow> rows = new ArrayList<>();
        for (PlannedFit fit : fits) {
            FitRow row = spread.run(fit.key());
            counters.add(row.status().certified(), fit.predictedMillis());
            lock.requireHeld();
            // What takes so long is warm.
            List<SettingTimes> times = SettingTimes.of(List.of(row), 0).stream()
                    .map(cell -> cell.madeOn(context.defaultParallelism()))
                    .toList();
            store.commit(List.of(row), times);
            rows.add(row);
        }
        return rows;
    }

    /** What a fit kept cores busy for: one, or all if it was spread; milliseconds. */
    private double coreMillis(FitRow fit) {
        return fit.provenance().fitMillis()
                * (study.exceedsMemory(fit.sampleSize()) ? context.defaultParallelism() : 1);
    }

    private List<RateRow> summarise(List<FitRow> rows) throws IOException {
        int trueExperts = study.truth().model().atoms();
        List<CellSummary> cells = Cells.compute(rows);
        List<RateRow> rates = Rates.compute(rows, trueExperts);
        store.replace(cells.stream().map(CellTable::toRow).toList(), CellTable.SCHEMA, layout.cells());
        store.replace(rates.stream().map(RateTable::toRow).toList(), RateTable.SCHEMA, layout.rates());
        return rates;
    }

    private Map<String, Object> environment() throws IOException {
        Map<String, String> configuration = new TreeMap<>();
        for (Tuple2<String, String> entry : context.getConf().getAll()) {
            boolean secret = SECRET.matcher(entry._1()).find();
            configuration.put(entry._1(), secret ? "(not shown)" : entry._2());
        }
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("ratelab", CodeVersion.current());
        environment.put("spark", spark.version());
        environment.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        environment.put("host", Provenance.hostName());
        environment.put("cores", context.defaultParallelism());
        environment.put("spark-configuration", configuration);
        return environment;
    }
}
