package dev.ratelab.study;

/**
 * How long a run will take.
 *
 * @param cores cores that make fits
 * @param coreSeconds predicted time of all fits
 * @param wallSeconds predicted time of the run, from the command to its end: start-up, the fits on the cores, summaries
 * @param basis what the times of the fits rest on
 */
public record PredictedRun(int cores, double coreSeconds, double wallSeconds, String basis) {
    /** Predicted time of a task at least, milliseconds: a task costs Spark one or two. */
    public static final double TASK_MILLIS = 200;

    /** Start of the JVM and of Spark, last commit and summaries, on two cores of an AMD EPYC virtual machine. */
    private static final double SECONDS_WITHOUT_FITS = 9;

    /** What Spark, commits and the garbage collector take of the cores beside the fits. */
    private static final double OVERHEAD = 0.03;

    /**
     * Predicts the run of a plan: first the spread fits, each on all cores, then the others, each on one.
     *
     * @param cores at least 1
     */
    public static PredictedRun of(Study study, Plan plan, CostModel costs, int cores) {
        Plan inMemory = plan.inMemory(study);
        double spread = (plan.predictedMillis() - inMemory.predictedMillis()) / cores;
        double fits = (spread + Plan.makespanMillis(inMemory.tasks(TASK_MILLIS), cores)) / 1000;
        return new PredictedRun(
                cores, plan.predictedMillis() / 1000, SECONDS_WITHOUT_FITS + (1 + OVERHEAD) * fits, costs.basis());
    }
}
