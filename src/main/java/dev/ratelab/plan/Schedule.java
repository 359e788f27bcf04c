package dev.ratelab.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which fits share a task, and the order of the tasks.
 *
 * <p>First comes a warm-up: every second one of the smallest fits, so that a cold JVM compiles the passes while little depends on it, and the
 * times of large fits, from which those of larger ones are predicted, are warm. Then come all others, longest first. A task is to take a share of what
 * is left to do on a core: the first ones are long, as each costs Spark some milliseconds between two, and the last ones short, so that
 * cores end together even where times were predicted badly.
 *
 * @param tasks every fit of the plan once
 */
public record Schedule(List<FitTask> tasks) {
    /** Predicted time of a task that is not the last one at least, milliseconds: a task costs Spark up to five. */
    private static final double LEAST_MILLIS = 50;

    /** Predicted time that a task is filled to at most, milliseconds. */
    private static final double MOST_MILLIS = 1000;

    /** Tasks into which the rest of the work of each core would be cut if all had the same length. */
    private static final double TASKS_OF_THE_REST = 8;

    /** Predicted time of the warm-up on each core at most, milliseconds, and as a share of all work. */
    private static final double WARM_UP_MILLIS = 1000;

    private static final double WARM_UP_SHARE = 0.15;

    /** Of the smallest fits one in so many is part of the warm-up: the times of the others are warm. */
    private static final int WARM_UP_STEP = 2;

    public Schedule {
        tasks = List.copyOf(tasks);
    }

    /**
     * The schedule of a plan.
     *
     * @param cores cores that make fits, at least 1
     * @param mostMillis predicted time beyond which no second fit joins a task, milliseconds, positive
     */
    public static Schedule of(Plan plan, int cores, double mostMillis) {
        if (cores < 1) {
            throw new IllegalArgumentException("cores = " + cores + " must be at least 1");
        }
        if (!(mostMillis > 0)) {
            throw new IllegalArgumentException("longest time of a task = " + mostMillis + " must be positive");
        }
        double most = Math.min(MOST_MILLIS, mostMillis);
        double least = Math.min(LEAST_MILLIS, most);
        List<PlannedFit> warmUp = warmUp(plan, cores, least);
        Set<PlannedFit> early = new HashSet<>(warmUp);
        List<PlannedFit> others =
                plan.fits().stream().filter(fit -> !early.contains(fit)).toList();
        List<FitTask> tasks = new ArrayList<>();
        pack(warmUp, cores, least, least, tasks);
        pack(others, cores, least, most, tasks);
        return new Schedule(tasks);
    }

    /**
     * Some of the smallest fits, by rising predicted time, none longer than a short task. They take no longer than cores have to
     * spare while one of them makes the longest fit.
     */
    private static List<PlannedFit> warmUp(Plan plan, int cores, double longestMillis) {
        List<PlannedFit> fits = plan.fits();
        if (fits.isEmpty()) {
            return List.of();
        }
        double total = plan.predictedMillis();
        double spare = total - cores * fits.get(0).predictedMillis();
        double left = Math.min(Math.min(cores * WARM_UP_MILLIS, WARM_UP_SHARE * total), spare);
        List<PlannedFit> chosen = new ArrayList<>();
        for (int i = fits.size() - 1; i >= 0; i -= WARM_UP_STEP) {
            PlannedFit fit = fits.get(i);
            left -= fit.predictedMillis();
            if (left < 0 || fit.predictedMillis() > longestMillis) {
                break;
            }
            chosen.add(fit);
        }
        return chosen;
    }

    /**
     * Adds tasks of some fits, in order. A task takes fits until it has its share of what is left, within limits; only the last one may
     * take less.
     */
    private static void pack(
            List<PlannedFit> fits, int cores, double leastMillis, double mostMillis, List<FitTask> tasks) {
        double left = 0;
        for (PlannedFit fit : fits) {
            left += fit.predictedMillis();
        }
        List<PlannedFit> pending = new ArrayList<>();
        double millis = 0;
        for (PlannedFit fit : fits) {
            pending.add(fit);
            millis += fit.predictedMillis();
            if (millis >= Math.max(leastMillis, Math.min(mostMillis, left / (TASKS_OF_THE_REST * cores)))) {
                tasks.add(new FitTask(pending));
                left -= millis;
                pending.clear();
                millis = 0;
            }
        }
        if (!pending.isEmpty()) {
            tasks.add(new FitTask(pending));
        }
    }

    /**
     * When the last task ends if each core that becomes free takes the next one, milliseconds; 0 if there are none.
     *
     * @param cores number of cores, at least 1
     */
    public double makespanMillis(int cores) {
        if (cores < 1) {
            throw new IllegalArgumentException("cores = " + cores + " must be at least 1");
        }
        // No more cores than tasks are ever busy.
        int busy = Math.min(cores, Math.max(1, tasks.size()));
        PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(busy, 0.0));
        double last = 0;
        for (FitTask task : tasks) {
            double end = free.remove() + task.predictedMillis();
            free.add(end);
            last = Math.max(last, end);
        }
        return last;
    }
}
