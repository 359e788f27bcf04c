package dev.ratelab.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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

    /** Number of fits of the study that are stored. */
    public int stored() {
        return total - fits.size();
    }

    /** Sum of the predicted times of the fits to make, milliseconds. */
    public double predictedMillis() {
        double sum = 0;
        for (PlannedFit fit : fits) {
            sum += fit.predictedMillis();
        }
        return sum;
    }

    /**
     * Packs the fits into tasks, in order: a fit of at least {@code leastMillis} makes a task of its own, smaller ones are put
     * together until they reach it. Only the last task may take less, so the last tasks are the smallest and cores end together.
     *
     * @param leastMillis smallest predicted time of a task, milliseconds; at least 0
     */
    public List<FitTask> tasks(double leastMillis) {
        if (!(leastMillis >= 0)) {
            throw new IllegalArgumentException("least time of a task = " + leastMillis + " must be a number >= 0");
        }
        List<FitTask> tasks = new ArrayList<>();
        List<PlannedFit> pending = new ArrayList<>();
        double millis = 0;
        for (PlannedFit fit : fits) {
            pending.add(fit);
            millis += fit.predictedMillis();
            if (millis >= leastMillis) {
                tasks.add(new FitTask(pending));
                pending.clear();
                millis = 0;
            }
        }
        if (!pending.isEmpty()) {
            tasks.add(new FitTask(pending));
        }
        return tasks;
    }

    /**
     * When the last of some tasks ends if each core that becomes free takes the next one, milliseconds; 0 for none.
     *
     * @param tasks not modified
     * @param cores number of cores, at least 1
     */
    public static double makespanMillis(List<FitTask> tasks, int cores) {
        if (cores < 1) {
            throw new IllegalArgumentException("cores = " + cores + " must be at least 1");
        }
        PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(cores, 0.0));
        double last = 0;
        for (FitTask task : tasks) {
            double end = free.remove() + task.predictedMillis();
            free.add(end);
            last = Math.max(last, end);
        }
        return last;
    }
}
