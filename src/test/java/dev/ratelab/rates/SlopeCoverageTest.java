package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.Elementary;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Coverage of the 95 % interval of the slope by simulation on fixed streams. The share of 2,000 intervals that hold the
 * truth has a simulation error of .005.
 */
class SlopeCoverageTest {
    private static final int TRIALS = 2000;
    private static final int SIZES = 12;
    private static final double TRUE_SLOPE = -0.5;

    /** What the simulation of one design found, as shares of the trials. */
    private record Outcome(double covered, double curved, double bias) {}

    /**
     * How losses are drawn.
     *
     * @param trend change of the log of the standard deviation of log losses for one unit of log n
     * @param missing share of losses that are missing at random
     */
    private record Design(int seeds, double logDeviation, boolean nested, double trend, double missing) {}

    @ParameterizedTest(name = "{0} seeds, log standard deviation {1}, nested {2}")
    @CsvSource({
        "20, 0.8, false", "40, 0.8, false", "20, 1.4, false", "40, 1.4, false",
        "20, 0.8, true", "40, 0.8, true", "20, 1.4, true", "40, 1.4, true",
    })
    void intervals_hold_the_true_slope_as_often_as_they_say(int seeds, double logDeviation, boolean nested) {
        Outcome outcome = simulate(new Design(seeds, logDeviation, nested, 0, 0));
        assertThat(outcome.covered()).isBetween(0.925, 0.97);
        assertThat(outcome.curved()).isBetween(0.03, 0.08);
        assertThat(outcome.bias()).isBetween(-0.01, 0.01);
    }

    @Test
    void missing_losses_leave_the_coverage_as_it_is() {
        Outcome outcome = simulate(new Design(20, 0.8, false, 0, 0.1));
        assertThat(outcome.covered()).isBetween(0.925, 0.97);
        assertThat(outcome.curved()).isBetween(0.03, 0.08);
    }

    @ParameterizedTest
    @CsvSource({"20, -0.035", "40, -0.025"})
    void a_spread_that_grows_with_n_biases_the_slope_as_documented(int seeds, double bias) {
        Outcome outcome = simulate(new Design(seeds, 1.4, false, 0.1, 0));
        assertThat(outcome.bias()).isCloseTo(bias, within(0.007));
        assertThat(outcome.covered()).isBetween(0.89, 0.93);
    }

    private static Outcome simulate(Design design) {
        RandomGenerator random = new Well19937c(20240601);
        double[] logSizes = logSizes();
        int covered = 0;
        int curved = 0;
        double total = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            SlopeInterval interval = SlopeInterval.of(logSizes, losses(random, logSizes, design));
            double error = interval.law().line().slope() - TRUE_SLOPE;
            total += error;
            if (Math.abs(error) <= interval.halfWidth()) {
                covered++;
            }
            if (Math.abs(interval.law().curvature()) > interval.halfWidthOfCurvature()) {
                curved++;
            }
        }
        return new Outcome((double) covered / TRIALS, (double) curved / TRIALS, total / TRIALS);
    }

    private static double[] logSizes() {
        double[] logSizes = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logSizes[s] = Elementary.log(100) + s * Elementary.log(300) / (SIZES - 1);
        }
        return logSizes;
    }

    /**
     * Log-normal losses with the mean {@code n^slope}. In nested samples the errors of one seed at two sizes have the
     * correlation {@code sqrt(n1 / n2)}, that of means over nested samples.
     */
    private static double[][] losses(RandomGenerator random, double[] logSizes, Design design) {
        double[][] losses = new double[SIZES][design.seeds()];
        double middle = (logSizes[0] + logSizes[SIZES - 1]) / 2;
        double correlation = design.nested() ? Elementary.exp(-(logSizes[1] - logSizes[0]) / 2) : 0;
        double innovation = Math.sqrt(1 - correlation * correlation);
        for (int g = 0; g < design.seeds(); g++) {
            double normal = random.nextGaussian();
            for (int s = 0; s < SIZES; s++) {
                double deviation = design.logDeviation() * Elementary.exp(design.trend() * (logSizes[s] - middle));
                losses[s][g] = design.missing() > 0 && random.nextDouble() < design.missing()
                        ? Double.NaN
                        : Elementary.exp(TRUE_SLOPE * logSizes[s] + deviation * normal - deviation * deviation / 2);
                normal = correlation * normal + innovation * random.nextGaussian();
            }
        }
        return losses;
    }
}
