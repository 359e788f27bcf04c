package dev.ratelab.plan;

import dev.ratelab.study.Study;

/**
 * How long a run will take.
 *
 * @param cores cores that make fits
 * @param coreSeconds predicted time of all fits
 * @param wallSeconds predicted time of the run, from the command to its end: start-up, the fits on the cores, summaries
 * @param basis what the times of the fits rest on
 */
public record PredictedRun(int cores, double coreSeconds, double wallSeconds, String basis) {
    /** Start of the JVM and of Spark, and its end, on two cores of an AMD EPYC virtual machine. */
    private static final double SECONDS_WITHOUT_FITS = 6;

    /** What a JVM that is cold takes longer for its first fits, on each core. */
    private static final double COLD_SECONDS = 1;

    /** What Spark, commits and the garbage collector take of the cores beside the fits. */
    private static final double OVERHEAD = 0.03;

    /** Time by which a fit makes the summaries longer, and that by which a slope does each time that it is fitted. */
    private static final double SUMMARY_SECONDS_OF_A_FIT = 2e-5;

    private static final double SLOPE_SECONDS = 1.2e-7;

    /**
     * Predicts the run of a plan: first the spread fits, each on all cores, then the others, each on one. The summaries take time by the
     * number of fits and, for the jackknife over seeds, by its square over the number of sample sizes.
     *
     * @param cores at least 1
     */
    public static PredictedRun of(Study study, Plan plan, CostModel costs, int cores) {
        Plan inMemory = plan.inMemory(study);
        double spread = (plan.predictedMillis() - inMemory.predictedMillis()) / cores;
        double makespan = Schedule.of(inMemory, cores, Double.POSITIVE_INFINITY).makespanMillis(cores);
        double fitsOfSetting = plan.total() / (double) study.settings().size();
        double slopes =
                plan.total() * fitsOfSetting / study.grid().sampleSizes().size();
        double wall = SECONDS_WITHOUT_FITS
                + COLD_SECONDS
                + (1 + OVERHEAD) * (spread + makespan) / 1000
                + SUMMARY_SECONDS_OF_A_FIT * plan.total()
                + SLOPE_SECONDS * slopes;
        return new PredictedRun(cores, plan.predictedMillis() / 1000, wall, costs.basis());
    }
}
