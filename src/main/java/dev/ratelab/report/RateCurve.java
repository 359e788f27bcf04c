package dev.ratelab.report;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.Population;
import dev.ratelab.rates.RateRow;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A loss of a setting with its rate; what is undefined is {@code NaN}.
 *
 * @param setting id of the setting
 * @param label the setting for people
 * @param metric the loss
 * @param means ascending, at least one
 * @param slope fitted slope
 * @param slopeLow lower end of its interval
 * @param slopeHigh upper end
 * @param interceptLog log of the fitted loss at n = 1
 * @param predicted predicted slope; 0 if theory says that the loss is not identified
 * @param localSlopes slopes between neighbouring sizes; empty if there is no rate
 */
record RateCurve(
        String setting,
        String label,
        LossName metric,
        List<Mean> means,
        double slope,
        double slopeLow,
        double slopeHigh,
        double interceptLog,
        double predicted,
        List<Double> localSlopes) {

    /**
     * The mean loss at one sample size.
     *
     * @param x place on the axis: n, or n over the noise variance
     * @param sampleSize number of rows n
     * @param mean positive and finite
     * @param standardError {@code NaN} if undefined
     * @param low quantile of order .05
     * @param high quantile of order .95
     * @param certifiedShare share of the fits that did not fail
     */
    record Mean(
            double x,
            int sampleSize,
            double mean,
            double standardError,
            double low,
            double high,
            double certifiedShare) {}

    /**
     * Curves by metric, metrics in the order of the summaries, settings in that of the study.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Map<LossName, List<RateCurve>> byMetric(
            Study study, List<CellSummary> cells, List<RateRow> rates, Predicate<String> settings) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("there are no summaries to draw: ratelab run makes them");
        }
        Map<List<Object>, RateRow> rateOf = new HashMap<>();
        for (RateRow rate : rates) {
            rateOf.put(List.of(rate.setting().id(), rate.metric()), rate);
        }
        Map<List<Object>, List<CellSummary>> cellsOf = new LinkedHashMap<>();
        Set<LossName> metrics = new LinkedHashSet<>();
        for (CellSummary cell : cells) {
            if (cell.population() == Population.CERTIFIED) {
                metrics.add(cell.metric());
                cellsOf.computeIfAbsent(List.of(cell.setting(), cell.metric()), key -> new ArrayList<>())
                        .add(cell);
            }
        }
        List<Setting> chosen = study.settings().stream()
                .filter(setting -> settings.test(setting.id()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no setting of the study is meant; there are "
                    + String.join(
                            ", ", study.settings().stream().map(Setting::id).toList()));
        }
        Map<LossName, List<RateCurve>> curves = new LinkedHashMap<>();
        for (LossName metric : metrics) {
            for (Setting setting : chosen) {
                List<Object> key = List.of(setting.id(), metric);
                List<Mean> means = means(study, setting, cellsOf.getOrDefault(key, List.of()));
                if (!means.isEmpty()) {
                    curves.computeIfAbsent(metric, name -> new ArrayList<>())
                            .add(of(setting, metric, means, rateOf.get(key)));
                }
            }
        }
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("no certified fit of the chosen settings has a positive loss to draw");
        }
        return curves;
    }

    private static List<Mean> means(Study study, Setting setting, List<CellSummary> cells) {
        double unit = study.grid().nodes().isPresent()
                ? study.truth(setting).atoms().get(0).variance()
                : 1;
        List<Mean> means = new ArrayList<>();
        for (CellSummary cell : cells) {
            // A loss of zero has no place on a logarithmic axis.
            if (cell.mean() > 0 && cell.mean() < Double.POSITIVE_INFINITY) {
                means.add(new Mean(
                        cell.sampleSize() / unit,
                        cell.sampleSize(),
                        cell.mean(),
                        cell.standardError(),
                        cell.quantile05(),
                        cell.quantile95(),
                        1 - cell.failureRate()));
            }
        }
        means.sort(Comparator.comparingInt(Mean::sampleSize));
        return means;
    }

    private static RateCurve of(Setting setting, LossName metric, List<Mean> means, RateRow rate) {
        String label = setting.gate() + " gate, " + setting.expert() + " experts, k = " + setting.fittedExperts()
                + (setting.startRadiusFactor() == 1 ? "" : ", start radii times " + setting.startRadiusFactor())
                + (setting.path().worstCase()
                        ? ", " + setting.path().id().replaceFirst("worst-case", "worst-case path")
                        : "");
        double nan = Double.NaN;
        return rate == null
                ? new RateCurve(setting.id(), label, metric, means, nan, nan, nan, nan, nan, List.of())
                : new RateCurve(
                        setting.id(),
                        label,
                        metric,
                        means,
                        rate.slope(),
                        rate.slopes().mean().low(),
                        rate.slopes().mean().high(),
                        rate.slopes().interceptLog(),
                        rate.predicted().slope(),
                        rate.slopes().local());
    }

    /** Whether there is a slope. */
    boolean rated() {
        return !Double.isNaN(slope);
    }

    /** Whether theory predicts a slope. */
    boolean predicts() {
        return !Double.isNaN(predicted);
    }

    /** The prediction for people. */
    String predictedText() {
        return predicted == 0 ? "not identified" : "slope " + number(predicted);
    }

    /** The slope and its interval for people. */
    String slopeText() {
        String interval = Double.isNaN(slopeLow) ? "" : " [" + number(slopeLow) + ", " + number(slopeHigh) + "]";
        return number(slope) + interval;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
