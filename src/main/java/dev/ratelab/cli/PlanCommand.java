package dev.ratelab.cli;

import dev.ratelab.study.FitKey;
import dev.ratelab.study.Plan;
import dev.ratelab.study.PlannedFit;
import dev.ratelab.study.StoreLayout;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ratelab plan}: what a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Shows which fits a run would make, and their share of the predicted cost. Runs nothing. With adaptive seeds: the"
                        + " fits until the next decision, and how many there can be at most; reads the stored fits with Spark.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions study;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "directory of the store")
    private Path directory;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Study parsed = study.parse();
        StoreLayout layout = new StoreLayout(directory);
        StudyFile.requireSame(layout, parsed);
        SeedPlan known = SeedPlan.of(parsed, layout);
        Plan plan = known.plan();
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
            result.put("cells", cells);
            known.addTo(result);
            spec.commandLine().getOut().println(Json.of(result));
        } else {
            TextTable table = new TextTable("setting", ">sample size", ">to run", ">share of the cost");
            for (Map<String, Object> cell : cells) {
                table.add(
                        cell.get("setting").toString(),
                        cell.get("sample_size").toString(),
                        cell.get("to_run").toString(),
                        String.format(Locale.ROOT, "%.1f %%", 100 * (double) cell.get("cost_share")));
            }
            spec.commandLine().getOut().print(table);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%d fits: %d stored, %d to run%n",
                            plan.total(), plan.stored(), plan.fits().size());
            spec.commandLine().getOut().print(memory(parsed, plan));
            spec.commandLine().getOut().print(SeedPlan.text(parsed, known.decisions()));
            if (!known.decisions().isEmpty()) {
                spec.commandLine().getOut().printf("at most %d fits in the end%n", known.most());
            }
        }
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
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

    /** Fits to run by setting and sample size, in the order of their keys. */
    private static List<Map<String, Object>> cells(Plan plan) {
        Map<FitKey, List<PlannedFit>> byCell = new TreeMap<>();
        for (PlannedFit fit : plan.fits()) {
            FitKey cell = new FitKey(fit.key().setting(), fit.key().sampleSize(), 1);
            byCell.computeIfAbsent(cell, key -> new ArrayList<>()).add(fit);
        }
        List<Map<String, Object>> cells = new ArrayList<>();
        byCell.forEach((cell, fits) -> {
            double cost = 0;
            for (PlannedFit fit : fits) {
                cost += fit.predictedCost();
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("setting", cell.setting());
            row.put("sample_size", cell.sampleSize());
            row.put("to_run", fits.size());
            row.put("cost_share", cost / plan.predictedCost());
            cells.add(row);
        });
        return cells;
    }
}
