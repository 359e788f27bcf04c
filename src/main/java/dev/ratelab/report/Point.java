package dev.ratelab.report;

/**
 * A point of a series with its error bar.
 *
 * @param x positive and finite
 * @param y finite; positive too where the axis is logarithmic
 * @param low lower end of the error bar, at most y; it may be zero or negative and is then drawn down to the end of the axis
 * @param high upper end, finite and at least y
 * @param hollow whether the mark is an outline, for points that deserve less trust
 */
public record Point(double x, double y, double low, double high, boolean hollow) {

    /** @throws IllegalArgumentException if a number is outside its range */
    public Point {
        Ranges.requirePositive("x", x);
        Ranges.requireFinite("y", y);
        if (!(low <= y && y <= high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the error bar from " + low + " to " + high + " must hold y = " + y + " and end");
        }
    }

    /** A point without an error bar, drawn solid. */
    public static Point of(double x, double y) {
        return new Point(x, y, y, y, false);
    }

    /** Whether there is an error bar. */
    boolean barred() {
        return low < high;
    }
}
