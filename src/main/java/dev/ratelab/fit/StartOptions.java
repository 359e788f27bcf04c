package dev.ratelab.fit;

import java.util.List;

/**
 * Which starts a fit makes.
 *
 * @param oracle number of near-truth starts, at least 0
 * @param oracleRadii radii of the perturbation of near-truth starts, used in turn; they do not depend on n; positive
 * @param random number of data-driven starts, at least 0
 */
public record StartOptions(int oracle, List<Double> oracleRadii, int random) {

    public StartOptions {
        oracleRadii = List.copyOf(oracleRadii);
        if (oracle < 0 || random < 0 || oracle + random < 1) {
            throw new IllegalArgumentException("oracle = " + oracle + ", random = " + random
                    + ": a fit needs at least one start, and neither count may be negative");
        }
        if (oracle > 0 && oracleRadii.isEmpty()) {
            throw new IllegalArgumentException("oracle starts need at least one radius");
        }
        for (double radius : oracleRadii) {
            if (!(radius >= 0) || radius == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("radius = " + radius + " must be a finite number >= 0");
            }
        }
    }
}
