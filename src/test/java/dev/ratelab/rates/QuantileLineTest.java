package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.Elementary;
import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

/** Lines of quantiles and their jackknife against Commons Math: its regression and its covariance. */
class QuantileLineTest {
    private static final int SIZES = 5;
    private static final int SEEDS = 8;
    private static final double ORDER = 0.8;

    /** Quantile of order .975 of Student's distribution with 7 degrees of freedom, from SciPy: {@code t.ppf(0.975, 7)}. */
    private static final double T7 = 2.3646242515927844;

    private static final double[] LOG_SIZES = logSizes();

    private static double[] logSizes() {
        double[] logSizes = new double[SIZES];
        Arrays.setAll(logSizes, s -> Elementary.log(100 * StrictMath.pow(3, s)));
        return logSizes;
    }

    /** Log-normal losses; the log mean bends by {@code bend} where it is not zero. */
    private static double[][] losses(double bend, double deviation) {
        RandomGenerator random = new Well19937c(5);
        double[][] losses = new double[SIZES][SEEDS];
        for (int s = 0; s < SIZES; s++) {
            for (int g = 0; g < SEEDS; g++) {
                losses[s][g] = Elementary.exp(
                        -0.5 * LOG_SIZES[s] + bend * (s - 2) * (s - 2) + deviation * random.nextGaussian());
            }
        }
        return losses;
    }

    /** Log losses of a size, ascending, without a seed; -1 for all. */
    private static double[] logs(double[][] losses, int size, int omitted) {
        double[] logs = new double[omitted < 0 ? SEEDS : SEEDS - 1];
        int next = 0;
        for (int g = 0; g < SEEDS; g++) {
            if (g != omitted) {
                logs[next++] = Math.log(losses[size][g]);
            }
        }
        Arrays.sort(logs);
        return logs;
    }

    private static SimpleRegression measured(double[][] losses, int omitted, int from, int to) {
        SimpleRegression line = new SimpleRegression();
        for (int s = from; s < to; s++) {
            line.addData(LOG_SIZES[s], HarrellDavis.quantile(logs(losses, s, omitted), ORDER));
        }
        return line;
    }

    private static SimpleRegression means(double[][] losses, int omitted, int from, int to) {
        SimpleRegression line = new SimpleRegression();
        for (int s = from; s < to; s++) {
            line.addData(
                    LOG_SIZES[s],
                    Arrays.stream(logs(losses, s, omitted)).average().orElseThrow());
        }
        return line;
    }

    private static double residualQuantile(double[][] losses, SimpleRegression line, int omitted, int from, int to) {
        double[] residuals = {};
        for (int s = from; s < to; s++) {
            double fitted = line.predict(LOG_SIZES[s]);
            double[] ofSize = logs(losses, s, omitted);
            int before = residuals.length;
            residuals = Arrays.copyOf(residuals, before + ofSize.length);
            for (int g = 0; g < ofSize.length; g++) {
                residuals[before + g] = ofSize[g] - fitted;
            }
        }
        Arrays.sort(residuals);
        return HarrellDavis.quantile(residuals, ORDER);
    }

    /** The jackknife covariance: that of the values without each seed, times {@code (G - 1)^2 / G}. */
    private static double jackknife(double[] left, double[] right) {
        return new Covariance().covariance(left, right) * (SEEDS - 1) * (SEEDS - 1) / SEEDS;
    }

    private static void assertLine(QuantileLine.Window line, double centre, double[] levels, double[] slopes) {
        assertThat(line.centre()).isCloseTo(centre, within(1e-13));
        assertThat(line.level()).isCloseTo(levels[SEEDS], within(1e-12));
        assertThat(line.slope()).isCloseTo(slopes[SEEDS], within(1e-12));
        double[] levelsWithout = Arrays.copyOf(levels, SEEDS);
        double[] slopesWithout = Arrays.copyOf(slopes, SEEDS);
        assertThat(line.varianceOfLevel()).isCloseTo(jackknife(levelsWithout, levelsWithout), within(1e-12));
        assertThat(line.covariance()).isCloseTo(jackknife(levelsWithout, slopesWithout), within(1e-12));
        assertThat(line.varianceOfSlope()).isCloseTo(jackknife(slopesWithout, slopesWithout), within(1e-12));
        assertThat(line.student()).isCloseTo(T7, within(1e-8));
    }

    @Test
    void aMeasuredLineGoesThroughTheQuantilesOfItsWindow() {
        double[][] losses = losses(0, 0.4);
        QuantileLine lines = QuantileLine.of(LOG_SIZES, losses, ORDER);
        assertThat(lines.logQuantile(3)).isCloseTo(HarrellDavis.quantile(logs(losses, 3, -1), ORDER), within(1e-13));
        double centre = (LOG_SIZES[1] + LOG_SIZES[2] + LOG_SIZES[3]) / 3;
        double[] levels = new double[SEEDS + 1];
        double[] slopes = new double[SEEDS + 1];
        for (int g = 0; g <= SEEDS; g++) {
            SimpleRegression line = measured(losses, g < SEEDS ? g : -1, 1, 4);
            levels[g] = line.predict(centre);
            slopes[g] = line.getSlope();
        }
        assertLine(lines.measured(1, 4), centre, levels, slopes);
    }

    @Test
    void aPooledLineIsThatOfTheMeansRaisedByTheQuantileOfItsResiduals() {
        double[][] losses = losses(0, 0.4);
        double centre = (LOG_SIZES[2] + LOG_SIZES[3] + LOG_SIZES[4]) / 3;
        double[] levels = new double[SEEDS + 1];
        double[] slopes = new double[SEEDS + 1];
        for (int g = 0; g <= SEEDS; g++) {
            int omitted = g < SEEDS ? g : -1;
            SimpleRegression line = means(losses, omitted, 2, 5);
            levels[g] = line.predict(centre) + residualQuantile(losses, line, omitted, 2, 5);
            slopes[g] = line.getSlope();
        }
        assertLine(QuantileLine.of(LOG_SIZES, losses, ORDER).pooled(2, 5), centre, levels, slopes);
    }

    /** The change of slope over its jackknife error is the statistic; its limit is Student's quantile. */
    @Test
    void halvesThatShareTheMiddleSizeSayWhetherALineIsCurved() {
        assertThat(QuantileLine.of(LOG_SIZES, losses(0, 0.4), ORDER).half()).isEqualTo(3);
        int curvedQuantiles = 0;
        int curvedMeans = 0;
        double[] bends = {-0.4, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.4};
        for (double bend : bends) {
            double[][] losses = losses(bend, 0.3);
            double[] ofQuantiles = new double[SEEDS + 1];
            double[] ofMeans = new double[SEEDS + 1];
            for (int g = 0; g <= SEEDS; g++) {
                int omitted = g < SEEDS ? g : -1;
                ofQuantiles[g] = measured(losses, omitted, 2, 5).getSlope()
                        - measured(losses, omitted, 0, 3).getSlope();
                ofMeans[g] = means(losses, omitted, 2, 5).getSlope()
                        - means(losses, omitted, 0, 3).getSlope();
            }
            QuantileLine lines = QuantileLine.of(LOG_SIZES, losses, ORDER);
            assertThat(lines.measuredIsCurved()).isEqualTo(significant(ofQuantiles));
            assertThat(lines.pooledIsCurved()).isEqualTo(significant(ofMeans));
            curvedQuantiles += lines.measuredIsCurved() ? 1 : 0;
            curvedMeans += lines.pooledIsCurved() ? 1 : 0;
        }
        assertThat(curvedQuantiles).as("some are and some are not").isBetween(2, bends.length - 2);
        assertThat(curvedMeans).isBetween(2, bends.length - 2);
    }

    private static boolean significant(double[] changes) {
        double[] without = Arrays.copyOf(changes, SEEDS);
        return Math.abs(changes[SEEDS]) > T7 * Math.sqrt(jackknife(without, without));
    }

    /** With the window's own numbers: the interval of the quantile at each end of Fieller's interval ends at the target. */
    @Test
    void atTheEndsOfFiellersIntervalALimitOfTheQuantileIsTheTarget() {
        QuantileLine.Window line = new QuantileLine.Window(5, -2, -0.5, 0.01, 0.002, 0.004, 2);
        assertThat(line.slopeHalfWidth()).isCloseTo(2 * Math.sqrt(0.004), within(1e-15));
        assertThat(line.falls()).isTrue();
        assertThat(line.upperLimit(6)).isCloseTo(-2.5 + 2 * Math.sqrt(0.01 + 0.004 + 0.004), within(1e-15));
        assertThat(line.crossing(-4)).isCloseTo(9, within(1e-14));
        double[] interval = line.crossingInterval(-4);
        assertThat(line.upperLimit(interval[1])).isCloseTo(-4, within(1e-12));
        double z = interval[0] - 5;
        double lowerLimit = -2 - 0.5 * z - 2 * Math.sqrt(0.01 + 2 * 0.002 * z + 0.004 * z * z);
        assertThat(lowerLimit).isCloseTo(-4, within(1e-12));
        assertThat(new QuantileLine.Window(5, -2, -0.5, 0.01, 0.002, 0.07, 2).falls())
                .as("-.5 + 2 sqrt(.07) > 0")
                .isFalse();
    }
}
