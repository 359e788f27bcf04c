package dev.ratelab.cli;

import dev.ratelab.plan.Calibration;
import dev.ratelab.plan.CostModel;
import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.plan.PredictedRun;
import dev.ratelab.plan.SettingTimes;
import dev.ratelab.rates.Percent;
import dev.ratelab.run.FitKey;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ratelab plan}: what a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Shows which fits a run would make and how long they will take, predicted from the times of the stored"
                        + " fits if there are any. Runs nothing. With adaptive seeds: the fits until the next decision,"
                        + " and how many there can be at most; reads the stored fits with Spark.")
final class PlanCommand extends OutputCommand {
    private static final int CALIBRATION_SECONDS = 20;

    @Mixin
    private StudyOptions study;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "directory of the store")
    private Path directory;

    @Option(
            names = "--cores",
            paramLabel = "N",
            description = "cores of the run that is predicted; default: those of this machine")
    private int cores = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--calibrate",
            description = "predict from a few fits that are made now, for " + CALIBRATION_SECONDS
                    + " seconds, and not kept; the plan then depends on this machine")
    private boolean calibrate;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    void print(PrintWriter out) throws IOException {
        Study parsed = study.parse();
        if (cores < 1) {
            throw CommandException.usage("--cores = " + cores + " must be at least 1");
        }
        StoreLayout layout = new StoreLayout(directory);
        StudyFile.requireSame(layout, parsed);
        SeedPlan known = SeedPlan.of(parsed, layout);
        if (calibrate) {
            List<SettingTimes> times = Calibration.of(parsed, known.plan(), CALIBRATION_SECONDS);
            known = known.with(parsed, layout, CostModel.of(parsed, times, "discarded"));
        }
        Plan plan = known.plan();
        PredictedRun predicted = PredictedRun.of(parsed, plan, known.costs(), cores);
        List<Map<String, Object>> cells = cells(plan);
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("study", parsed.name());
            result.put("directory", layout.root().toString());
            result.put("total", plan.total());
            result.put("stored", plan.stored());
            result.put("to_run", plan.fits().size());
            result.put("spread", plan.spread(parsed).size());
            result.put("row_bytes", plan.rowBytes(parsed));
            result.put("cores", predicted.cores());
            result.put("predicted_core_seconds", predicted.coreSeconds());
            result.put("predicted_wall_seconds", predicted.wallSeconds());
            result.put("predicted_from", predicted.basis());
            result.put("cells", cells);
            known.addTo(result);
            out.println(Json.of(result));
        } else {
            print(parsed, known, predicted, cells, out);
        }
    }

    /** What the rows of the fits need, and which fits are spread because they need too much. */
    private static String memory(Study study, Plan plan) {
        int spread = plan.spread(study).size();
        String text = plan.fits().size() == spread
                ? ""
                : String.format(
                        Locale.ROOT, "the rows of one fit take up to %.0f MB%n", Math.ceil(plan.rowBytes(study) / 1e6));
        return spread == 0
                ? text
                : text
                        + String.format(
                                Locale.ROOT,
                                "%d with more than %d rows are spread over all cores, one after the other%n",
                                spread,
                                study.limits().rowsInMemory());
    }

    private static void print(
            Study parsed, SeedPlan known, PredictedRun predicted, List<Map<String, Object>> cells, PrintWriter out) {
        Plan plan = known.plan();
        TextTable table = new TextTable("setting", ">sample size", ">to run", ">share of the time");
        for (Map<String, Object> cell : cells) {
            table.add(
                    cell.get("setting").toString(),
                    cell.get("sample_size").toString(),
                    cell.get("to_run").toString(),
                    Percent.text((double) cell.get("time_share"), 1));
        }
        out.print(table);
        out.printf(
                Locale.ROOT,
                "%d fits: %d stored, %d to run%n",
                plan.total(),
                plan.stored(),
                plan.fits().size());
        if (!plan.fits().isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "about %s of fits, %s on %d cores in all, predicted from %s%n",
                    duration(predicted.coreSeconds()),
                    duration(predicted.wallSeconds()),
                    predicted.cores(),
                    predicted.basis());
        }
        out.print(memory(parsed, plan));
        out.print(SeedPlan.text(parsed, known.decisions()));
        if (!known.decisions().isEmpty()) {
            out.printf(Locale.ROOT, "at most %d fits in the end%n", known.most());
        }
    }

    /** A time in the largest units that it fills. */
    private static String duration(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f seconds", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0f minutes", seconds / 60)
                : String.format(Locale.ROOT, "%.1f hours", seconds / 3600);
    }

    /** Fits to run by setting and sample size, in the order of their keys. */
    private static List<Map<String, Object>> cells(Plan plan) {
        Map<FitKey, List<PlannedFit>> byCell = new TreeMap<>();
        for (PlannedFit fit : plan.fits()) {
            FitKey cell = new FitKey(fit.key().setting(), fit.key().sampleSize(), 1);
            byCell.computeIfAbsent(cell, key -> new ArrayList<>()).add(fit);
        }
        List<Map<String, Object>> cells = new ArrayList<>();
        byCell.forEach((cell, fits) -> {
            double millis = 0;
            for (PlannedFit fit : fits) {
                millis += fit.predictedMillis();
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("setting", cell.setting());
            row.put("sample_size", cell.sampleSize());
            row.put("to_run", fits.size());
            row.put("time_share", millis / plan.predictedMillis());
            cells.add(row);
        });
        return cells;
    }
}
