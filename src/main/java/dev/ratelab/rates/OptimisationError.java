package dev.ratelab.rates;

import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How often one kind of start alone ends in a worse optimum than the other, at one sample size of one setting. Both kinds see the same
 * data, so what they find differs by the error of the optimisation alone.
 *
 * <p>Compared are the log likelihoods of the best certified end points of either kind. Where a kind has none, it has found nothing that
 * could be compared: such fits are counted apart and are in no share.
 *
 * @param coordinates the setting
 * @param sampleSize number of rows n
 * @param fits number of data sets
 * @param compared those on which both kinds have a certified end point
 * @param withoutOracle those on which no start near the truth is certified
 * @param withoutRandom those on which no start from the data is certified
 * @param randomWorse share of the compared ones on which starts from the data end more than {@link #WORSE_NATS} below those near the truth;
 *     {@code NaN} if none is compared
 * @param oracleWorse share on which it is the other way round
 * @param randomDeficit median of by how many nats starts from the data end lower, over the data sets on which they are worse; {@code NaN}
 *     if there are none
 * @param oracleDeficit the same of starts near the truth
 */
public record OptimisationError(
        SettingCoordinates coordinates,
        int sampleSize,
        int fits,
        int compared,
        int withoutOracle,
        int withoutRandom,
        double randomWorse,
        double oracleWorse,
        double randomDeficit,
        double oracleDeficit) {
    /** An optimum is worse than another if it is more than this below it, in nats. */
    public static final double WORSE_NATS = 0.1;

    private static final double MEDIAN = 0.5;

    /**
     * The shares of every setting and sample size.
     *
     * @param fits in any order; the result has the same bits for each. Not modified
     * @return sorted by setting, then by sample size
     */
    public static List<OptimisationError> compute(List<FitRow> fits) {
        List<OptimisationError> found = new ArrayList<>();
        for (List<FitRow> rows : Observation.bySetting(fits).values()) {
            rows.stream()
                    .collect(Collectors.groupingBy(FitRow::sampleSize, TreeMap::new, Collectors.toList()))
                    .forEach((size, cell) -> found.add(of(cell)));
        }
        return found;
    }

    private static OptimisationError of(List<FitRow> cell) {
        FitRow first = cell.get(0);
        int withoutOracle = 0;
        int withoutRandom = 0;
        List<FitRow> compared = new ArrayList<>();
        for (FitRow row : cell) {
            boolean oracle = Double.isFinite(row.likelihoods().oracle());
            boolean random = Double.isFinite(row.likelihoods().random());
            withoutOracle += oracle ? 0 : 1;
            withoutRandom += random ? 0 : 1;
            if (oracle && random) {
                compared.add(row);
            }
        }
        double[] random = deficits(
                compared, row -> row.likelihoods().oracle() - row.likelihoods().random());
        double[] oracle = deficits(
                compared, row -> row.likelihoods().random() - row.likelihoods().oracle());
        return new OptimisationError(
                SettingCoordinates.of(first),
                first.sampleSize(),
                cell.size(),
                compared.size(),
                withoutOracle,
                withoutRandom,
                (double) random.length / compared.size(),
                (double) oracle.length / compared.size(),
                median(random),
                median(oracle));
    }

    /** The deficits that count, ascending. */
    private static double[] deficits(List<FitRow> compared, ToDoubleFunction<FitRow> deficit) {
        return compared.stream()
                .mapToDouble(deficit)
                .filter(nats -> nats > WORSE_NATS)
                .sorted()
                .toArray();
    }

    private static double median(double[] sorted) {
        return sorted.length == 0 ? Double.NaN : SampleStatistics.quantile(sorted, MEDIAN);
    }
}
