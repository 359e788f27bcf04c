package dev.ratelab.study;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How long the fits of one setting and sample size took. A wave's manifest has them, so that times can be predicted without reading
 * the fits.
 *
 * @param setting id of the setting
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param fittedExperts number of fitted experts
 * @param sampleSize number of rows n
 * @param fits number of fits, at least 1
 * @param millis sum of their times, milliseconds
 */
public record CellTimes(
        String setting, String gate, String expert, int fittedExperts, int sampleSize, int fits, double millis) {

    /** The times of fits by cell, in the order of their keys. */
    public static List<CellTimes> of(List<FitRow> rows) {
        TreeMap<FitKey, CellTimes> cells = new TreeMap<>();
        for (FitRow row : rows) {
            CellTimes one = new CellTimes(
                    row.setting(), row.gate(), row.expert(), row.fittedExperts(), row.sampleSize(), 1, row.fitMillis());
            cells.merge(cell(one), one, CellTimes::plus);
        }
        return new ArrayList<>(cells.values());
    }

    /** The times of several lists by cell, in the order of their keys. */
    public static List<CellTimes> sum(List<CellTimes> parts) {
        TreeMap<FitKey, CellTimes> cells = new TreeMap<>();
        for (CellTimes part : parts) {
            cells.merge(cell(part), part, CellTimes::plus);
        }
        return new ArrayList<>(cells.values());
    }

    private static FitKey cell(CellTimes times) {
        return new FitKey(times.setting, times.sampleSize, 1);
    }

    private CellTimes plus(CellTimes other) {
        return new CellTimes(
                setting, gate, expert, fittedExperts, sampleSize, fits + other.fits, millis + other.millis);
    }

    /** Mean time of a fit, milliseconds. */
    double meanMillis() {
        return millis / fits;
    }
}
