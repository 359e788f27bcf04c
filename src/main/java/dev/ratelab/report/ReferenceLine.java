package dev.ratelab.report;

import dev.ratelab.math.Elementary;

/**
 * A power law {@code y (at / x)^slope}: a straight line on logarithmic axes. It does not widen the axes; what lies outside is cut
 * off.
 *
 * @param label text in the legend; empty for no entry
 * @param colour as in {@link Series}
 * @param dashed dashed for what is predicted, solid for what is fitted
 * @param slope finite; zero draws a level line
 * @param x the line passes through {@code (x, y)}; positive
 * @param y positive
 * @param from left end, positive
 * @param to right end, above {@code from}
 */
public record ReferenceLine(
        String label, int colour, boolean dashed, double slope, double x, double y, double from, double to) {

    /** @throws IllegalArgumentException if a number is outside its range, or an end of the line under- or overflows */
    public ReferenceLine {
        Ranges.requireColour(colour);
        Ranges.requireFinite("slope", slope);
        Ranges.requirePositive("x", x);
        Ranges.requirePositive("y", y);
        Ranges.requirePositive("from", from);
        Ranges.requirePositive("to", to);
        if (!(from < to)) {
            throw new IllegalArgumentException("from = " + from + " must be below to = " + to);
        }
        Ranges.requirePositive("left end", y * Elementary.pow(from / x, slope));
        Ranges.requirePositive("right end", y * Elementary.pow(to / x, slope));
    }

    /** Height of the line at a place between its ends. */
    public double at(double place) {
        return y * Elementary.pow(place / x, slope);
    }
}
