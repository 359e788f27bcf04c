package dev.ratelab.fit.ascent;

import dev.ratelab.math.Elementary;
import java.util.List;

/**
 * Which starts a fit makes.
 *
 * @param oracle number of near-truth starts, at least 0; with the data-driven ones 1 to {@value #MOST}
 * @param oracleRadii radii of the perturbation of near-truth starts, used in turn; at least 0
 * @param random number of data-driven starts, at least 0
 * @param oracleRadiusExponent power of {@code n / smallest n} by which the radii are multiplied. 0, the default: they do not
 *     depend on n. With another the slope of a loss may be that of the radius
 */
public record StartOptions(int oracle, List<Double> oracleRadii, int random, double oracleRadiusExponent) {
    /** The most starts of a fit: all their end points are in memory at once. */
    public static final int MOST = 10_000;

    /** Radii that do not depend on n. */
    public StartOptions(int oracle, List<Double> oracleRadii, int random) {
        this(oracle, oracleRadii, random, 0);
    }

    public StartOptions {
        oracleRadii = List.copyOf(oracleRadii);
        // One zero only: a study file has no sign for it.
        oracleRadiusExponent += 0.0;
        long starts = (long) oracle + random;
        if (oracle < 0 || random < 0 || starts < 1 || starts > MOST) {
            throw new IllegalArgumentException("oracle = " + oracle + ", random = " + random + ": a fit needs 1 to "
                    + MOST + " starts in all, and neither count may be negative");
        }
        if (oracle > 0 && oracleRadii.isEmpty()) {
            throw new IllegalArgumentException("oracle starts need at least one radius");
        }
        for (double radius : oracleRadii) {
            if (!(radius >= 0) || radius == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("radius = " + radius + " must be a finite number >= 0");
            }
        }
        if (!Double.isFinite(oracleRadiusExponent)) {
            throw new IllegalArgumentException(
                    "oracle-radius-exponent = " + oracleRadiusExponent + " must be a finite number");
        }
    }

    /**
     * The starts of one fit: radii {@code factor * radius * (n / smallest n)^exponent}.
     *
     * @param factor multiplies all radii; positive
     * @param sampleSize n
     * @param smallestSampleSize smallest n of the study
     */
    public StartOptions at(double factor, int sampleSize, int smallestSampleSize) {
        double scale = oracleRadiusExponent == 0
                ? factor
                : factor * Elementary.pow((double) sampleSize / smallestSampleSize, oracleRadiusExponent);
        return new StartOptions(
                oracle, oracleRadii.stream().map(radius -> scale * radius).toList(), random);
    }
}
