package dev.ratelab.launch;

import dev.ratelab.run.FitRow;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.study.Study;
import dev.ratelab.testing.SmallStudy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Runs of {@code studies/small.conf} through the launcher, and what they must store.
 *
 * @param overrides changes of the study, {@code key=value}
 */
record SmallRun(List<String> overrides) {

    static SmallRun with(String... overrides) {
        return new SmallRun(List.of(overrides));
    }

    Study study() {
        return SmallStudy.with(overrides.toArray(new String[0]));
    }

    /**
     * The command {@code run} with its arguments.
     *
     * @param options of spark-submit; none for a run on this machine
     */
    String[] command(Path store, double waveSeconds, String... options) {
        List<String> command = new ArrayList<>(List.of(options));
        if (!command.isEmpty()) {
            command.add("--");
        }
        command.addAll(List.of(
                "run",
                Script.home().resolve("src/test/resources/studies/small.conf").toString()));
        command.addAll(List.of("--out", store.toString(), "--wave-seconds", Double.toString(waveSeconds)));
        overrides.forEach(override -> command.addAll(List.of("--set", override)));
        return command.toArray(new String[0]);
    }

    /** The fits that a plain loop makes, without times and hosts. */
    List<FitRow> inAPlainLoop() {
        return withoutTimesAndHosts(SmallStudy.inAPlainLoop(study()));
    }

    /** The fits of a store in the order of their keys, without times and hosts. */
    static List<FitRow> stored(Path store) {
        return withoutTimesAndHosts(new Store(spark(), new StoreLayout(store)).fitRows());
    }

    private static List<FitRow> withoutTimesAndHosts(List<FitRow> rows) {
        return rows.stream().map(SmallStudy::withoutTimesAndHosts).toList();
    }

    /** The session of this JVM, which reads what others have written; it ends with the JVM. */
    private static SparkSession spark() {
        return SparkSession.builder()
                .master("local[1]")
                .appName("test")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }
}
