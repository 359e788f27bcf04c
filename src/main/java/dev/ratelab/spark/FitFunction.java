package dev.ratelab.spark;

import dev.ratelab.plan.FitTask;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.studyfile.StudyParser;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * What an executor does with one task: rebuild the study from its text, make each fit. No object of the driver travels but the
 * coordinates of the fits.
 */
final class FitFunction implements Function<FitTask, MadeFits> {
    private static final long serialVersionUID = 1L;

    /** For about so long after its first fit a JVM still compiles what fits run, beside them. */
    private static final long COLD_NANOS = 8_000_000_000L;

    private static String cachedText;
    private static FitRunner cachedRunner;

    private final Broadcast<String> studyText;
    private final ProgressCounters counters;

    /**
     * Prepares the function.
     *
     * @param studyText the resolved study
     * @param counters progress of the run
     */
    FitFunction(Broadcast<String> studyText, ProgressCounters counters) {
        this.studyText = studyText;
        this.counters = counters;
    }

    @Override
    public MadeFits call(FitTask task) {
        FitRunner runner = runner(studyText.value());
        List<FitRow> rows = new ArrayList<>(task.fits().size());
        int cold = 0;
        for (PlannedFit fit : task.fits()) {
            if (System.nanoTime() - FirstFit.NANOS < COLD_NANOS) {
                cold++;
            }
            FitRow row = runner.run(fit.key());
            rows.add(row);
            counters.add(row.status().certified(), fit.predictedMillis());
        }
        return new MadeFits(rows, cold);
    }

    /** One runner for each JVM: its quadrature nodes are computed once. */
    private static synchronized FitRunner runner(String text) {
        if (!text.equals(cachedText)) {
            cachedRunner =
                    new FitRunner(StudyParser.standard().parse(text, "the study that the driver sent", List.of()));
            cachedText = text;
        }
        return cachedRunner;
    }

    /** Loaded, and so set, when this JVM begins its first fit. */
    private static final class FirstFit {
        static final long NANOS = System.nanoTime();
    }
}
