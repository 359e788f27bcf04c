package dev.ratelab.report;

import java.util.List;

/**
 * Points that belong together.
 *
 * @param label text in the legend; empty for no entry
 * @param colour number of the colour and the mark, from 0; there are 7 colours and 4 marks, in 28 pairs, after which they repeat
 * @param style how the points are drawn
 * @param points in the order in which a line joins them, at least one
 */
public record Series(String label, int colour, Style style, List<Point> points) {

    /** How points are drawn. */
    public enum Style {
        /** A mark for each, with its error bar. */
        MARKS,
        /** A line through them. */
        LINE,
        /** Both. */
        MARKS_AND_LINE;

        boolean hasMarks() {
            return this != LINE;
        }

        boolean hasLine() {
            return this != MARKS;
        }
    }

    /** @throws IllegalArgumentException if there is no point */
    public Series {
        Ranges.requireColour(colour);
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("series '" + label + "' has no points");
        }
    }
}
