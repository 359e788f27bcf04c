package dev.ratelab.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;

/** The legend of a figure: what of its series, lines and bands has a label. */
final class FigureLegend {
    private static final Shape LINE = new Line2D.Double(-12, 0, 12, 0);
    private static final Shape AREA = new Rectangle2D.Double(-12, -5, 24, 10);

    private FigureLegend() {}

    static LegendItemCollection of(LogLogFigure figure) {
        LegendItemCollection items = new LegendItemCollection();
        for (Series series : figure.series()) {
            Color colour = Palette.colour(series.colour());
            Shape mark = Palette.mark(series.colour());
            add(
                    items,
                    series.label(),
                    series.style().hasMarks(),
                    mark,
                    colour,
                    series.style().hasLine(),
                    false);
        }
        for (ReferenceLine line : figure.lines()) {
            add(items, line.label(), false, LINE, Palette.colour(line.colour()), true, line.dashed());
        }
        for (Band band : figure.bands()) {
            add(items, band.label(), true, AREA, Palette.band(band.colour()), false, false);
        }
        return items;
    }

    private static void add(
            LegendItemCollection items,
            String label,
            boolean marked,
            Shape mark,
            Color colour,
            boolean lined,
            boolean dashed) {
        if (!label.isEmpty()) {
            Stroke stroke = FigureStyle.stroke(dashed);
            items.add(new LegendItem(
                    label, null, null, null, marked, mark, true, colour, false, colour, stroke, lined, LINE, stroke,
                    colour));
        }
    }
}
