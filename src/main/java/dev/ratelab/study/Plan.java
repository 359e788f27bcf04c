package dev.ratelab.study;

import dev.ratelab.fit.StartOptions;
import dev.ratelab.model.Block;
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
 * <p>The predicted cost of a fit is {@code B ceil(n / B) (k (1 + d))^2 starts} with {@code B} the {@linkplain
 * Block#ROWS rows of a block}, the unit being about one multiplication of a pass over the Hessian: passes work on whole
 * blocks and fill a matrix of about {@code k (1 + d)} parameters a side, once a start. The number of passes is left
 * out. Costs compare fits, they are not times.
 *
 * @param fits the fits to make, by falling cost, ties by key
 * @param total number of fits of the study, stored or not
 */
public record Plan(List<PlannedFit> fits, int total) {
    private static final Comparator<PlannedFit> LONGEST_FIRST =
            Comparator.comparingDouble(PlannedFit::predictedCost).reversed().thenComparing(PlannedFit::key);

    public Plan {
        fits = List.copyOf(fits);
    }

    /**
     * Plans a study, with the most seeds that a setting may get if they are adaptive.
     *
     * @param stored keys of the fits that are stored; those of other studies, or beyond the grid, are ignored; not
     * modified
     * @throws ArithmeticException if the study has more than {@link Integer#MAX_VALUE} fits
     */
    public static Plan of(Study study, Set<FitKey> stored) {
        return of(study, stored, setting -> study.grid().seeds());
    }

    /**
     * Plans a study with a number of seeds for each setting.
     *
     * @param stored as above
     * @param seeds number of seeds of a setting, at least 1
     * @throws ArithmeticException if there are more than {@link Integer#MAX_VALUE} fits
     */
    public static Plan of(Study study, Set<FitKey> stored, ToIntFunction<Setting> seeds) {
        Grid grid = study.grid();
        List<Setting> settings = study.settings();
        int total = 0;
        List<PlannedFit> fits = new ArrayList<>();
        for (Setting setting : settings) {
            int count = seeds.applyAsInt(setting);
            total = Math.addExact(total, Math.multiplyExact(grid.sampleSizes().size(), count));
            for (int sampleSize : grid.sampleSizes()) {
                int rows = study.rows(setting, sampleSize);
                double cost = predictedCost(
                        setting.fittedExperts(), study.truth(setting).model().dimension(), rows, study.starts());
                for (int seed = 1; seed <= count; seed++) {
                    FitKey key = new FitKey(setting.id(), sampleSize, seed);
                    if (!stored.contains(key)) {
                        fits.add(new PlannedFit(key, cost));
                    }
                }
            }
        }
        fits.sort(LONGEST_FIRST);
        return new Plan(fits, total);
    }

    /** Predicted cost of one fit of {@code experts} experts to {@code sampleSize} rows of {@code dimension} inputs. */
    static double predictedCost(int experts, int dimension, int sampleSize, StartOptions starts) {
        double rows = Math.ceil(sampleSize / (double) Block.ROWS) * Block.ROWS;
        double side = experts * (1.0 + dimension);
        return rows * side * side * (starts.oracle() + (double) starts.random());
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

    /** Sum of the predicted costs of the fits to make. */
    public double predictedCost() {
        double sum = 0;
        for (PlannedFit fit : fits) {
            sum += fit.predictedCost();
        }
        return sum;
    }

    /**
     * Packs the fits into tasks, in order: a fit of at least {@code leastCost} makes a task of its own, smaller ones
     * are put together until they reach it. Only the last task may cost less.
     *
     * @param leastCost smallest cost of a task, in the units of {@link PlannedFit#predictedCost}; at least 0
     */
    public List<FitTask> tasks(double leastCost) {
        requireCost("least cost of a task", leastCost);
        List<FitTask> tasks = new ArrayList<>();
        List<PlannedFit> pending = new ArrayList<>();
        double cost = 0;
        for (PlannedFit fit : fits) {
            pending.add(fit);
            cost += fit.predictedCost();
            if (cost >= leastCost) {
                tasks.add(new FitTask(pending));
                pending.clear();
                cost = 0;
            }
        }
        if (!pending.isEmpty()) {
            tasks.add(new FitTask(pending));
        }
        return tasks;
    }

    /**
     * The tasks of the next wave: the first ones, until they reach {@code waveCost}. At least one, unless there are none.
     *
     * @param tasks not modified
     * @param waveCost cost at which a wave is full; at least 0
     */
    public static List<FitTask> nextWave(List<FitTask> tasks, double waveCost) {
        requireCost("cost of a wave", waveCost);
        double cost = 0;
        for (int t = 0; t < tasks.size(); t++) {
            cost += tasks.get(t).predictedCost();
            if (cost >= waveCost) {
                return List.copyOf(tasks.subList(0, t + 1));
            }
        }
        return List.copyOf(tasks);
    }

    private static void requireCost(String what, double cost) {
        if (!(cost >= 0)) {
            throw new IllegalArgumentException(what + " = " + cost + " must be a number >= 0");
        }
    }
}
