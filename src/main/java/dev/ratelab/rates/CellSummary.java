package dev.ratelab.rates;

import dev.ratelab.loss.LossName;

/**
 * One loss in one cell and one population of its fits. Numbers that are undefined are {@code NaN}.
 *
 * @param setting id of all coordinates but sample size and seed
 * @param metric the loss
 * @param sampleSize number of rows n
 * @param population which losses are summarised
 * @param fits number of fits of the cell, one for each seed
 * @param failures fits that are not certified or whose loss is infinite
 * @param undefined certified fits for which the loss is undefined; not failures
 * @param count number of losses in the population
 * @param mean arithmetic mean of the losses
 * @param standardError Monte-Carlo standard error of the mean, {@code sqrt(sum (loss - mean)^2 / (count - 1) / count)};
 *     undefined for fewer than two losses
 * @param median quantile of order .5
 * @param trimmedMean mean without the largest tenth: the {@code floor(count / 10)} largest losses are left out, none at
 *     the lower end
 * @param quantile05 quantile of order .05. Quantiles of order p interpolate linearly between order statistics at {@code
 *     1 + (count - 1) p} (type 7 of Hyndman and Fan, the default of R and NumPy)
 * @param quantile25 quantile of order .25
 * @param quantile75 quantile of order .75
 * @param quantile95 quantile of order .95
 * @param failureRate {@code failures / fits}
 * @param failureRateLow lower end of its 95 % Wilson interval
 * @param failureRateHigh upper end
 */
public record CellSummary(
        String setting,
        LossName metric,
        int sampleSize,
        Population population,
        int fits,
        int failures,
        int undefined,
        int count,
        double mean,
        double standardError,
        double median,
        double trimmedMean,
        double quantile05,
        double quantile25,
        double quantile75,
        double quantile95,
        double failureRate,
        double failureRateLow,
        double failureRateHigh) {}
