package dev.ratelab.run;

import java.io.Serializable;

/**
 * What was fitted: all coordinates of a fit but the truth, sample size and seed.
 *
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param problem id of the problem
 * @param fittedExperts number of fitted atoms k
 * @param startRadiusFactor what the radii of the starts near the truth were multiplied by; 1 in a base setting
 */
public record FittedSetting(String gate, String expert, String problem, int fittedExperts, double startRadiusFactor)
        implements Serializable {

    /** The same with another factor of the start radii. */
    public FittedSetting withStartRadiusFactor(double factor) {
        return new FittedSetting(gate, expert, problem, fittedExperts, factor);
    }
}
