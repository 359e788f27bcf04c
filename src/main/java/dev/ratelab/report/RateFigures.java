package dev.ratelab.report;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.RateRow;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Figures of losses over sample sizes, from the summaries and rates of a store. This class is thread-safe. */
public final class RateFigures {
    /** Most settings whose bands can be told apart in one figure. */
    private static final int MOST_BANDS = 3;

    private RateFigures() {}

    /**
     * A figure and the name of its file.
     *
     * @param name without directory and ending; of letters, digits and {@code . _ -}
     * @param figure what to draw
     */
    public record Named(String name, LogLogFigure figure) {}

    /**
     * For each loss one figure of all settings, if several have it, and one of each setting.
     *
     * @param study what the store is of
     * @param cells summaries of the store
     * @param rates rates of the store
     * @param metrics losses in the order of the figures; empty is all with a predicted rate, or all with a rate if none is
     *     predicted
     * @param settings which settings, by id
     * @return no two have the same name
     * @throws IllegalArgumentException if there is nothing to draw, no setting is chosen, or a metric has no positive mean in any
     *     chosen setting; the message says what there is
     */
    public static List<Named> of(
            Study study,
            List<CellSummary> cells,
            List<RateRow> rates,
            List<LossName> metrics,
            Predicate<String> settings) {
        Map<LossName, List<RateCurve>> curves = RateCurve.byMetric(study, cells, rates, settings);
        List<LossName> chosen = metrics.isEmpty() ? usual(curves) : metrics;
        for (LossName metric : chosen) {
            if (!curves.containsKey(metric)) {
                throw new IllegalArgumentException(
                        "no loss '" + metric + "' with a positive mean; there are " + texts(curves));
            }
        }
        boolean precision = study.grid().nodes().isPresent();
        List<Named> figures = new ArrayList<>();
        for (LossName metric : new LinkedHashSet<>(chosen)) {
            List<RateCurve> all = curves.get(metric);
            if (all.size() > 1) {
                figures.add(new Named(fileName(metric.text()), together(study.name(), all, precision)));
            }
            for (RateCurve curve : all) {
                figures.add(new Named(fileName(metric + "-" + curve.setting()), alone(study.name(), curve, precision)));
            }
        }
        return figures;
    }

    private static String texts(Map<LossName, List<RateCurve>> curves) {
        return curves.keySet().stream().map(LossName::text).collect(Collectors.joining(", "));
    }

    private static String fileName(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "_");
    }

    private static List<LossName> usual(Map<LossName, List<RateCurve>> curves) {
        List<LossName> predicted = having(curves, RateCurve::predicts);
        List<LossName> rated = predicted.isEmpty() ? having(curves, RateCurve::rated) : predicted;
        if (rated.isEmpty()) {
            throw new IllegalArgumentException("no loss has a rate; name one with --metric: " + texts(curves));
        }
        return rated;
    }

    private static List<LossName> having(Map<LossName, List<RateCurve>> curves, Predicate<RateCurve> condition) {
        return curves.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(condition))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All settings of a loss; the legend has one line for each. */
    static LogLogFigure together(String study, List<RateCurve> curves, boolean precision) {
        CurveParts parts = new CurveParts();
        for (int c = 0; c < curves.size(); c++) {
            RateCurve curve = curves.get(c);
            String rate = "";
            if (curve.rated()) {
                rate = ": slope " + curve.slopeText()
                        + (curve.predicts() ? ", predicted " + curve.predictedText() : "");
            }
            parts.add(
                    curve,
                    c,
                    curve.label() + rate,
                    "",
                    "",
                    curves.size() <= MOST_BANDS ? Optional.of("") : Optional.empty());
        }
        return parts.figure(study + ": " + curves.get(0).metric(), curves.get(0).metric(), precision);
    }

    /** One setting of a loss; the legend names everything. */
    static LogLogFigure alone(String study, RateCurve curve, boolean precision) {
        CurveParts parts = new CurveParts();
        parts.add(
                curve,
                0,
                curve.label() + ": mean loss",
                "fitted slope " + (curve.rated() ? curve.slopeText() : ""),
                "predicted " + curve.predictedText(),
                Optional.of("5 to 95 % of the losses"));
        return parts.figure(study + ": " + curve.metric(), curve.metric(), precision);
    }
}
