package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.math.Elementary;
import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLawTest {
    private static final int SIZES = 8;
    private static final int SEEDS = 20;

    /** Log-normal losses of slope -1/2; at one size they agree to a relative deviation. */
    private static double[][] losses(double[] logSizes, int agreeing, double deviation) {
        RandomGenerator random = new Well19937c(20240604);
        double[][] losses = new double[SIZES][SEEDS];
        for (int s = 0; s < SIZES; s++) {
            for (int g = 0; g < SEEDS; g++) {
                double spread = s == agreeing ? deviation : 0.8;
                losses[s][g] = Elementary.exp(-0.5 * logSizes[s] + spread * random.nextGaussian());
            }
        }
        return losses;
    }

    private static double[] logSizes() {
        double[] logSizes = new double[SIZES];
        for (int s = 0; s < SIZES; s++) {
            logSizes[s] = Elementary.log(100 * StrictMath.scalb(1.0, s));
        }
        return logSizes;
    }

    private static double largestShare(double[] weights) {
        return Arrays.stream(weights).max().orElseThrow()
                / Arrays.stream(weights).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void aSizeWhoseSeedsAgreeDoesNotTakeAllTheWeight(int agreeing) {
        double[] logSizes = logSizes();
        PowerLaw law = PowerLaw.fit(logSizes, losses(logSizes, agreeing, 1e-12), PowerLaw.NONE);
        assertThat(largestShare(law.weights())).isLessThan(0.5);
        assertThat(law.line().slope()).isBetween(-0.75, -0.25);
    }

    @Test
    void howCloselyTheyAgreeDoesNotMatter() {
        double[] logSizes = logSizes();
        double[] closely =
                PowerLaw.fit(logSizes, losses(logSizes, 0, 1e-6), PowerLaw.NONE).weights();
        double[] exactly = PowerLaw.fit(logSizes, losses(logSizes, 0, 1e-12), PowerLaw.NONE)
                .weights();
        assertThat(closely).containsExactly(exactly);
    }
}
