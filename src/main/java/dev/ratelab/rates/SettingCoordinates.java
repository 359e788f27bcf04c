package dev.ratelab.rates;

import dev.ratelab.run.FitRow;

/**
 * What all fits of a setting have in common.
 *
 * @param setting id of all coordinates but sample size and seed
 * @param gate id of the fitted gate
 * @param expert id of the fitted expert family
 * @param problem id of the problem
 * @param fittedExperts number of fitted atoms k
 * @param startRadiusFactor factor of the start radii
 * @param truthPath where the truth is at each sample size, {@code fixed} or a worst-case path
 */
public record SettingCoordinates(
        String setting,
        String gate,
        String expert,
        String problem,
        int fittedExperts,
        double startRadiusFactor,
        String truthPath) {

    /** The coordinates of the setting of a fit. */
    static SettingCoordinates of(FitRow fit) {
        return new SettingCoordinates(
                fit.setting(),
                fit.gate(),
                fit.expert(),
                fit.problem(),
                fit.fittedExperts(),
                fit.startRadiusFactor(),
                fit.truthPoint().path());
    }
}
