package dev.ratelab.report;

import java.util.List;
import java.util.Optional;

/**
 * A figure on two logarithmic axes, as data. {@link FigureWriter} draws it: bands behind, then lines, then points; the legend
 * below the axes lists series, lines and bands that have a label, in this order.
 *
 * <p>Anything that has a place on logarithmic axes fits: losses over sample sizes, a modulus {@code V(delta)}, a worst-case path
 * beside a fixed truth.
 *
 * @param title above the figure; empty for none
 * @param xTitle title of the horizontal axis, with its unit
 * @param yTitle title of the vertical axis, with its unit
 * @param series points, at least one series; y must be positive
 * @param bands shaded bands
 * @param lines power laws
 * @param panel a panel below
 * @param notes lines of small text under the legend
 */
public record LogLogFigure(
        String title,
        String xTitle,
        String yTitle,
        List<Series> series,
        List<Band> bands,
        List<ReferenceLine> lines,
        Optional<SlopePanel> panel,
        List<String> notes) {

    /** @throws IllegalArgumentException if there is no series, or a y that is not positive */
    public LogLogFigure {
        series = List.copyOf(series);
        bands = List.copyOf(bands);
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("figure '" + title + "' has no series");
        }
        for (Series one : series) {
            for (Point point : one.points()) {
                Ranges.requirePositive("y of series '" + one.label() + "'", point.y());
            }
        }
    }

    /** A figure of series alone. */
    public LogLogFigure(String title, String xTitle, String yTitle, List<Series> series) {
        this(title, xTitle, yTitle, series, List.of(), List.of(), Optional.empty(), List.of());
    }
}
