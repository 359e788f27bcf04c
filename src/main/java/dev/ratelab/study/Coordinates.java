package dev.ratelab.study;

import dev.ratelab.data.Truth;
import java.util.Map;

/**
 * Canonical key strings of random streams. Callers add the purpose, and the row or the number of the start.
 *
 * <p>A key holds what its random numbers may depend on and nothing else: two settings with one truth see the same data,
 * and nothing moves when a grid grows or a study is renamed.
 */
public final class Coordinates {
    private Coordinates() {}

    /**
     * Key of a data set: base seed, truth with its problem, sample size unless samples are nested, and seed.
     *
     * @param seed seed number, from 1
     */
    public static String dataKey(Study study, Truth truth, int sampleSize, int seed) {
        return common(study, truth) + (study.nested() ? "" : ";n=" + sampleSize) + ";seed=" + seed;
    }

    /**
     * Key of the starts of a fit: that of its data, and fitted gate, expert family, number of experts and, nested or
     * not, the sample size. Bounds, stop rule and numbers of starts do not move a start.
     */
    public static String startKey(Study study, Setting setting, int sampleSize, int seed) {
        return common(study, study.truth(setting, sampleSize)) + ";gate="
                + setting.gate().id() + ";expert=" + setting.expert().id() + ";experts=" + setting.fittedExperts()
                + ";n=" + sampleSize + ";seed=" + seed;
    }

    private static String common(Study study, Truth truth) {
        StringBuilder key = new StringBuilder("base-seed=").append(study.baseSeed());
        for (Map.Entry<String, String> entry : TruthText.identity(truth).entrySet()) {
            key.append(';').append(entry.getKey()).append('=').append(entry.getValue());
        }
        return key.toString();
    }
}
