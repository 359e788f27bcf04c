package dev.ratelab.report;

import dev.ratelab.math.Elementary;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.ColumnArrangement;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;
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

    private static final int TITLE_SIZE = 15;
    private static final int TEXT_SIZE = 12;
    private static final int SMALL_SIZE = 11;
    private static final float LINE = 1.5f;

    /** Free part of an axis at each end. */
    private static final double MARGIN = 0.04;

    private final LogLogFigure figure;
    private final Typeface typeface;

    /**
     * @param figure what to draw
     * @param typeface fonts that the target of the drawing can measure
     */
    FigureChart(LogLogFigure figure, Typeface typeface) {
        this.figure = figure;
        this.typeface = typeface;
    }

    /** Width in units: enough for every label of the legend, every note and the title on one line. */
    int width() {
        double longest = new TableFont(Font.BOLD, TITLE_SIZE).metrics().stringWidth(figure.title());
        Iterator<?> items = legend().iterator();
        while (items.hasNext()) {
            longest = Math.max(longest, width(((LegendItem) items.next()).getLabel(), TEXT_SIZE));
        }
        for (String note : figure.notes()) {
            longest = Math.max(longest, width(note, SMALL_SIZE));
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
                + ROW_HEIGHT * (legend().getItemCount() + figure.notes().size());
    }

    JFreeChart chart() {
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        TextUtils.setUseFontMetricsGetStringBounds(false);
        DecadeAxis x = new DecadeAxis(figure.xTitle());
        style(x);
        x.setRange(range(new double[] {Double.MAX_VALUE, 0}, true));
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(x);
        plot.setGap(12);
        plot.add(main(), MAIN_HEIGHT);
        figure.panel().ifPresent(panel -> plot.add(panel(panel), PANEL_HEIGHT));
        plot.setFixedLegendItems(legend());
        JFreeChart chart = new JFreeChart(null, typeface.font(Font.BOLD, TITLE_SIZE), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 16));
        if (!figure.title().isEmpty()) {
            TextTitle title = new TextTitle(figure.title(), typeface.font(Font.BOLD, TITLE_SIZE));
            title.setPaint(Palette.TEXT);
            title.setPadding(0, 0, 6, 0);
            chart.setTitle(title);
        }
        // Titles at the bottom stack upwards.
        for (int i = figure.notes().size() - 1; i >= 0; i--) {
            chart.addSubtitle(note(figure.notes().get(i)));
        }
        chart.addSubtitle(legendTitle(plot));
        return chart;
    }

    private XYPlot main() {
        DecadeAxis y = new DecadeAxis(figure.yTitle());
        style(y);
        y.setRange(range(new double[] {Double.MAX_VALUE, 0}, false));
        XYPlot plot = new XYPlot(null, null, y, null);
        style(plot);
        int index = 0;
        // The first data set's renderer carries the annotations, behind everything.
        for (ReferenceLine line : figure.lines()) {
            XYSeries points = new XYSeries(line.label(), false, true);
            points.add(line.from(), line.at(line.from()));
            points.add(line.to(), line.at(line.to()));
            XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
            renderer.setSeriesPaint(0, Palette.colour(line.colour()));
            renderer.setSeriesStroke(0, stroke(line.dashed()));
            renderer.setDrawSeriesLineAsPath(true);
            plot.setDataset(index, new XYSeriesCollection(points));
            plot.setRenderer(index++, renderer);
        }
        for (Series series : figure.series()) {
            plot.setDataset(index, SeriesRenderer.data(series, y.getLowerBound()));
            plot.setRenderer(index++, new SeriesRenderer(series));
        }
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
        style(y);
        // A format of a fixed locale, so that the same figure has the same text everywhere.
        y.setNumberFormatOverride(new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series series : panel.series()) {
            for (Point point : series.points()) {
                low = Math.min(low, point.y());
                high = Math.max(high, point.y());
            }
        }
        for (SlopePanel.Level level : panel.levels()) {
            low = Math.min(low, level.y());
            high = Math.max(high, level.y());
        }
        double margin = Math.max(0.05, 0.1 * (high - low));
        y.setRange(low - margin, high + margin);
        XYPlot plot = new XYPlot(null, null, y, null);
        style(plot);
        for (SlopePanel.Level level : panel.levels()) {
            plot.addRangeMarker(
                    new ValueMarker(level.y(), Palette.colour(level.colour()), stroke(level.dashed())),
                    Layer.BACKGROUND);
        }
        int index = 0;
        for (Series series : panel.series()) {
            plot.setDataset(index, SeriesRenderer.data(series, low - margin));
            plot.setRenderer(index++, new SeriesRenderer(series));
        }
        return plot;
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

    private LegendItemCollection legend() {
        LegendItemCollection items = new LegendItemCollection();
        Shape line = new Line2D.Double(-12, 0, 12, 0);
        for (Series series : figure.series()) {
            Color colour = Palette.colour(series.colour());
            add(
                    items,
                    series.label(),
                    item(
                            series.label(),
                            series.style().hasMarks(),
                            Palette.mark(series.colour()),
                            colour,
                            series.style().hasLine(),
                            line,
                            stroke(false)));
        }
        for (ReferenceLine reference : figure.lines()) {
            add(
                    items,
                    reference.label(),
                    item(
                            reference.label(),
                            false,
                            line,
                            Palette.colour(reference.colour()),
                            true,
                            line,
                            stroke(reference.dashed())));
        }
        for (Band band : figure.bands()) {
            add(
                    items,
                    band.label(),
                    item(
                            band.label(),
                            true,
                            new Rectangle2D.Double(-12, -5, 24, 10),
                            Palette.band(band.colour()),
                            false,
                            line,
                            stroke(false)));
        }
        return items;
    }

    private static void add(LegendItemCollection items, String label, LegendItem item) {
        if (!label.isEmpty()) {
            items.add(item);
        }
    }

    private static LegendItem item(
            String label, boolean marked, Shape mark, Color colour, boolean lined, Shape line, Stroke stroke) {
        return new LegendItem(
                label, null, null, null, marked, mark, true, colour, false, colour, stroke, lined, line, stroke,
                colour);
    }

    private LegendTitle legendTitle(Plot plot) {
        LegendTitle legend = new LegendTitle(
                plot,
                new ColumnArrangement(HorizontalAlignment.LEFT, VerticalAlignment.TOP, 0, 0),
                new ColumnArrangement(HorizontalAlignment.LEFT, VerticalAlignment.TOP, 0, 0));
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        legend.setItemFont(typeface.font(Font.PLAIN, TEXT_SIZE));
        legend.setItemPaint(Palette.TEXT);
        legend.setItemLabelPadding(new RectangleInsets(1, 6, 1, 2));
        legend.setPadding(new RectangleInsets(2, 50, 2, 0));
        legend.setBackgroundPaint(null);
        return legend;
    }

    private TextTitle note(String text) {
        TextTitle note = new TextTitle(text, typeface.font(Font.PLAIN, SMALL_SIZE));
        note.setPaint(Palette.AXIS);
        note.setPosition(RectangleEdge.BOTTOM);
        note.setHorizontalAlignment(HorizontalAlignment.LEFT);
        note.setPadding(1, 54, 1, 0);
        return note;
    }

    private static Stroke stroke(boolean dashed) {
        return dashed
                ? new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                : new BasicStroke(LINE);
    }

    private void style(XYPlot plot) {
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setBackgroundPaint(null);
        plot.setOutlinePaint(Palette.AXIS);
        plot.setOutlineStroke(new BasicStroke(1));
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setNoDataMessage(null);
        plot.setNoDataMessageFont(typeface.font(Font.PLAIN, TEXT_SIZE));
    }

    private void style(ValueAxis axis) {
        style((Axis) axis);
        axis.setAutoRange(false);
        axis.setMinorTickMarkOutsideLength(2);
    }

    private void style(Axis axis) {
        axis.setLabelFont(typeface.font(Font.PLAIN, TEXT_SIZE));
        axis.setTickLabelFont(typeface.font(Font.PLAIN, SMALL_SIZE));
        axis.setLabelPaint(Palette.TEXT);
        axis.setTickLabelPaint(Palette.TEXT);
        axis.setAxisLineVisible(false);
        axis.setTickMarkPaint(Palette.AXIS);
        axis.setTickMarkOutsideLength(4);
        // Room for a font that is wider than the one of the layout.
        axis.setTickLabelInsets(new RectangleInsets(2, 4, 2, 6));
    }
}
