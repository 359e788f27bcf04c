package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One loss of one fit.
 *
 * @param setting id of all coordinates but sample size and seed
 * @param metric the loss
 * @param sampleSize number of rows n, at least 1
 * @param seed seed number
 * @param certified whether the fit is certified
 * @param value the loss; {@code NaN} if it is undefined for this fit
 */
public record Observation(String setting, LossName metric, int sampleSize, int seed, boolean certified, double value) {

    /** By sample size, then by seed: the order of all sums. */
    static final Comparator<Observation> BY_SIZE_AND_SEED =
            Comparator.comparingInt(Observation::sampleSize).thenComparingInt(Observation::seed);

    public Observation {
        if (sampleSize < 1) {
            throw new IllegalArgumentException("sample size = " + sampleSize + " must be at least 1");
        }
    }

    /** Whether the loss enters the certified population: the fit is certified and its loss a finite number. */
    public boolean usable() {
        return certified && Double.isFinite(value);
    }

    /** Whether this is a failure: the fit is not certified or its loss is infinite. An undefined loss is no failure. */
    public boolean failed() {
        return !certified || Double.isInfinite(value);
    }

    /** Fits by setting in the order of the setting's id, each list sorted by sample size and seed. */
    static SortedMap<String, List<FitRow>> bySetting(List<FitRow> fits) {
        SortedMap<String, List<FitRow>> settings = new TreeMap<>();
        for (FitRow fit : fits) {
            settings.computeIfAbsent(fit.setting(), setting -> new ArrayList<>())
                    .add(fit);
        }
        for (List<FitRow> rows : settings.values()) {
            rows.sort(Comparator.comparingInt(FitRow::sampleSize).thenComparingInt(FitRow::seed));
        }
        return settings;
    }

    /** The losses of sorted fits in the order of their first appearance. */
    static Set<LossName> metrics(List<FitRow> sorted) {
        Set<LossName> metrics = new LinkedHashSet<>();
        for (FitRow fit : sorted) {
            metrics.addAll(fit.losses().keySet());
        }
        return metrics;
    }

    /** One loss of sorted fits of one setting. A loss that is absent or null is undefined. */
    static List<Observation> of(List<FitRow> sorted, LossName metric) {
        List<Observation> observations = new ArrayList<>(sorted.size());
        for (FitRow fit : sorted) {
            Double value = fit.losses().get(metric);
            observations.add(new Observation(
                    fit.setting(),
                    metric,
                    fit.sampleSize(),
                    fit.seed(),
                    fit.status().certified(),
                    value == null ? Double.NaN : value));
        }
        return observations;
    }
}
