package dev.ratelab.plan;

import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a few fits of a plan on this machine and throws them away, for their times. Of each setting it takes the smallest, the middle
 * and the largest sample size, in turns, small ones first, until the time is up; the first time of each, when the JVM is cold, counts
 * only if there is no other.
 */
public final class Calibration {
    private static final double NANOS_PER_SECOND = 1e9;

    private Calibration() {}

    /**
     * Times of fits.
     *
     * @param plan the fits to choose from
     * @param seconds no fit is begun after this time, nor one that would take longer than what is left, as far as that is known
     */
    public static List<SettingTimes> of(Study study, Plan plan, double seconds) {
        FitRunner runner = new FitRunner(study);
        List<FitKey> cells = cells(plan);
        Map<FitKey, List<SettingTimes>> times = new TreeMap<>();
        CostModel guess = CostModel.defaults(study);
        long start = System.nanoTime();
        boolean more = !cells.isEmpty();
        for (int seed = 1; more; seed++) {
            more = false;
            for (FitKey cell : cells) {
                double left = seconds - (System.nanoTime() - start) / NANOS_PER_SECOND;
                List<SettingTimes> ofCell = times.computeIfAbsent(cell, key -> new ArrayList<>());
                double expected = ofCell.isEmpty()
                        ? guess.millis(setting(study, cell), cell.sampleSize())
                        : ofCell.get(ofCell.size() - 1).millis();
                if (expected < 1000 * left) {
                    FitRow row = runner.run(new FitKey(cell.setting(), cell.sampleSize(), seed));
                    ofCell.addAll(SettingTimes.of(List.of(row), ofCell.isEmpty() ? 1 : 0));
                    more = true;
                }
            }
        }
        return SettingTimes.sum(times.values().stream().flatMap(List::stream).toList());
    }

    private static Setting setting(Study study, FitKey cell) {
        return study.settings().stream()
                .filter(setting -> setting.id().equals(cell.setting()))
                .findFirst()
                .orElseThrow();
    }

    /** Up to three sizes of each setting with fits to make, by size. */
    private static List<FitKey> cells(Plan plan) {
        Map<String, TreeSet<Integer>> sizes = new TreeMap<>();
        for (PlannedFit fit : plan.fits()) {
            sizes.computeIfAbsent(fit.key().setting(), setting -> new TreeSet<>())
                    .add(fit.key().sampleSize());
        }
        List<FitKey> cells = new ArrayList<>();
        sizes.forEach((setting, all) -> {
            List<Integer> sorted = new ArrayList<>(all);
            for (int size : new TreeSet<>(List.of(sorted.get(0), sorted.get(sorted.size() / 2), all.last()))) {
                cells.add(new FitKey(setting, size, 1));
            }
        });
        cells.sort((a, b) ->
                a.sampleSize() != b.sampleSize() ? Integer.compare(a.sampleSize(), b.sampleSize()) : a.compareTo(b));
        return cells;
    }
}
