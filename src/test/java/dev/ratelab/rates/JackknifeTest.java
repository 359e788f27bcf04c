package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.Elementary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** Lines, weights and intervals against their definitions in plain loops. */
class JackknifeTest {
    private static final int SIZES = 5;
    private static final int SEEDS = 6;

    /** Quantiles of order .975 of Student's distribution with 4 and 5 degrees of freedom, from SciPy: {@code t.ppf(0.975, [4, 5])}. */
    private static final double T4 = 2.776445105197793;

    private static final double T5 = 2.570581835636314;

    private static double[] logSizes() {
        double[] logSizes = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logSizes[s] = Elementary.log(100 * StrictMath.pow(3, s));
        }
        return logSizes;
    }

    /** Losses whose spread grows with n. */
    private static double[][] losses(int stream) {
        RandomGenerator random = new Well19937c(stream);
        double[][] losses = new double[SIZES][SEEDS];
        for (int s = 0; s < SIZES; s++) {
            for (int g = 0; g < SEEDS; g++) {
                losses[s][g] = Elementary.exp(-0.5 * logSizes()[s] + 0.2 * (1 + s) * random.nextGaussian());
            }
        }
        return losses;
    }

    private static double[][] without(double[][] losses, int seed) {
        double[][] rest = new double[SIZES][];
        for (int s = 0; s < SIZES; s++) {
            rest[s] = losses[s].clone();
            rest[s][seed] = Double.NaN;
        }
        return rest;
    }

    private static double mean(double[] values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return sum / count;
    }

    /** Squared relative standard error of the mean. */
    private static double relativeVariance(double[] losses) {
        double mean = mean(losses);
        double sum = 0;
        int count = 0;
        for (double loss : losses) {
            if (!Double.isNaN(loss)) {
                sum += (loss / mean - 1) * (loss / mean - 1);
                count++;
            }
        }
        return sum / (count - 1) / count;
    }

    /** Slope of {@code y} on {@code x} from index {@code from} to before {@code to}. */
    private static double slope(double[] x, double[] y, double[] weights, int from, int to) {
        double total = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = from; i < to; i++) {
            total += weights[i];
            sumX += weights[i] * x[i];
            sumY += weights[i] * y[i];
        }
        double products = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            products += weights[i] * (x[i] - sumX / total) * (y[i] - sumY / total);
            squares += weights[i] * (x[i] - sumX / total) * (x[i] - sumX / total);
        }
        return products / squares;
    }

    private static double[] weights(double[][] losses) {
        double[] logVariances = new double[SIZES];
        double[] equal = {1, 1, 1, 1, 1};
        for (int s = 0; s < SIZES; s++) {
            logVariances[s] = Math.log(relativeVariance(losses[s]));
        }
        double slope = slope(logSizes(), logVariances, equal, 0, SIZES);
        double[] weights = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            weights[s] = Math.exp(-slope * (logSizes()[s] - logSizes()[0]));
        }
        return weights;
    }

    private static double[] logMeans(double[][] losses) {
        double[] logMeans = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logMeans[s] = Math.log(mean(losses[s]));
        }
        return logMeans;
    }

    /** Whose variances lie so near to each other that none is moved towards their median. */
    private static double slope(double[][] losses) {
        return slope(logSizes(), logMeans(losses), weights(losses), 0, SIZES);
    }

    private static double standardError(double[] withoutEach) {
        double mean = mean(withoutEach);
        double sum = 0;
        for (double estimate : withoutEach) {
            sum += (estimate - mean) * (estimate - mean);
        }
        return Math.sqrt(sum * (withoutEach.length - 1) / withoutEach.length);
    }

    private static double[] slopesWithoutEach(double[][] losses) {
        double[] slopes = new double[SEEDS];
        for (int g = 0; g < SEEDS; g++) {
            slopes[g] = slope(without(losses, g));
        }
        return slopes;
    }

    @Test
    void theLineIsThatOfWeightedLeastSquares() {
        double[][] losses = losses(1);
        PowerLaw law = PowerLaw.fit(logSizes(), losses, PowerLaw.NONE);
        assertThat(law.logMeans()).containsExactly(logMeans(losses), within(1e-13));
        assertThat(law.weights()).containsExactly(weights(losses), within(1e-12));
        assertThat(law.line().slope()).isCloseTo(slope(losses), within(1e-13));
        double total = 0;
        double residuals = 0;
        for (int s = 0; s < SIZES; s++) {
            total += law.weights()[s];
            residuals += law.weights()[s]
                    * (law.logMeans()[s] - law.line().intercept() - law.line().slope() * logSizes()[s]);
        }
        assertThat(residuals / total).as("the mean residual").isCloseTo(0, within(1e-13));
        assertThat(law.lowerHalf())
                .as("three of five sizes")
                .isCloseTo(slope(logSizes(), logMeans(losses), weights(losses), 0, 3), within(1e-12));
        assertThat(law.upperHalf())
                .isCloseTo(slope(logSizes(), logMeans(losses), weights(losses), 2, 5), within(1e-12));
        assertThat(law.curvature()).isEqualTo(law.upperHalf() - law.lowerHalf());
        assertThat(PowerLaw.fit(logSizes(), losses, 4).line().slope())
                .isCloseTo(slope(without(losses, 4)), within(1e-13));
    }

    @Test
    void variancesFarFromTheirMedianAreMovedThere() {
        double[][] losses = losses(2);
        // The first size has relative errors of about 1e-6; ten times less than the median is as far as counts.
        for (int g = 0; g < SEEDS; g++) {
            losses[0][g] = 0.1 * (1 + 1e-6 * g);
        }
        double[] logVariances = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logVariances[s] = Math.log(relativeVariance(losses[s]));
        }
        double median = SampleStatistics.quantile(SampleStatistics.sorted(logVariances), 0.5);
        logVariances[0] = median - 2 * Math.log(10);
        double slope = slope(logSizes(), logVariances, new double[] {1, 1, 1, 1, 1}, 0, SIZES);
        double[] weights = PowerLaw.fit(logSizes(), losses, PowerLaw.NONE).weights();
        for (int s = 0; s < SIZES; s++) {
            assertThat(weights[s])
                    .isCloseTo(Math.exp(-slope * (logSizes()[s] - logSizes()[0])), within(1e-9 * weights[s]));
        }
    }

    @Test
    void weightsAreEqualIfASizeHasNoSpread() {
        double[][] losses = losses(3);
        // A power of two, so that the mean of equal losses has no rounding error.
        Arrays.fill(losses[2], 0.0625);
        assertThat(PowerLaw.fit(logSizes(), losses, PowerLaw.NONE).weights()).containsOnly(1);
    }

    @Test
    void anIntervalIsThatOfStudentWithTheJackknifesError() {
        double[][] losses = losses(4);
        Jackknife fit = Jackknife.of(logSizes(), losses);
        assertThat(fit.degreesOfFreedom()).isEqualTo(5);
        double error = standardError(slopesWithoutEach(losses));
        assertThat(fit.standardError(law -> law.line().slope())).isCloseTo(error, within(1e-12));
        assertThat(fit.halfWidth(law -> law.line().slope())).isCloseTo(T5 * error, within(1e-8));
        double[] numbers = {1, 2, 3, 5, 8, 13};
        assertThat(fit.halfWidthOf(g -> numbers[g])).isCloseTo(T5 * standardError(numbers), within(1e-7));
    }

    private static RateFit rate(double[][] losses, double noiseVariance, int... sizes) {
        List<Observation> observations = new ArrayList<>();
        for (int s = 0; s < SIZES; s++) {
            for (int g = 0; g < SEEDS; g++) {
                observations.add(new Observation("a", LossName.D2, sizes[s], g + 1, true, losses[s][g]));
            }
        }
        return RateFit.of(observations, noiseVariance);
    }

    private static double meanLogSlope(double[][] losses) {
        double[] means = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            means[s] = mean(Arrays.stream(losses[s]).map(Math::log).toArray());
        }
        return slope(logSizes(), means, new double[] {1, 1, 1, 1, 1}, 0, SIZES);
    }

    private static double ratioSlope(double[][] losses, double noiseVariance) {
        double[] ratios = Arrays.stream(logSizes())
                .map(log -> log - Math.log(noiseVariance))
                .map(log -> log - Math.log(log))
                .toArray();
        return slope(ratios, logMeans(losses), weights(losses), 0, SIZES);
    }

    @Test
    void slopesOfMeanLogLossAndOnTheRatioHaveIntervalsOfTheirOwn() {
        double[][] losses = losses(4);
        Slopes slopes = rate(losses, 0.25, 100, 300, 900, 2700, 8100).slopes();
        double[] meanLogs = new double[SEEDS];
        double[] ratios = new double[SEEDS];
        for (int g = 0; g < SEEDS; g++) {
            meanLogs[g] = meanLogSlope(without(losses, g));
            ratios[g] = ratioSlope(without(losses, g), 0.25);
        }
        assertThat(slopes.meanLog().value()).isCloseTo(meanLogSlope(losses), within(1e-12));
        assertThat(slopes.meanLog().high() - slopes.meanLog().value())
                .isCloseTo(T5 * standardError(meanLogs), within(1e-8));
        assertThat(slopes.ratio().value()).isCloseTo(ratioSlope(losses, 0.25), within(1e-12));
        assertThat(slopes.ratio().value() - slopes.ratio().low()).isCloseTo(T5 * standardError(ratios), within(1e-8));
    }

    /** {@code n / log n} falls below n = e: three is the first size with a ratio. */
    @Test
    void threeIsTheSmallestSizeWithARatio() {
        assertThat(rate(losses(4), 1, 3, 10, 30, 100, 300).slopes().ratio().value())
                .isFinite();
        assertThat(rate(losses(4), 1, 2, 10, 30, 100, 300).slopes().ratio().value())
                .isNaN();
    }

    @Test
    void degreesOfFreedomAreThoseOfTheSizeWithFewestLosses() {
        double[][] losses = losses(5);
        losses[3][2] = Double.NaN;
        Jackknife fit = Jackknife.of(logSizes(), losses);
        assertThat(fit.degreesOfFreedom()).isEqualTo(4);
        assertThat(fit.quantile(1)).isCloseTo(T4, within(1e-8));
        assertThat(fit.quantile(5)).as("two-sided, .995").isCloseTo(4.604094871349993, within(1e-8));
    }

    @Test
    void aDifferenceLeavesASeedOutOfBoth() {
        double[][] losses = losses(6);
        double[][] others = losses(7);
        others[1][0] = Double.NaN;
        Difference difference = Jackknife.of(logSizes(), losses)
                .minus(Jackknife.of(logSizes(), others), law -> law.line().slope());
        double[] first = slopesWithoutEach(losses);
        double[] second = slopesWithoutEach(others);
        for (int g = 0; g < SEEDS; g++) {
            first[g] -= second[g];
        }
        assertThat(difference.value()).isCloseTo(slope(losses) - slope(others), within(1e-12));
        assertThat(difference.halfWidth())
                .as("with the fewer degrees of freedom")
                .isCloseTo(T4 * standardError(first), within(1e-8));
        Difference back = Jackknife.of(logSizes(), others)
                .minus(Jackknife.of(logSizes(), losses), law -> law.line().slope());
        assertThat(back.halfWidth()).isEqualTo(difference.halfWidth());
    }
}
