package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.math.Elementary;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
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

    @ParameterizedTest(name = "{0} seeds, log standard deviation {1}, nested {2}")
    @CsvSource({
        "20, 0.8, false", "40, 0.8, false", "20, 1.4, false", "40, 1.4, false",
        "20, 0.8, true", "40, 0.8, true", "20, 1.4, true", "40, 1.4, true",
    })
    void intervals_hold_the_true_slope_as_often_as_they_say(int seeds, double logDeviation, boolean nested) {
        RandomGenerator random = new Well19937c(20240601);
        double[] logSizes = logSizes();
        int covered = 0;
        int curved = 0;
        double total = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[][] losses = losses(random, logSizes, seeds, logDeviation, nested);
            SlopeInterval interval = SlopeInterval.of(logSizes, losses);
            double error = interval.law().line().slope() - TRUE_SLOPE;
            total += error;
            if (Math.abs(error) <= interval.halfWidth()) {
                covered++;
            }
            if (Math.abs(interval.law().curvature()) > interval.halfWidthOfCurvature()) {
                curved++;
            }
        }
        assertThat((double) covered / TRIALS).isBetween(0.925, 0.97);
        assertThat((double) curved / TRIALS).isBetween(0.03, 0.08);
        assertThat(total / TRIALS).isBetween(-0.01, 0.01);
    }

    private static double[] logSizes() {
        double[] logSizes = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logSizes[s] = Elementary.log(100) + s * Elementary.log(300) / (SIZES - 1);
        }
        return logSizes;
    }

    /**
     * Log-normal losses. In nested samples the errors of one seed at two sizes have the correlation {@code sqrt(n1 /
     * n2)}, that of means over nested samples.
     */
    private static double[][] losses(
            RandomGenerator random, double[] logSizes, int seeds, double logDeviation, boolean nested) {
        double[][] losses = new double[SIZES][seeds];
        double correlation = nested ? Elementary.exp(-(logSizes[1] - logSizes[0]) / 2) : 0;
        double innovation = Math.sqrt(1 - correlation * correlation);
        for (int g = 0; g < seeds; g++) {
            double normal = random.nextGaussian();
            for (int s = 0; s < SIZES; s++) {
                losses[s][g] = Elementary.exp(TRUE_SLOPE * logSizes[s] + logDeviation * normal);
                normal = correlation * normal + innovation * random.nextGaussian();
            }
        }
        return losses;
    }
}
