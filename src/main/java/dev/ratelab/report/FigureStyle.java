package dev.ratelab.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Stroke;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.ColumnArrangement;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;

/**
 * How the parts of a figure look: fonts, colours, lines and distances.
 *
 * @param typeface fonts that the target of the drawing can measure
 */
record FigureStyle(Typeface typeface) {
    static final int TITLE_SIZE = 15;
    static final int TEXT_SIZE = 12;
    static final int SMALL_SIZE = 11;

    private static final float LINE = 1.5f;

    Font titleFont() {
        return typeface.font(Font.BOLD, TITLE_SIZE);
    }

    TextTitle title(String text) {
        TextTitle title = new TextTitle(text, titleFont());
        title.setPaint(Palette.TEXT);
        title.setPadding(0, 0, 6, 0);
        return title;
    }

    LegendTitle legendTitle(Plot plot) {
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

    TextTitle note(String text) {
        TextTitle note = new TextTitle(text, typeface.font(Font.PLAIN, SMALL_SIZE));
        note.setPaint(Palette.AXIS);
        note.setPosition(RectangleEdge.BOTTOM);
        note.setHorizontalAlignment(HorizontalAlignment.LEFT);
        note.setPadding(1, 54, 1, 0);
        return note;
    }

    static Stroke stroke(boolean dashed) {
        return dashed
                ? new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                : new BasicStroke(LINE);
    }

    void apply(XYPlot plot) {
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

    void apply(ValueAxis axis) {
        axis.setLabelFont(typeface.font(Font.PLAIN, TEXT_SIZE));
        axis.setTickLabelFont(typeface.font(Font.PLAIN, SMALL_SIZE));
        axis.setLabelPaint(Palette.TEXT);
        axis.setTickLabelPaint(Palette.TEXT);
        axis.setAxisLineVisible(false);
        axis.setTickMarkPaint(Palette.AXIS);
        axis.setTickMarkOutsideLength(4);
        // Room for a font that is wider than the one of the layout.
        axis.setTickLabelInsets(new RectangleInsets(2, 4, 2, 6));
        axis.setAutoRange(false);
        axis.setMinorTickMarkOutsideLength(2);
    }
}
