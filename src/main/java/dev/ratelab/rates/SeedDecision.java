package dev.ratelab.rates;

import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.study.AdaptiveSeeds;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many seeds a setting gets in a study whose number of seeds is {@linkplain AdaptiveSeeds adaptive}.
 *
 * <p>A decision is a function of the stored fits alone, and of no more of them than it asks for: the ladder of numbers of seeds is gone
 * through from its beginning, each step looking only at the fits up to its own number. So it does not matter how, or in how many runs,
 * the fits were made, nor whether the store holds more than was asked for.
 *
 * @param setting id of the setting
 * @param seeds number of seeds that the setting is to have, as far as is known
 * @param slopeError standard error of the slope of log mean loss on log n from these seeds, a jackknife over seeds; {@code NaN} if it is
 *     undefined or fits are missing
 * @param state why it is this number
 */
public record SeedDecision(String setting, int seeds, double slopeError, State state) {

    /** What a number of seeds rests on. */
    public enum State {
        /** Fits with these seeds are missing; how it goes on is decided when they are there. */
        OPEN("open"),
        /** The standard error is at most the target. */
        MET("met"),
        /** The most seeds are made, and the standard error is above the target. */
        MISSED("missed"),
        /** No fit has the loss, so more seeds would not help. */
        NO_LOSS("no-loss");

        private final String id;

        State(String id) {
            this.id = id;
        }

        /** The name used in reports. */
        public String id() {
            return id;
        }
    }

    /**
     * The decisions for all settings of a study with adaptive seeds.
     *
     * @param study its seeds must be adaptive
     * @param fits what is stored, in any order; fits of other settings, sizes and seeds are ignored. Not modified
     * @return by id of the setting, in the order of the grid
     */
    public static Map<String, SeedDecision> of(Study study, List<FitRow> fits) {
        AdaptiveSeeds rule = study.grid().adaptive().orElseThrow();
        SortedMap<FitKey, FitRow> stored = new TreeMap<>();
        for (FitRow fit : fits) {
            stored.put(fit.key(), fit);
        }
        Map<String, SeedDecision> decisions = new LinkedHashMap<>();
        for (Setting setting : study.settings()) {
            decisions.put(setting.id(), of(setting.id(), study.grid().sampleSizes(), rule, stored));
        }
        return decisions;
    }

    private static SeedDecision of(
            String setting, List<Integer> sizes, AdaptiveSeeds rule, SortedMap<FitKey, FitRow> stored) {
        int seeds = AdaptiveSeeds.INITIAL;
        while (true) {
            List<FitRow> rows = new ArrayList<>();
            for (int size : sizes) {
                for (int seed = 1; seed <= seeds; seed++) {
                    FitRow row = stored.get(new FitKey(setting, size, seed));
                    if (row == null) {
                        return new SeedDecision(setting, seeds, Double.NaN, State.OPEN);
                    }
                    rows.add(row);
                }
            }
            List<Observation> observations = Observation.of(rows, rule.metric());
            if (!usableAtEverySize(observations, sizes)) {
                return new SeedDecision(setting, seeds, Double.NaN, State.NO_LOSS);
            }
            double error = slopeError(observations);
            if (error <= rule.targetSlopeError()) {
                return new SeedDecision(setting, seeds, error, State.MET);
            }
            if (seeds == rule.max()) {
                return new SeedDecision(setting, seeds, error, State.MISSED);
            }
            seeds = rule.next(seeds, error);
        }
    }

    /** Whether each size has a positive loss: without one there is no slope, and more seeds are of no use. */
    private static boolean usableAtEverySize(List<Observation> observations, List<Integer> sizes) {
        return sizes.stream().allMatch(size -> observations.stream()
                .anyMatch(one -> one.sampleSize() == size && one.usable() && one.value() > 0));
    }

    /**
     * Jackknife standard error over seeds of the slope of {@link RateFit}; {@code NaN} if there are fewer than three losses at a
     * size, or the slope without one of the seeds is undefined.
     */
    static double slopeError(List<Observation> observations) {
        LossTable table = LossTable.of(observations);
        double[][] losses = table.losses(table.seeds());
        if (!RateFit.hasEnough(losses)) {
            return Double.NaN;
        }
        double[] logSizes = table.logSizes();
        int seeds = losses[0].length;
        double[] slopes = new double[seeds];
        for (int g = 0; g < seeds; g++) {
            slopes[g] = PowerLaw.fit(logSizes, losses, g).line().slope();
        }
        // The squared standard error of a mean is sum / (G - 1) / G, that of a jackknife sum (G - 1) / G.
        double mean = SampleStatistics.mean(slopes, seeds);
        double error = (seeds - 1) * Math.sqrt(SampleStatistics.varianceOfMean(slopes, seeds, mean));
        return Double.isFinite(error) ? error : Double.NaN;
    }
}
