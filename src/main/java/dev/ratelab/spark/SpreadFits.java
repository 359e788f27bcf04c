package dev.ratelab.spark;

import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.study.Study;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Makes fits to more rows than one process may hold, one after the other: the driver runs the fit, the executors pass over its
 * {@link SpreadRows}.
 */
final class SpreadFits {
    private final FitRunner runner;
    private final PrintStream messages;
    private SpreadRows rows;

    /**
     * Prepares the fits of a study.
     *
     * @param studyText the resolved study
     * @param messages takes a line for people on each fit
     */
    SpreadFits(JavaSparkContext context, Study study, Broadcast<String> studyText, PrintStream messages) {
        this.messages = messages;
        // One runner: what estimates tend to is computed once for each setting.
        runner = new FitRunner(study, (setting, sampleSize, seed) -> {
            rows = SpreadRows.of(context, new SpreadKey(studyText, new FitKey(setting.id(), sampleSize, seed)));
            return rows;
        });
    }

    /**
     * Makes one fit, and tells what it took.
     *
     * @throws dev.ratelab.data.RowsLostException if a pass failed for good
     */
    FitRow run(FitKey key) {
        rows = null;
        try {
            FitRow row = runner.run(key);
            // For people: such a fit takes minutes, and the progress bar counts fits.
            messages.printf(
                    Locale.ROOT,
                    "%s, n = %d, seed %d: %d passes over the rows in %.1f s%n",
                    key.setting(),
                    key.sampleSize(),
                    key.seed(),
                    rows == null ? 0 : rows.passes(),
                    row.provenance().fitMillis() / 1000);
            return row;
        } finally {
            if (rows != null) {
                rows.release();
            }
        }
    }
}
