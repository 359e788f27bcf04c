package dev.ratelab.rates;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.Elementary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The convergence rate of one loss in one setting: the slope of log mean loss on log n over the certified fits.
 *
 * <p><b>Slope.</b> With {@code L_n} the mean loss over the seeds at sample size n, the line {@code log L_n = intercept
 * + slope log n} is fitted by weighted least squares. The variance of {@code log L_n} is {@code v_n = (standard error /
 * mean)^2} by the delta method. With few seeds {@code v_n} is itself noisy, and it is correlated with the mean: a
 * single large loss raises both. Weights {@code 1 / v_n} therefore bias the slope where the spread of log losses
 * changes with n. So {@code v_n} is smoothed first, by the least-squares line of {@code log v_n} on {@code log n}, and
 * the weights are the reciprocals of the smoothed values. A {@code v_n} further than a factor of 100 from the median of all sizes counts as if
 * it were that far, so that no size whose seeds happen to agree takes all the weight. Equal weights are used if a {@code v_n} is zero.
 *
 * <p><b>Interval.</b> Jackknife over seeds: {@code slope_(s)} is the slope, weights included, without seed number s at
 * all sample sizes; with G seeds
 *
 * <pre>
 *   se^2 = (G - 1) / G * sum_s (slope_(s) - mean of slope_(.))^2,   slope +- t_{.975, G - 1} se.
 * </pre>
 *
 * <p>A seed number is a cluster, so the interval is right whether the samples of one seed at different n are
 * independent (the default) or nested. Where seeds are missing at some sizes the degrees of freedom are the smallest
 * number of losses at any size, less one.
 *
 * <p>The slopes on {@code log(N / log N)} and of mean log loss have intervals of the same kind. That of the median has none: the
 * jackknife is not consistent for quantiles.
 *
 * <p><b>Coverage</b> of the 95 % interval over 2,000 simulated studies of 12 sizes from 100 to 30,000, losses
 * log-normal with the log standard deviation sd, true slope -1/2 (a test repeats this; the simulation error is .005):
 *
 * <pre>
 *   seeds   sd    independent sizes   nested samples
 *   20      0.8   .949                .942
 *   40      0.8   .949                .942
 *   20      1.4   .951                .930
 *   40      1.4   .940                .935
 * </pre>
 *
 * <p>The curvature of these straight lines is called significant in 4 to 7 % of them. Where sd itself changes with n,
 * log L_n has a bias of about {@code -v_n / 2} that changes with n as well, and the coverage falls: with sd from 1.05
 * to 1.86 over the window the slope is off by .035 (20 seeds) or .025 (40), and the interval covers .90 to .91 (with
 * unsmoothed weights off by .06 or .04, and .87).
 *
 * <p>{@link #problem} says why numbers are {@code NaN}: all are if there are fewer than three sample sizes, fewer than
 * three certified losses at a size, or a mean loss that is not a positive finite number; only the intervals are if the
 * mean loss of a size is zero without one of the seeds.
 *
 * @param setting id of all coordinates but sample size and seed
 * @param metric the loss
 * @param sampleSizes the window: the sample sizes, ascending
 * @param seeds number of seeds with a certified loss at any size
 * @param certifiedShare share of all fits that did not fail
 * @param smallestCertifiedShare the smallest such share at any sample size
 * @param leastCertifiedSize the smallest sample size with that share
 * @param problem why slope or interval are undefined; empty if they are defined
 * @param slopes how the loss falls
 * @param curvature {@code upperHalf - lowerHalf}
 * @param noiseVariance the known noise variance of a regression, or 1: the data carry the information of {@code N = n /
 *     noiseVariance} observations of unit noise
 * @param smallSizes whether the slope holds without the smallest sizes
 * @param decay a power of N against a power of log N
 */
public record RateFit(
        String setting,
        LossName metric,
        List<Integer> sampleSizes,
        int seeds,
        double certifiedShare,
        double smallestCertifiedShare,
        int leastCertifiedSize,
        String problem,
        Slopes slopes,
        Slope curvature,
        double noiseVariance,
        TrustCheck smallSizes,
        DecayComparison decay) {

    /** Fewest sample sizes from which a rate is computed. */
    public static final int MIN_SIZES = 3;

    /** Fewest certified losses at each sample size. */
    public static final int MIN_SEEDS = 3;

    public RateFit {
        sampleSizes = List.copyOf(sampleSizes);
    }

    /** Fits the rate of one loss where no noise variance is known. */
    public static RateFit of(List<Observation> observations) {
        return of(observations, 1);
    }

    /**
     * Fits the rate of one loss.
     *
     * @param observations in any order, at least one, all of the same setting and metric; not modified
     * @param noiseVariance known noise variance of a regression, positive; 1 in the density problem
     * @throws IllegalArgumentException if there is no observation, or two have the same sample size and seed
     */
    public static RateFit of(List<Observation> observations, double noiseVariance) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException("a rate needs at least one observation");
        }
        LossTable table = LossTable.of(observations);
        int[] seeds = table.seeds();
        double[][] losses = table.losses(seeds);
        String problem = problem(table, losses);
        return problem.isEmpty()
                ? defined(table, losses, noiseVariance)
                : undefined(table, losses, noiseVariance, problem);
    }

    /** Whether slope and interval are defined. */
    public boolean defined() {
        return problem.isEmpty();
    }

    /** Whether the slopes of the two halves differ, at the level of 5 %. */
    public boolean curved() {
        return curvature.low() > 0 || curvature.high() < 0;
    }

    /** Slope of log mean loss on log n. */
    public double slope() {
        return slopes.mean().value();
    }

    private static String problem(LossTable table, double[][] losses) {
        List<Integer> sizes = table.sampleSizes();
        for (int s = 0; s < losses.length; s++) {
            double[] present = present(losses[s]);
            if (present.length < MIN_SEEDS) {
                return present.length + " certified losses at n = " + sizes.get(s) + ", " + MIN_SEEDS + " are needed";
            }
            double mean = SampleStatistics.mean(present, present.length);
            if (!(mean > 0 && mean < Double.POSITIVE_INFINITY)) {
                return "the mean loss at n = " + sizes.get(s) + " is " + mean + ", it has no logarithm";
            }
        }
        return sizes.size() < MIN_SIZES ? sizes.size() + " sample sizes, " + MIN_SIZES + " are needed" : "";
    }

    private static RateFit undefined(LossTable table, double[][] losses, double noiseVariance, String problem) {
        List<Integer> sizes = table.sampleSizes();
        int least = leastCertified(table);
        return new RateFit(
                table.cells().get(0).get(0).setting(),
                table.cells().get(0).get(0).metric(),
                sizes,
                losses[0].length,
                table.certifiedShare(),
                table.certifiedShare(least),
                sizes.get(least),
                problem,
                Slopes.undefined(sizes.size()),
                Slope.UNDEFINED,
                noiseVariance,
                TrustCheck.notChecked(TrustChecks.SMALL_SIZES, problem),
                DecayComparison.undefined(problem));
    }

    private static RateFit defined(LossTable table, double[][] losses, double noiseVariance) {
        List<Integer> sizes = table.sampleSizes();
        int least = leastCertified(table);
        double[] logSizes = table.logSizes();
        Jackknife fit = Jackknife.of(logSizes, losses);
        PowerLaw law = fit.law();
        double half = fit.halfWidth(without -> without.line().slope());
        double halfCurvature = fit.halfWidth(PowerLaw::curvature);
        double[][] logs = logs(losses);
        double halfMeanLog = fit.halfWidthOf(omitted -> meanLogSlope(logSizes, logs, omitted));
        double[] logInformation = Arrays.stream(logSizes)
                .map(log -> log - Elementary.log(noiseVariance))
                .toArray();
        double[] ratios = ratios(logInformation);
        double halfRatio = fit.halfWidth(without -> slopeOn(ratios, without));
        return new RateFit(
                table.cells().get(0).get(0).setting(),
                table.cells().get(0).get(0).metric(),
                sizes,
                losses[0].length,
                table.certifiedShare(),
                table.certifiedShare(least),
                sizes.get(least),
                Double.isFinite(half) ? "" : "no interval: without one of the seeds a mean loss is zero",
                new Slopes(
                        Slope.of(law.line().slope(), half),
                        law.line().intercept(),
                        slopeOfMedian(logSizes, losses),
                        Slope.of(meanLogSlope(logSizes, logs, PowerLaw.NONE), halfMeanLog),
                        Slope.of(slopeOn(ratios, law), halfRatio),
                        localSlopes(logSizes, law),
                        slopesWithoutSmallest(logSizes, law),
                        law.lowerHalf(),
                        law.upperHalf()),
                Slope.of(law.curvature(), halfCurvature),
                noiseVariance,
                SmallSizes.check(logSizes, sizes, fit),
                Double.isFinite(half)
                        ? DecayComparison.of(logInformation, fit)
                        : DecayComparison.undefined("the slope has no interval"));
    }

    /** {@code log(N / log N)}; undefined below N = 3, where it does not rise with N. */
    private static double[] ratios(double[] logInformation) {
        return Arrays.stream(logInformation)
                .map(log -> log < Elementary.log(3) ? Double.NaN : log - Elementary.log(log))
                .toArray();
    }

    private static double slopeOn(double[] regressor, PowerLaw law) {
        return PowerLaw.Line.fit(regressor, law.logMeans(), law.weights(), 0, regressor.length)
                .slope();
    }

    static double[][] logs(double[][] losses) {
        return Arrays.stream(losses)
                .map(row -> Arrays.stream(row).map(Elementary::log).toArray())
                .toArray(double[][]::new);
    }

    /** Slope of the means over seeds of log losses, without one column. */
    private static double meanLogSlope(double[] logSizes, double[][] logs, int omitted) {
        double[] means = new double[logs.length];
        double[] equal = new double[logs.length];
        Arrays.fill(equal, 1);
        for (int s = 0; s < logs.length; s++) {
            double[] present = SampleStatistics.present(logs[s], omitted);
            means[s] = SampleStatistics.mean(present, present.length);
        }
        return PowerLaw.Line.fit(logSizes, means, equal, 0, means.length).slope();
    }

    private static double slopeOfMedian(double[] logSizes, double[][] losses) {
        double[] y = Arrays.stream(losses)
                .mapToDouble(row -> logMedian(present(row)))
                .toArray();
        double[] equal = new double[y.length];
        Arrays.fill(equal, 1);
        return Slope.finiteOrNaN(
                PowerLaw.Line.fit(logSizes, y, equal, 0, y.length).slope());
    }

    private static double logMedian(double[] losses) {
        return Elementary.log(SampleStatistics.quantile(SampleStatistics.sorted(losses), 0.5));
    }

    private static List<Double> localSlopes(double[] logSizes, PowerLaw law) {
        List<Double> slopes = new ArrayList<>();
        for (int s = 1; s < logSizes.length; s++) {
            slopes.add((law.logMeans()[s] - law.logMeans()[s - 1]) / (logSizes[s] - logSizes[s - 1]));
        }
        return slopes;
    }

    private static List<Double> slopesWithoutSmallest(double[] logSizes, PowerLaw law) {
        List<Double> slopes = new ArrayList<>();
        for (int from = 1; from <= logSizes.length - MIN_SIZES; from++) {
            slopes.add(PowerLaw.Line.fit(logSizes, law.logMeans(), law.weights(), from, logSizes.length)
                    .slope());
        }
        return slopes;
    }

    /** The first size, from 0, with the smallest share of certified fits. */
    static int leastCertified(LossTable table) {
        int least = 0;
        for (int s = 1; s < table.cells().size(); s++) {
            if (table.certifiedShare(s) < table.certifiedShare(least)) {
                least = s;
            }
        }
        return least;
    }

    /** Whether each size, by rows, has enough losses. */
    static boolean hasEnough(double[][] losses) {
        return Arrays.stream(losses).allMatch(row -> present(row).length >= MIN_SEEDS);
    }

    private static double[] present(double[] row) {
        return SampleStatistics.present(row, PowerLaw.NONE);
    }
}
