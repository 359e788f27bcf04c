package dev.ratelab.report;

import java.util.List;

/**
 * A small panel below the main one with the same horizontal axis and a linear vertical one.
 *
 * @param yTitle title of the vertical axis
 * @param series what is drawn, at least one
 * @param levels level lines
 */
public record SlopePanel(String yTitle, List<Series> series, List<Level> levels) {

    /**
     * A level line across the panel.
     *
     * @param colour as in {@link Series}
     * @param dashed dashed for what is predicted, solid for what is fitted
     * @param y finite
     */
    public record Level(int colour, boolean dashed, double y) {

        /** @throws IllegalArgumentException if y is not finite */
        public Level {
            Ranges.requireColour(colour);
            Ranges.requireFinite("y", y);
        }
    }

    /** @throws IllegalArgumentException if there is no series */
    public SlopePanel {
        series = List.copyOf(series);
        levels = List.copyOf(levels);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("panel '" + yTitle + "' has no series");
        }
    }
}
