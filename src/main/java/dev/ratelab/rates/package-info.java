/**
 * From fits to convergence rates: summaries of cells with their Monte-Carlo error, slopes with confidence intervals,
 * and verdicts beside the predictions of theory.
 *
 * <p>A cell is a setting at one sample size n; it holds one loss for every seed. {@link dev.ratelab.rates.Cells}
 * describes the losses of each cell in three populations. {@link dev.ratelab.rates.Rates} fits, to the certified
 * losses,
 *
 * <pre>
 *   log E[loss] = intercept + slope log n
 * </pre>
 *
 * <p>by weighted least squares ({@link dev.ratelab.rates.RateFit}), and compares the slope with the predicted one
 * ({@link dev.ratelab.rates.Judgement}), unless one of its checks says that it is not to be believed ({@link
 * dev.ratelab.rates.Trust}).
 *
 * <p>All sums run by sample size, then by seed, whatever the order of the input, in plain arithmetic; so results have
 * the same bits for any order or partitioning of the fits and on every machine.
 */
package dev.ratelab.rates;
