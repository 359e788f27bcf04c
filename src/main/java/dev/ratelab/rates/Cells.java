package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Summaries of cells. This class is thread-safe. */
public final class Cells {
    private Cells() {}

    /**
     * Summarises every loss of every cell in every population.
     *
     * @param fits in any order; the result has the same bits for each. Not modified
     * @return sorted by setting, by loss in the order of its first appearance in the fits sorted by sample size and
     *     seed, by sample size, and by population
     * @throws IllegalArgumentException if two fits have the same setting, sample size and seed
     */
    public static List<CellSummary> compute(List<FitRow> fits) {
        List<CellSummary> summaries = new ArrayList<>();
        for (List<FitRow> rows : Observation.bySetting(fits).values()) {
            for (LossName metric : Observation.metrics(rows)) {
                summaries.addAll(summarise(Observation.of(rows, metric)));
            }
        }
        return summaries;
    }

    /**
     * Summarises one loss of one setting.
     *
     * @param observations in any order, all of the same setting and metric; not modified
     * @return sorted by sample size, then by population
     * @throws IllegalArgumentException if two observations have the same sample size and seed
     */
    public static List<CellSummary> summarise(List<Observation> observations) {
        LossTable table = LossTable.of(observations);
        List<CellSummary> summaries = new ArrayList<>();
        for (List<Observation> cell : table.cells()) {
            for (Population population : Population.values()) {
                summaries.add(summarise(cell, population));
            }
        }
        return summaries;
    }

    private static CellSummary summarise(List<Observation> cell, Population population) {
        int failures = 0;
        int undefined = 0;
        for (Observation observation : cell) {
            if (observation.failed()) {
                failures++;
            } else if (!observation.usable()) {
                undefined++;
            }
        }
        double[] losses = losses(cell, population, LossTable.worst(cell));
        double[] sorted = SampleStatistics.sorted(losses);
        double mean = SampleStatistics.mean(losses, losses.length);
        double[] interval = SampleStatistics.wilson(failures, cell.size());
        return new CellSummary(
                cell.get(0).setting(),
                cell.get(0).metric(),
                cell.get(0).sampleSize(),
                population,
                cell.size(),
                failures,
                undefined,
                losses.length,
                mean,
                Math.sqrt(SampleStatistics.varianceOfMean(losses, losses.length, mean)),
                SampleStatistics.quantile(sorted, 0.5),
                SampleStatistics.trimmedMean(sorted),
                SampleStatistics.quantile(sorted, 0.05),
                SampleStatistics.quantile(sorted, 0.25),
                SampleStatistics.quantile(sorted, 0.75),
                SampleStatistics.quantile(sorted, 0.95),
                (double) failures / cell.size(),
                interval[0],
                interval[1]);
    }

    /** The losses of a population in the order of the seeds. */
    private static double[] losses(List<Observation> cell, Population population, double worst) {
        double[] losses = new double[cell.size()];
        int count = 0;
        for (Observation observation : cell) {
            double value = population.loss(observation, worst);
            if (Double.isFinite(value)) {
                losses[count++] = value;
            }
        }
        return Arrays.copyOf(losses, count);
    }
}
