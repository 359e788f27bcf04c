package dev.ratelab.rates;

import dev.ratelab.math.Elementary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The observations of one loss in one setting, by sample size and seed.
 *
 * @param cells for each sample size, ascending: its observations, sorted by seed
 */
record LossTable(List<List<Observation>> cells) {

    /**
     * Sorts observations.
     *
     * @param observations in any order, all of the same setting and metric; not modified
     * @throws IllegalArgumentException if setting or metric differ, or sample size and seed are repeated
     */
    static LossTable of(List<Observation> observations) {
        List<Observation> sorted = new ArrayList<>(observations);
        sorted.sort(Observation.BY_SIZE_AND_SEED);
        List<List<Observation>> cells = new ArrayList<>();
        Observation previous = null;
        for (Observation next : sorted) {
            if (previous != null
                    && !(previous.setting().equals(next.setting())
                            && previous.metric().equals(next.metric()))) {
                throw new IllegalArgumentException("observations of " + previous.setting() + " " + previous.metric()
                        + " and of " + next.setting() + " " + next.metric() + " in one table");
            }
            if (previous == null || previous.sampleSize() != next.sampleSize()) {
                cells.add(new ArrayList<>());
            } else if (previous.seed() == next.seed()) {
                throw new IllegalArgumentException("two fits of setting " + next.setting() + " at sample size "
                        + next.sampleSize() + " and seed " + next.seed());
            }
            cells.get(cells.size() - 1).add(next);
            previous = next;
        }
        return new LossTable(cells);
    }

    /** The sample sizes, ascending. */
    List<Integer> sampleSizes() {
        return cells.stream().map(cell -> cell.get(0).sampleSize()).toList();
    }

    /** Their logarithms. */
    double[] logSizes() {
        return cells.stream()
                .mapToDouble(cell -> Elementary.log(cell.get(0).sampleSize()))
                .toArray();
    }

    /** Seeds that have a usable loss at any sample size, ascending. */
    int[] seeds() {
        return seeds(Observation::usable);
    }

    /** All seeds, ascending. */
    int[] allSeeds() {
        return seeds(observation -> true);
    }

    private int[] seeds(Predicate<Observation> counted) {
        return cells.stream()
                .flatMap(List::stream)
                .filter(counted)
                .mapToInt(Observation::seed)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The losses of certified fits, as {@link #losses(int[], Population)} gives them. */
    double[][] losses(int[] seeds) {
        return losses(seeds, Population.CERTIFIED);
    }

    /**
     * The losses of a population.
     *
     * @param seeds ascending; others are left out
     * @return one row a sample size and one column a seed; {@code NaN} where the population has no loss
     */
    double[][] losses(int[] seeds, Population population) {
        double[][] losses = new double[cells.size()][seeds.length];
        for (int s = 0; s < losses.length; s++) {
            Arrays.fill(losses[s], Double.NaN);
            double worst = worst(cells.get(s));
            for (Observation observation : cells.get(s)) {
                int column = Arrays.binarySearch(seeds, observation.seed());
                double value = population.loss(observation, worst);
                if (column >= 0 && Double.isFinite(value)) {
                    losses[s][column] = value;
                }
            }
        }
        return losses;
    }

    /** The largest finite loss of a cell, of a fit of any status; {@code NaN} if there is none. */
    static double worst(List<Observation> cell) {
        double worst = Double.NaN;
        for (Observation observation : cell) {
            double value = observation.value();
            if (Double.isFinite(value) && !(value <= worst)) {
                worst = value;
            }
        }
        return worst;
    }

    /** Share of fits at one sample size that did not fail. */
    double certifiedShare(int size) {
        return share(cells.get(size));
    }

    /** Share of all fits that did not fail. */
    double certifiedShare() {
        return share(cells.stream().flatMap(List::stream).toList());
    }

    private static double share(List<Observation> observations) {
        int good = 0;
        for (Observation observation : observations) {
            if (!observation.failed()) {
                good++;
            }
        }
        return (double) good / observations.size();
    }
}
