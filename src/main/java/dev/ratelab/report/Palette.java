package dev.ratelab.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Colours and marks of series. The colours are those of Okabe and Ito that are dark enough for lines on white; they differ for
 * people with any of the common forms of colour blindness, and the marks differ without colours.
 */
final class Palette {
    static final Color TEXT = new Color(0x222222);
    static final Color AXIS = new Color(0x666666);
    static final Color GRID = new Color(0xE4E4E4);

    private static final int[] COLOURS = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000};
    private static final double RADIUS = 3.5;
    private static final int BAND_ALPHA = 40;

    private Palette() {}

    static Color colour(int number) {
        return new Color(COLOURS[number % COLOURS.length]);
    }

    static Color band(int number) {
        Color colour = colour(number);
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_ALPHA);
    }

    /** A mark around the origin. */
    static Shape mark(int number) {
        double r = RADIUS;
        return switch (number % 4) {
            case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case 1 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
            case 2 -> polygon(0, -1.2 * r, 1.1 * r, 0.8 * r, -1.1 * r, 0.8 * r);
            default -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
        };
    }

    private static Path2D polygon(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }
}
