package dev.ratelab.report;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.Elementary;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Figures of losses over sample sizes, from the summaries and rates of a store. This class is thread-safe. */
public final class RateFigures {
    /** Points with a smaller certified share are hollow. */
    static final double TRUSTED_SHARE = 0.9;

    /** Length of an error bar, each way, in standard errors. */
    private static final double STANDARD_ERRORS = 2;

    /** Most settings whose bands can be told apart in one figure. */
    private static final int MOST_BANDS = 3;

    private static final String BARS =
            "Marks: mean loss over the seeds with a certified fit; bars: 2 standard errors each way.";
    private static final String BAND = "Bands: 5 to 95 % quantiles of the losses.";
    private static final String DASHES = "Dashed: predicted slope, through the last mean.";
    private static final String LEVEL = "Dashed and level: predicted not to be identified.";
    private static final String HOLLOW = "Hollow marks: fewer than 90 % of the fits are certified.";

    private RateFigures() {}

    /**
     * A figure and the name of its file.
     *
     * @param name without directory and ending; of letters, digits and {@code . _ -}
     * @param figure what to draw
     */
    public record Named(String name, LogLogFigure figure) {}

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
    record Curve(
            String setting,
            String label,
            LossName metric,
            List<Mean> means,
            double slope,
            double slopeLow,
            double slopeHigh,
            double interceptLog,
            double predicted,
            List<Double> localSlopes) {}

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
        Map<LossName, List<Curve>> curves = curves(study, cells, rates, settings);
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
            List<Curve> all = curves.get(metric);
            if (all.size() > 1) {
                figures.add(new Named(fileName(metric.text()), together(study.name(), all, precision)));
            }
            for (Curve curve : all) {
                figures.add(new Named(fileName(metric + "-" + curve.setting()), alone(study.name(), curve, precision)));
            }
        }
        return figures;
    }

    private static String texts(Map<LossName, List<Curve>> curves) {
        return curves.keySet().stream().map(LossName::text).collect(Collectors.joining(", "));
    }

    private static String fileName(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "_");
    }

    /** Curves by metric, metrics in the order of the summaries, settings in that of the study. */
    private static Map<LossName, List<Curve>> curves(
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
        Map<LossName, List<Curve>> curves = new LinkedHashMap<>();
        for (LossName metric : metrics) {
            for (Setting setting : chosen) {
                List<Object> key = List.of(setting.id(), metric);
                List<Mean> means = means(study, setting, cellsOf.getOrDefault(key, List.of()));
                if (!means.isEmpty()) {
                    curves.computeIfAbsent(metric, name -> new ArrayList<>())
                            .add(curve(setting, metric, means, rateOf.get(key)));
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

    private static Curve curve(Setting setting, LossName metric, List<Mean> means, RateRow rate) {
        String label =
                setting.gate().id() + " gate, " + setting.expert().id() + " experts, k = " + setting.fittedExperts()
                        + (setting.startRadiusFactor() == 1 ? "" : ", start radii times " + setting.startRadiusFactor())
                        + (setting.path().worstCase()
                                ? ", " + setting.path().id().replaceFirst("worst-case", "worst-case path")
                                : "");
        double nan = Double.NaN;
        return rate == null
                ? new Curve(setting.id(), label, metric, means, nan, nan, nan, nan, nan, List.of())
                : new Curve(
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

    private static List<LossName> usual(Map<LossName, List<Curve>> curves) {
        List<LossName> predicted = having(curves, curve -> !Double.isNaN(curve.predicted()));
        List<LossName> rated = predicted.isEmpty() ? having(curves, curve -> !Double.isNaN(curve.slope())) : predicted;
        if (rated.isEmpty()) {
            throw new IllegalArgumentException("no loss has a rate; name one with --metric: " + texts(curves));
        }
        return rated;
    }

    private static List<LossName> having(Map<LossName, List<Curve>> curves, Predicate<Curve> condition) {
        return curves.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(condition))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All settings of a loss; the legend has one line for each. */
    static LogLogFigure together(String study, List<Curve> curves, boolean precision) {
        Parts parts = new Parts();
        for (int c = 0; c < curves.size(); c++) {
            Curve curve = curves.get(c);
            String rate = "";
            if (!Double.isNaN(curve.slope())) {
                rate = ": slope " + slope(curve) + (predicts(curve) ? ", predicted " + predicted(curve) : "");
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
    static LogLogFigure alone(String study, Curve curve, boolean precision) {
        Parts parts = new Parts();
        parts.add(
                curve,
                0,
                curve.label() + ": mean loss",
                "fitted slope " + (Double.isNaN(curve.slope()) ? "" : slope(curve)),
                "predicted " + predicted(curve),
                Optional.of("5 to 95 % of the losses"));
        return parts.figure(study + ": " + curve.metric(), curve.metric(), precision);
    }

    private static boolean predicts(Curve curve) {
        return !Double.isNaN(curve.predicted());
    }

    private static String predicted(Curve curve) {
        return curve.predicted() == 0 ? "not identified" : "slope " + number(curve.predicted());
    }

    private static String slope(Curve curve) {
        String interval = Double.isNaN(curve.slopeLow())
                ? ""
                : " [" + number(curve.slopeLow()) + ", " + number(curve.slopeHigh()) + "]";
        return number(curve.slope()) + interval;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** What a figure is put together from. */
    private static final class Parts {
        private final List<Series> series = new ArrayList<>();
        private final List<Band> bands = new ArrayList<>();
        private final List<ReferenceLine> lines = new ArrayList<>();
        private final List<Series> locals = new ArrayList<>();
        private final List<SlopePanel.Level> levels = new ArrayList<>();
        private boolean hollow;
        private boolean dashed;
        private boolean level;

        void add(
                Curve curve,
                int colour,
                String label,
                String fittedLabel,
                String predictedLabel,
                Optional<String> bandLabel) {
            List<Mean> means = curve.means();
            series.add(new Series(
                    label,
                    colour,
                    Series.Style.MARKS,
                    means.stream().map(Parts::point).toList()));
            hollow |= means.stream().anyMatch(mean -> mean.certifiedShare() < TRUSTED_SHARE);
            bandLabel.ifPresent(text -> addBand(means, colour, text));
            if (means.size() < 2) {
                return;
            }
            Mean first = means.get(0);
            Mean last = means.get(means.size() - 1);
            if (!Double.isNaN(curve.slope())) {
                double height =
                        Elementary.exp(curve.interceptLog() + curve.slope() * Elementary.log(last.sampleSize()));
                lines.add(new ReferenceLine(
                        fittedLabel, colour, false, curve.slope(), last.x(), height, first.x(), last.x()));
                levels.add(new SlopePanel.Level(colour, false, curve.slope()));
            }
            if (predicts(curve)) {
                lines.add(new ReferenceLine(
                        predictedLabel, colour, true, curve.predicted(), last.x(), last.mean(), first.x(), last.x()));
                levels.add(new SlopePanel.Level(colour, true, curve.predicted()));
                dashed |= curve.predicted() != 0;
                level |= curve.predicted() == 0;
            }
            addLocalSlopes(curve, colour);
        }

        private static Point point(Mean mean) {
            double bar = Double.isNaN(mean.standardError()) ? 0 : STANDARD_ERRORS * mean.standardError();
            return new Point(
                    mean.x(), mean.mean(), mean.mean() - bar, mean.mean() + bar, mean.certifiedShare() < TRUSTED_SHARE);
        }

        private void addBand(List<Mean> means, int colour, String label) {
            List<Band.Span> spans = means.stream()
                    .filter(mean -> mean.low() > 0)
                    .map(mean -> new Band.Span(mean.x(), mean.low(), mean.high()))
                    .toList();
            if (spans.size() > 1) {
                bands.add(new Band(label, colour, spans));
            }
        }

        /** Each at the geometric mean of its two sizes. */
        private void addLocalSlopes(Curve curve, int colour) {
            List<Mean> means = curve.means();
            List<Point> points = new ArrayList<>();
            // Rates are of all sizes; where some have no positive mean there is no slope either.
            if (curve.localSlopes().size() == means.size() - 1) {
                for (int i = 0; i + 1 < means.size(); i++) {
                    double slope = curve.localSlopes().get(i);
                    if (Double.isFinite(slope)) {
                        double middle = Math.sqrt(means.get(i).x())
                                * Math.sqrt(means.get(i + 1).x());
                        points.add(Point.of(middle, slope));
                    }
                }
            }
            if (!points.isEmpty()) {
                locals.add(new Series("", colour, Series.Style.MARKS, points));
            }
        }

        LogLogFigure figure(String title, LossName metric, boolean precision) {
            List<String> notes = new ArrayList<>();
            notes.add(BARS);
            List<String> more = new ArrayList<>();
            if (!bands.isEmpty()) {
                more.add(BAND);
            }
            if (dashed) {
                more.add(DASHES);
            }
            if (level) {
                more.add(LEVEL);
            }
            if (!more.isEmpty()) {
                notes.add(String.join(" ", more));
            }
            if (hollow) {
                notes.add(HOLLOW);
            }
            return new LogLogFigure(
                    title,
                    precision ? "n / \u03c3\u00b2 (rows over noise variance)" : "sample size n (rows)",
                    "mean " + metric,
                    series,
                    bands,
                    lines,
                    locals.isEmpty() ? Optional.empty() : Optional.of(new SlopePanel("local slope", locals, levels)),
                    notes);
        }
    }
}
