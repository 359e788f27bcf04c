package dev.ratelab.rates;

import dev.ratelab.run.FitRow;
import dev.ratelab.run.FittedSetting;

/**
 * What all fits of a setting have in common.
 *
 * @param id id of all coordinates but sample size and seed
 * @param fitted what was fitted
 * @param truthPath where the truth is at each sample size, {@code fixed} or a worst-case path
 */
public record SettingCoordinates(String id, FittedSetting fitted, String truthPath) {

    /** The coordinates of the setting of a fit. */
    static SettingCoordinates of(FitRow fit) {
        return new SettingCoordinates(
                fit.setting(), fit.fitted(), fit.truthPoint().path());
    }

    /** Whether two settings differ in nothing but the start radius. */
    boolean sameButForStartRadius(SettingCoordinates other) {
        return fitted.withStartRadiusFactor(1).equals(other.fitted.withStartRadiusFactor(1))
                && truthPath.equals(other.truthPath);
    }
}
