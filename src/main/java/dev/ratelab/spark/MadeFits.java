package dev.ratelab.spark;

import dev.ratelab.plan.SettingTimes;
import dev.ratelab.run.FitRow;
import java.io.Serializable;
import java.util.List;

/**
 * What a task has made.
 *
 * @param rows the fits, in the order in which they were made
 * @param cold how many of the first ones were made while the executor's JVM was cold, see {@link SettingTimes}
 */
record MadeFits(List<FitRow> rows, int cold) implements Serializable {

    MadeFits {
        rows = List.copyOf(rows);
    }

    /** Their times by cell. */
    List<SettingTimes> times() {
        return SettingTimes.of(rows, cold);
    }
}
