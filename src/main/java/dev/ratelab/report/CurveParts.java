package dev.ratelab.report;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.Elementary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts that a figure of curves is put together from: marks, bands, lines, local slopes and notes. */
final class CurveParts {
    /** Points with a smaller certified share are hollow. */
    private static final double TRUSTED_SHARE = 0.9;

    /** Length of an error bar, each way, in standard errors. */
    private static final double STANDARD_ERRORS = 2;

    private static final String BARS =
            "Marks: mean loss over the seeds with a certified fit; bars: 2 standard errors each way.";
    private static final String BAND = "Bands: 5 to 95 % quantiles of the losses.";
    private static final String DASHES = "Dashed: predicted slope, through the last mean.";
    private static final String LEVEL = "Dashed and level: predicted not to be identified.";
    private static final String HOLLOW = "Hollow marks: fewer than 90 % of the fits are certified.";

    private final List<Series> series = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<ReferenceLine> lines = new ArrayList<>();
    private final List<Series> locals = new ArrayList<>();
    private final List<SlopePanel.Level> levels = new ArrayList<>();
    private boolean hollow;
    private boolean dashed;
    private boolean level;

    /**
     * Adds a curve.
     *
     * @param label of its means
     * @param fittedLabel of the fitted line
     * @param predictedLabel of the predicted line
     * @param bandLabel of the band of its quantiles; no band without one
     */
    void add(
            RateCurve curve,
            int colour,
            String label,
            String fittedLabel,
            String predictedLabel,
            Optional<String> bandLabel) {
        List<RateCurve.Mean> means = curve.means();
        series.add(new Series(
                label,
                colour,
                Series.Style.MARKS,
                means.stream().map(CurveParts::point).toList()));
        hollow |= means.stream().anyMatch(mean -> mean.certifiedShare() < TRUSTED_SHARE);
        bandLabel.ifPresent(text -> addBand(means, colour, text));
        if (means.size() < 2) {
            return;
        }
        RateCurve.Mean first = means.get(0);
        RateCurve.Mean last = means.get(means.size() - 1);
        if (curve.rated()) {
            double height = Elementary.exp(curve.interceptLog() + curve.slope() * Elementary.log(last.sampleSize()));
            lines.add(new ReferenceLine(
                    fittedLabel, colour, false, curve.slope(), last.x(), height, first.x(), last.x()));
            levels.add(new SlopePanel.Level(colour, false, curve.slope()));
        }
        if (curve.predicts()) {
            lines.add(new ReferenceLine(
                    predictedLabel, colour, true, curve.predicted(), last.x(), last.mean(), first.x(), last.x()));
            levels.add(new SlopePanel.Level(colour, true, curve.predicted()));
            dashed |= curve.predicted() != 0;
            level |= curve.predicted() == 0;
        }
        addLocalSlopes(curve, colour);
    }

    private static Point point(RateCurve.Mean mean) {
        double bar = Double.isNaN(mean.standardError()) ? 0 : STANDARD_ERRORS * mean.standardError();
        return new Point(
                mean.x(), mean.mean(), mean.mean() - bar, mean.mean() + bar, mean.certifiedShare() < TRUSTED_SHARE);
    }

    private void addBand(List<RateCurve.Mean> means, int colour, String label) {
        List<Band.Span> spans = means.stream()
                .filter(mean -> mean.low() > 0)
                .map(mean -> new Band.Span(mean.x(), mean.low(), mean.high()))
                .toList();
        if (spans.size() > 1) {
            bands.add(new Band(label, colour, spans));
        }
    }

    /** Each at the geometric mean of its two sizes. */
    private void addLocalSlopes(RateCurve curve, int colour) {
        List<RateCurve.Mean> means = curve.means();
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

    /** The figure of all curves that were added. */
    LogLogFigure figure(String title, LossName metric, boolean precision) {
        List<String> notes = new ArrayList<>(List.of(BARS));
        String more = Stream.of(bands.isEmpty() ? "" : BAND, dashed ? DASHES : "", level ? LEVEL : "")
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(" "));
        if (!more.isEmpty()) {
            notes.add(more);
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
