package dev.ratelab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Draws one {@link Series}: the only one of its data set. */
final class SeriesRenderer extends XYErrorRenderer {
    private static final long serialVersionUID = 1L;

    private static final float LINE = 1.3f;
    private static final double CAP = 3;

    private final boolean[] hollow;

    SeriesRenderer(Series series) {
        hollow = new boolean[series.points().size()];
        boolean barred = false;
        for (int i = 0; i < hollow.length; i++) {
            hollow[i] = series.points().get(i).hollow();
            barred |= series.points().get(i).barred();
        }
        Color colour = Palette.colour(series.colour());
        setDrawXError(false);
        setDrawYError(barred);
        setCapLength(CAP);
        setErrorStroke(new BasicStroke(1));
        setSeriesPaint(0, colour);
        setSeriesOutlinePaint(0, colour);
        setUseOutlinePaint(true);
        setUseFillPaint(true);
        setSeriesStroke(0, new BasicStroke(LINE));
        setSeriesShape(0, Palette.mark(series.colour()));
        setSeriesShapesVisible(0, series.style().hasMarks());
        setSeriesLinesVisible(0, series.style().hasLine());
        setDrawSeriesLineAsPath(true);
    }

    /** Error bars that would leave the axis end on it. */
    static XYIntervalSeriesCollection data(Series series, double lowest) {
        XYIntervalSeries points = new XYIntervalSeries(series.label(), false, true);
        for (Point point : series.points()) {
            points.add(point.x(), point.x(), point.x(), point.y(), Math.max(lowest, point.low()), point.high());
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(points);
        return data;
    }

    @Override
    public Paint getItemFillPaint(int row, int column) {
        return hollow[column] ? Color.WHITE : getItemPaint(row, column);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
