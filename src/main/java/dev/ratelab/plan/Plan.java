package dev.ratelab.plan;

import dev.ratelab.run.FitKey;
import dev.ratelab.study.Grid;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What is still to be fitted: the fits of a study less those stored, longest first. The same study and store give the
 * same plan.
 *
 * @param fits the fits to make, by falling predicted time ({@link CostModel}), ties by key
 * @param total number of fits of the study, stored or not
 */
public record Plan(List<PlannedFit> fits, int total) {
    private static final Comparator<PlannedFit> LONGEST_FIRST =
            Comparator.comparingDouble(PlannedFit::predictedMillis).reversed().thenComparing(PlannedFit::key);

    public Plan {
        fits = List.copyOf(fits);
    }

    /**
     * Plans a study by the default costs, with the most seeds that a setting may get if they are adaptive.
     *
     * @param stored keys of the fits that are stored; those of other studies, or beyond the grid, are ignored; not
     * modified
     * @throws ArithmeticException if the study has more than {@link Integer#MAX_VALUE} fits
     */
    public static Plan of(Study study, Set<FitKey> stored) {
        return of(study, stored, setting -> study.grid().seeds());
    }

    /**
     * Plans a study by the default costs, with a number of seeds for each setting.
     *
     * @param stored as above
     * @param seeds number of seeds of a setting, at least 1
     * @throws ArithmeticException if there are more than {@link Integer#MAX_VALUE} fits
     */
    public static Plan of(Study study, Set<FitKey> stored, ToIntFunction<Setting> seeds) {
        return of(study, CostModel.defaults(study), stored, seeds);
    }

    /**
     * Plans a study by what fits are known to take.
     *
     * @param costs predicts the times of fits; their order depends on it, not which fits there are
     * @param stored as above
     * @param seeds as above
     * @throws ArithmeticException if there are more than {@link Integer#MAX_VALUE} fits
     */
    public static Plan of(Study study, CostModel costs, Set<FitKey> stored, ToIntFunction<Setting> seeds) {
        Grid grid = study.grid();
        List<Setting> settings = study.settings();
        int total = 0;
        List<PlannedFit> fits = new ArrayList<>();
        for (Setting setting : settings) {
            int count = seeds.applyAsInt(setting);
            total = Math.addExact(total, Math.multiplyExact(grid.sampleSizes().size(), count));
            for (int sampleSize : grid.sampleSizes()) {
                double millis = costs.millis(setting, sampleSize);
                for (int seed = 1; seed <= count; seed++) {
                    FitKey key = new FitKey(setting.id(), sampleSize, seed);
                    if (!stored.contains(key)) {
                        fits.add(new PlannedFit(key, millis));
                    }
                }
            }
        }
        fits.sort(LONGEST_FIRST);
        return new Plan(fits, total);
    }

    /** The fits to more rows than one process may hold, in order: each is made by all executors together. */
    public List<PlannedFit> spread(Study study) {
        return fits.stream()
                .filter(fit -> study.exceedsMemory(fit.key().sampleSize()))
                .toList();
    }

    /** The most memory that the rows of one of the other fits take, bytes. */
    public long rowBytes(Study study) {
        Map<String, Setting> settings = study.settings().stream().collect(Collectors.toMap(Setting::id, s -> s));
        long most = 0;
        for (PlannedFit fit : fits) {
            most = Math.max(
                    most,
                    study.rowBytes(settings.get(fit.key().setting()), fit.key().sampleSize()));
        }
        return most;
    }

    /** This plan with the other fits only: each is made within one process. */
    public Plan inMemory(Study study) {
        return new Plan(
                fits.stream()
                        .filter(fit -> !study.exceedsMemory(fit.key().sampleSize()))
                        .toList(),
                total);
    }

    /** What is left of this plan when it has been carried out: nothing. */
    public Plan done() {
        return new Plan(List.of(), total);
    }

    /** Number of fits of the study that are stored. */
    public int stored() {
        return total - fits.size();
    }

    /** Sum of the predicted times of the fits to make, milliseconds. */
    public double predictedMillis() {
        return PlannedFit.totalMillis(fits);
    }
}
