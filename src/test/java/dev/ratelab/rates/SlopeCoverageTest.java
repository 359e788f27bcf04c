package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.loss.LossName;
import dev.ratelab.math.Elementary;
import dev.ratelab.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Coverage of the 95 % interval of the slope by simulation on fixed streams. The share of 2,000 intervals that hold the
 * truth has a simulation error of .005.
 */
@Slow
class SlopeCoverageTest {
    private static final int TRIALS = 2000;
    private static final int SIZES = 12;
    private static final double TRUE_SLOPE = -0.5;

    /** What the simulation of one design found, as shares of the trials. */
    private record Outcome(double covered, double meanLogCovered, double curved, double moved, double bias) {}

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
        assertThat(outcome.meanLogCovered()).isBetween(0.925, 0.97);
        assertThat(outcome.curved()).isBetween(0.03, 0.08);
        assertThat(outcome.moved()).as("false alarms of the gate small-sizes").isLessThan(0.075);
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
        int meanLog = 0;
        int curved = 0;
        int moved = 0;
        double total = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            RateFit fit = RateFit.of(observations(logSizes, losses(random, logSizes, design)));
            total += fit.slope() - TRUE_SLOPE;
            covered += fit.slopes().mean().low() <= TRUE_SLOPE
                            && TRUE_SLOPE <= fit.slopes().mean().high()
                    ? 1
                    : 0;
            meanLog += fit.slopes().meanLog().low() <= TRUE_SLOPE
                            && TRUE_SLOPE <= fit.slopes().meanLog().high()
                    ? 1
                    : 0;
            curved += fit.curved() ? 1 : 0;
            moved += fit.smallSizes().status() == CheckStatus.FAILED ? 1 : 0;
        }
        return new Outcome(
                (double) covered / TRIALS,
                (double) meanLog / TRIALS,
                (double) curved / TRIALS,
                (double) moved / TRIALS,
                total / TRIALS);
    }

    /** The logarithms of whole sample sizes from 100 to 30,000, at nearly equal steps. */
    private static double[] logSizes() {
        double[] logSizes = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logSizes[s] = Elementary.log(Math.rint(100 * Elementary.pow(300, (double) s / (SIZES - 1))));
        }
        return logSizes;
    }

    /** Losses as certified observations. */
    private static List<Observation> observations(double[] logSizes, double[][] losses) {
        List<Observation> observations = new ArrayList<>();
        for (int s = 0; s < logSizes.length; s++) {
            int size = (int) Math.rint(Elementary.exp(logSizes[s]));
            for (int g = 0; g < losses[s].length; g++) {
                observations.add(new Observation("a", LossName.D2, size, g + 1, true, losses[s][g]));
            }
        }
        return observations;
    }

    /** The slope on log(n / log n) is exact for losses of the order of a bound (log n / n)^e, and its interval covers e. */
    @ParameterizedTest
    @CsvSource({"0.8, false", "1.4, false", "0.8, true", "1.4, true"})
    void theSlopeOnTheRatioHoldsTheExponentOfABound(double logDeviation, boolean nested) {
        RandomGenerator random = new Well19937c(20240602);
        double[] logSizes = logSizes();
        Design design = new Design(40, logDeviation, nested, 0, 0);
        int covered = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[][] losses = losses(random, logSizes, design);
            for (int s = 0; s < SIZES; s++) {
                for (int g = 0; g < losses[s].length; g++) {
                    losses[s][g] *= Math.sqrt(logSizes[s]);
                }
            }
            RateFit fit = RateFit.of(observations(logSizes, losses));
            covered += fit.slopes().ratio().low() <= TRUE_SLOPE
                            && TRUE_SLOPE <= fit.slopes().ratio().high()
                    ? 1
                    : 0;
        }
        assertThat((double) covered / TRIALS).isBetween(0.925, 0.97);
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
