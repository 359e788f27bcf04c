package dev.ratelab.report;

import dev.ratelab.math.Elementary;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with ticks at 1 to 9 times powers of ten. Powers of ten are labelled, and 2 and 5 times them too where an axis
 * has fewer than three of them. The axis of the library labels in attributed text, which would need the fonts of the machine.
 */
final class DecadeAxis extends LogAxis {
    private static final long serialVersionUID = 1L;

    /** Labels without powers are used while all exponents are in this range. */
    private static final int SMALLEST_PLAIN = -3;

    private static final int LARGEST_PLAIN = 5;

    private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    /** Most labels before decades are left out. */
    private static final int MOST_DECADES = 9;

    private static final double TOLERANCE = 1e-9;

    DecadeAxis(String title) {
        super(title);
        setMinorTickMarksVisible(true);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        boolean horizontal = RectangleEdge.isTopOrBottom(edge);
        double lower = getLowerBound() * (1 - TOLERANCE);
        double upper = getUpperBound() * (1 + TOLERANCE);
        int first = exponent(lower);
        int last = exponent(upper);
        int decades = 0;
        for (int exponent = first; exponent <= last; exponent++) {
            double power = power(exponent);
            decades += power >= lower && power <= upper ? 1 : 0;
        }
        int every = 1 + (decades - 1) / MOST_DECADES;
        boolean plain = first >= SMALLEST_PLAIN && last <= LARGEST_PLAIN;
        List<NumberTick> ticks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            for (int digit = 1; digit <= 9; digit++) {
                double value = digit * power(exponent);
                if (value < lower || value > upper || (digit > 1 && every > 1)) {
                    continue;
                }
                boolean labelled = digit == 1 ? exponent % every == 0 : decades < 3 && (digit == 2 || digit == 5);
                ticks.add(new NumberTick(
                        labelled ? TickType.MAJOR : TickType.MINOR,
                        value,
                        labelled ? label(digit, exponent, plain) : "",
                        horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT,
                        TextAnchor.CENTER,
                        0));
            }
        }
        return ticks;
    }

    private static int exponent(double value) {
        return (int) Math.floor(Elementary.log(value) / Elementary.log(10));
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }

    /** A number such as 0.05 or 5·10⁻⁷. */
    static String label(int digit, int exponent, boolean plain) {
        if (plain) {
            return exponent < 0 ? "0." + "0".repeat(-exponent - 1) + digit : digit + "0".repeat(exponent);
        }
        StringBuilder power = new StringBuilder(digit == 1 ? "10" : digit + "\u00b710");
        power.append(exponent < 0 ? "\u207b" : "");
        for (char c : Integer.toString(Math.abs(exponent)).toCharArray()) {
            power.append(SUPERSCRIPTS.charAt(c - '0'));
        }
        return power.toString();
    }
}
