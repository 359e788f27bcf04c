package dev.ratelab.report;

import dev.ratelab.math.Elementary;
import java.awt.Color;
import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Makes a chart of the plotting library from a figure. */
final class FigureChart {
    /** Width of a figure whose texts are short enough for it. */
    private static final int LEAST_WIDTH = 720;

    /** What stands beside the text of a legend or a note, with room for a font that is wider than the one of the layout. */
    private static final double SIDES = 120;

    private static final double WIDER_FONT = 1.15;
    private static final int MAIN_HEIGHT = 430;
    private static final int PANEL_HEIGHT = 130;
    private static final int ROW_HEIGHT = 18;

    /** Free part of an axis at each end. */
    private static final double MARGIN = 0.04;

    private final LogLogFigure figure;
    private final FigureStyle style;

    /**
     * @param figure what to draw
     * @param typeface fonts that the target of the drawing can measure
     */
    FigureChart(LogLogFigure figure, Typeface typeface) {
        this.figure = figure;
        style = new FigureStyle(typeface);
    }

    /** Width in units: enough for every label of the legend, every note and the title on one line. */
    int width() {
        double longest =
                new TableFont(Font.BOLD, FigureStyle.TITLE_SIZE).metrics().stringWidth(figure.title());
        Iterator<?> items = FigureLegend.of(figure).iterator();
        while (items.hasNext()) {
            longest = Math.max(longest, width(((LegendItem) items.next()).getLabel(), FigureStyle.TEXT_SIZE));
        }
        for (String note : figure.notes()) {
            longest = Math.max(longest, width(note, FigureStyle.SMALL_SIZE));
        }
        return (int) Math.max(LEAST_WIDTH, Math.ceil(SIDES + WIDER_FONT * longest));
    }

    private static double width(String text, int size) {
        return new TableFont(Font.PLAIN, size).metrics().stringWidth(text);
    }

    /** Height in units. */
    int height() {
        return MAIN_HEIGHT
                + (figure.panel().isPresent() ? PANEL_HEIGHT : 0)
                + ROW_HEIGHT
                        * (FigureLegend.of(figure).getItemCount()
                                + figure.notes().size());
    }

    JFreeChart chart() {
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        TextUtils.setUseFontMetricsGetStringBounds(false);
        DecadeAxis x = new DecadeAxis(figure.xTitle());
        style.apply(x);
        x.setRange(range(new double[] {Double.MAX_VALUE, 0}, true));
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(x);
        plot.setGap(12);
        plot.add(main(), MAIN_HEIGHT);
        figure.panel().ifPresent(panel -> plot.add(panel(panel), PANEL_HEIGHT));
        plot.setFixedLegendItems(FigureLegend.of(figure));
        JFreeChart chart = new JFreeChart(null, style.titleFont(), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 16));
        if (!figure.title().isEmpty()) {
            chart.setTitle(style.title(figure.title()));
        }
        // Titles at the bottom stack upwards.
        for (int i = figure.notes().size() - 1; i >= 0; i--) {
            chart.addSubtitle(style.note(figure.notes().get(i)));
        }
        chart.addSubtitle(style.legendTitle(plot));
        return chart;
    }

    private XYPlot main() {
        DecadeAxis y = new DecadeAxis(figure.yTitle());
        style.apply(y);
        y.setRange(range(new double[] {Double.MAX_VALUE, 0}, false));
        XYPlot plot = new XYPlot(null, null, y, null);
        style.apply(plot);
        int index = 0;
        // The first data set's renderer carries the annotations, behind everything.
        for (ReferenceLine line : figure.lines()) {
            XYSeries points = new XYSeries(line.label(), false, true);
            points.add(line.from(), line.at(line.from()));
            points.add(line.to(), line.at(line.to()));
            XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
            renderer.setSeriesPaint(0, Palette.colour(line.colour()));
            renderer.setSeriesStroke(0, FigureStyle.stroke(line.dashed()));
            renderer.setDrawSeriesLineAsPath(true);
            plot.setDataset(index, new XYSeriesCollection(points));
            plot.setRenderer(index++, renderer);
        }
        addSeries(plot, index, figure.series());
        for (Band band : figure.bands()) {
            plot.getRenderer(0)
                    .addAnnotation(
                            new XYPolygonAnnotation(outline(band), null, null, Palette.band(band.colour())),
                            Layer.BACKGROUND);
        }
        return plot;
    }

    private static double[] outline(Band band) {
        List<Band.Span> spans = band.spans();
        int size = spans.size();
        double[] outline = new double[4 * size];
        for (int i = 0; i < size; i++) {
            Band.Span span = spans.get(i);
            outline[2 * i] = span.x();
            outline[2 * i + 1] = span.low();
            outline[4 * size - 2 * i - 2] = span.x();
            outline[4 * size - 2 * i - 1] = span.high();
        }
        return outline;
    }

    private XYPlot panel(SlopePanel panel) {
        NumberAxis y = new NumberAxis(panel.yTitle());
        style.apply(y);
        // A format of a fixed locale, so that the same figure has the same text everywhere.
        y.setNumberFormatOverride(new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        DoubleSummaryStatistics values = DoubleStream.concat(
                        panel.series().stream()
                                .flatMap(series -> series.points().stream())
                                .mapToDouble(Point::y),
                        panel.levels().stream().mapToDouble(SlopePanel.Level::y))
                .summaryStatistics();
        double margin = Math.max(0.05, 0.1 * (values.getMax() - values.getMin()));
        y.setRange(values.getMin() - margin, values.getMax() + margin);
        XYPlot plot = new XYPlot(null, null, y, null);
        style.apply(plot);
        for (SlopePanel.Level level : panel.levels()) {
            plot.addRangeMarker(
                    new ValueMarker(level.y(), Palette.colour(level.colour()), FigureStyle.stroke(level.dashed())),
                    Layer.BACKGROUND);
        }
        addSeries(plot, 0, panel.series());
        return plot;
    }

    private static void addSeries(XYPlot plot, int first, List<Series> series) {
        for (int i = 0; i < series.size(); i++) {
            double lowest = plot.getRangeAxis().getLowerBound();
            plot.setDataset(first + i, SeriesRenderer.data(series.get(i), lowest));
            plot.setRenderer(first + i, new SeriesRenderer(series.get(i)));
        }
    }

    private org.jfree.data.Range range(double[] ends, boolean horizontal) {
        for (Series series : figure.series()) {
            for (Point point : series.points()) {
                widen(ends, horizontal ? point.x() : point.y());
                widen(ends, horizontal ? point.x() : point.high());
            }
        }
        for (Band band : figure.bands()) {
            for (Band.Span span : band.spans()) {
                widen(ends, horizontal ? span.x() : span.low());
                widen(ends, horizontal ? span.x() : span.high());
            }
        }
        if (horizontal) {
            for (ReferenceLine line : figure.lines()) {
                widen(ends, line.from());
                widen(ends, line.to());
            }
        }
        // At least half a decade, so that a figure of one point has axes too.
        double width = Math.max(Elementary.log(ends[1] / ends[0]), Elementary.log(10) / 2);
        double factor = Elementary.exp(MARGIN * width + (width - Elementary.log(ends[1] / ends[0])) / 2);
        return new org.jfree.data.Range(ends[0] / factor, ends[1] * factor);
    }

    private static void widen(double[] ends, double value) {
        ends[0] = Math.min(ends[0], value);
        ends[1] = Math.max(ends[1], value);
    }
}
