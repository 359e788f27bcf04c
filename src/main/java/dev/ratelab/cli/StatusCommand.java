package dev.ratelab.cli;

import dev.ratelab.plan.Plan;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ratelab status}: what a store holds. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how many fits of its study a directory holds; with adaptive seeds, of those known so far.")
final class StatusCommand extends StoreCommand {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    void print(PrintWriter out) throws IOException {
        StoreLayout layout = layout();
        Study study = StudyFile.read(layout);
        SeedPlan known = SeedPlan.of(study, layout);
        Plan plan = known.plan();
        int certified = 0;
        int failed = 0;
        double fitMillis = 0;
        List<Path> waves = layout.waves();
        for (Path wave : waves) {
            StoreLayout.Manifest manifest = StoreLayout.readManifest(wave);
            certified += manifest.certified();
            failed += manifest.failed();
            fitMillis += manifest.fitMillis();
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("study", study.name());
        result.put("directory", layout.root().toString());
        result.put("total", plan.total());
        result.put("stored", plan.stored());
        result.put("left", plan.fits().size());
        result.put("certified", certified);
        result.put("not_certified", failed);
        result.put("waves", waves.size());
        result.put("fit_millis", fitMillis);
        if (json) {
            known.addTo(result);
            out.println(Json.of(result));
        } else {
            result.forEach((name, value) -> out.printf(Locale.ROOT, "%-14s %s%n", name.replace('_', ' '), value));
            out.print(SeedPlan.text(study, known.decisions()));
        }
    }
}
