package dev.ratelab.plan;

import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How long the fits of one setting and sample size took. A wave's manifest has them, so that times can be predicted without reading
 * the fits. Fits are cold or warm: those of the first seconds of a JVM take several times as long as the same ones later.
 *
 * @param setting id of the setting
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param fittedExperts number of fitted experts
 * @param sampleSize number of rows n
 * @param fits number of fits, at least 1
 * @param millis sum of their times on one core, milliseconds
 * @param warmFits how many of them were made in a warm JVM; 0 in manifests from before it was recorded
 * @param warmMillis sum of the times of these, milliseconds
 */
public record SettingTimes(
        String setting,
        String gate,
        String expert,
        int fittedExperts,
        int sampleSize,
        int fits,
        double millis,
        int warmFits,
        double warmMillis) {

    /**
     * The times of fits by cell, in the order of their keys.
     *
     * @param rows the fits, in the order in which they were made; not modified
     * @param cold how many of the first ones were made while their JVM was cold
     */
    public static List<SettingTimes> of(List<FitRow> rows, int cold) {
        List<SettingTimes> fits = new ArrayList<>(rows.size());
        for (FitRow row : rows) {
            boolean warm = fits.size() >= cold;
            fits.add(new SettingTimes(
                    row.setting(),
                    row.fitted().gate(),
                    row.fitted().expert(),
                    row.fitted().fittedExperts(),
                    row.sampleSize(),
                    1,
                    row.provenance().fitMillis(),
                    warm ? 1 : 0,
                    warm ? row.provenance().fitMillis() : 0));
        }
        return sum(fits);
    }

    /** The times of several lists by cell, in the order of their keys. */
    public static List<SettingTimes> sum(List<SettingTimes> parts) {
        TreeMap<FitKey, SettingTimes> cells = new TreeMap<>();
        for (SettingTimes part : parts) {
            cells.merge(new FitKey(part.setting, part.sampleSize, 1), part, SettingTimes::plus);
        }
        return new ArrayList<>(cells.values());
    }

    private SettingTimes plus(SettingTimes other) {
        return new SettingTimes(
                setting,
                gate,
                expert,
                fittedExperts,
                sampleSize,
                fits + other.fits,
                millis + other.millis,
                warmFits + other.warmFits,
                warmMillis + other.warmMillis);
    }

    /**
     * The times on one core of fits that each took all of several.
     *
     * @param cores at least 1
     */
    public SettingTimes madeOn(int cores) {
        return new SettingTimes(
                setting, gate, expert, fittedExperts, sampleSize, fits, cores * millis, warmFits, cores * warmMillis);
    }

    /** Mean time of a fit, of the warm ones if there are any, milliseconds. */
    double meanMillis() {
        return warmFits > 0 ? warmMillis / warmFits : millis / fits;
    }
}
