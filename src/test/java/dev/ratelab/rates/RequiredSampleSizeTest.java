package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.theory.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredSampleSizeTest {
    private static final int[] SIZES = {100, 200, 400, 800, 1600, 3200};
    private static final Prediction ROOT = new Prediction(-0.5, "a test", Prediction.DERIVED);
    private static final Prediction NOT_IDENTIFIED =
            Prediction.notIdentified("weights and temperature times one factor", Prediction.DERIVED);

    private static RequiredSampleSize of(
            IntToDoubleFunction mean, double deviation, Prediction prediction, double target) {
        return of(Fits.observations(SIZES, 20, mean, deviation, 3), prediction, target, 0.9);
    }

    private static RequiredSampleSize of(
            List<Observation> observations, Prediction prediction, double target, double probability) {
        FitRow row = Fits.fit("a", 100, 1, FitStatus.CONVERGED, LossName.D2, 1);
        return RequiredSampleSize.of(row, observations, prediction, target, probability);
    }

    /** Losses n^-1/2 times the same factors at all n: the quantile is a power law without error. */
    @Test
    void aPowerLawIsSolvedExactly() {
        List<Observation> observations = new ArrayList<>();
        for (int n : SIZES) {
            for (int seed = 1; seed <= 20; seed++) {
                observations.add(new Observation("a", LossName.D2, n, seed, true, 3 / Math.sqrt(n)));
            }
        }
        RequiredSampleSize found = of(observations, ROOT, 0.1, 0.9);
        assertThat(found.sampleSize()).isEqualTo(900);
        assertThat(found.low()).isEqualTo(900);
        assertThat(found.high()).isEqualTo(900);
        assertThat(found.slope()).isCloseTo(-0.5, within(1e-13));
        assertThat(found.reach()).isEqualTo(Reach.INSIDE);
        assertThat(of(observations, ROOT, 0.01, 0.9).sampleSize()).isEqualTo(90000);
    }

    /** Where the error stops falling, the crossing lies between the two sizes on either side of the target. */
    @ParameterizedTest
    @CsvSource({"0.12, 700, 800", "0.2, 400, 700"})
    void atAKinkTheNeighboursOfTheTargetDecide(double target, double low, double high) {
        double[] means = {1, 0.5, 0.25, 0.1, 0.1, 0.1};
        RequiredSampleSize found = of(n -> means[Arrays.binarySearch(SIZES, n)], 0.1, ROOT, target);
        assertThat(found.reach()).isEqualTo(Reach.INSIDE);
        assertThat(found.sampleSize()).isBetween(low, high);
    }

    /** A floor below the target, or a curve that rises again after it: the error does not fall, but the target is met. */
    @Test
    void aTargetThatIsMetIsNotOutOfReach() {
        double[] means = {1, 0.5, 0.1, 0.1, 0.5, 1};
        assertThat(of(n -> means[Arrays.binarySearch(SIZES, n)], 0.1, ROOT, 0.2).reach())
                .isEqualTo(Reach.UNDECIDED);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, AT_MOST",
        "0.1, INSIDE",
        "0.03, EXTRAPOLATED",
        "0.001, FAR_EXTRAPOLATED",
    })
    void whereTheTargetLiesIsSaid(double target, Reach reach) {
        RequiredSampleSize found = of(n -> 2 / Math.sqrt(n), 0.3, ROOT, target);
        assertThat(found.reach()).isEqualTo(reach);
        double expected = reach == Reach.AT_MOST ? 100 : Math.pow(2 * Math.exp(0.3 * 1.2816) / target, 2);
        assertThat(found.sampleSize() / expected).isBetween(0.4, 2.5);
        assertThat(found.high()).isGreaterThanOrEqualTo(found.sampleSize());
        if (reach == Reach.AT_MOST) {
            assertThat(found.low()).isNaN();
        } else {
            assertThat(found.low()).isLessThan(found.sampleSize());
            assertThat(found.reason()).contains("slope of the quantile -0.");
        }
        if (reach == Reach.EXTRAPOLATED || reach == Reach.FAR_EXTRAPOLATED) {
            assertThat(found.reason()).contains("times the largest sample size");
            assertThat(found.sampleSize() > RequiredSampleSize.FAR * 3200).isEqualTo(reach == Reach.FAR_EXTRAPOLATED);
        }
    }

    @Test
    void aHigherProbabilityNeedsMoreSamples() {
        List<Observation> observations = Fits.observations(SIZES, 40, n -> 2 / Math.sqrt(n), 0.5, 3);
        double before = 0;
        for (double probability : new double[] {0.1, 0.5, 0.8, 0.9, 0.95}) {
            double size = of(observations, ROOT, 0.05, probability).sampleSize();
            assertThat(size).isGreaterThan(before);
            before = size;
        }
    }

    @Test
    void whatTheDataDoNotIdentifyIsNotReachableHoweverSmallTheLoss() {
        for (double target : new double[] {1e-3, 0.1, 10}) {
            RequiredSampleSize found = of(n -> 2 / Math.sqrt(n), 0.3, NOT_IDENTIFIED, target);
            assertThat(found.reach()).isEqualTo(Reach.NOT_REACHABLE);
            assertThat(found.sampleSize()).isNaN();
            assertThat(found.high()).isNaN();
            assertThat(found.reason())
                    .isEqualTo("the data do not identify it: weights and temperature times one factor");
            assertThat(found.slope()).as("what is seen of it").isCloseTo(-0.5, within(0.05));
        }
        RequiredSampleSize few = of(Fits.observations(SIZES, 3, n -> 1, 0.3, 3), NOT_IDENTIFIED, 0.1, 0.9);
        assertThat(few.slope()).as("too few for a line").isNaN();
    }

    @Test
    void aLossThatDoesNotFallIsNotReachable() {
        assertThat(of(n -> 1, 0.05, ROOT, 0.5).reach()).isEqualTo(Reach.NOT_REACHABLE);
        assertThat(of(Math::sqrt, 0.3, ROOT, 0.5).reason()).contains("it does not fall");
        RequiredSampleSize wide = of(n -> 1, 2, ROOT, 0.01);
        assertThat(wide.reach()).isEqualTo(Reach.UNDECIDED);
        assertThat(wide.reason()).contains("holds zero: more seeds or sizes are needed");
    }

    @Test
    void aLossThatIsSmallEverywhereIsReachedAlthoughItDoesNotFall() {
        RequiredSampleSize found = of(n -> 1, 0.05, ROOT, 5);
        assertThat(found.reach()).isEqualTo(Reach.AT_MOST);
        assertThat(found.sampleSize()).isEqualTo(100);
        assertThat(found.high()).isEqualTo(100);
    }

    /** Slope -1/8 up to n = 800, then -1: the line of all sizes is wrong everywhere. */
    @Test
    void aCurvedLossIsInterpolatedInsideAndFollowedBeyond() {
        IntToDoubleFunction bent = n -> n <= 800 ? Math.pow(n / 800.0, -0.125) : 800.0 / n;
        double quantile = Math.exp(0.02 * 1.2816);
        RequiredSampleSize inside = of(bent, 0.02, ROOT, 0.4);
        assertThat(inside.reach()).isEqualTo(Reach.INSIDE);
        assertThat(inside.sampleSize()).isCloseTo(2000 * quantile, within(450.0));
        assertThat(inside.reason()).contains("it changes with n");
        RequiredSampleSize beyond = of(bent, 0.02, ROOT, 0.1);
        assertThat(beyond.reach()).isEqualTo(Reach.EXTRAPOLATED);
        assertThat(beyond.sampleSize()).isCloseTo(8000 * quantile, within(1000.0));
        assertThat(beyond.slope()).isCloseTo(-1, within(0.15));
    }

    /** Twenty losses a size at the quantiles of a log-normal distribution whose spread depends on n. */
    private static List<Observation> quantiles(IntToDoubleFunction mean, IntToDoubleFunction spread) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        List<Observation> observations = new ArrayList<>();
        for (int n : SIZES) {
            for (int seed = 1; seed <= 20; seed++) {
                double score = normal.inverseCumulativeProbability((seed - 0.5) / 20);
                double loss = mean.applyAsDouble(n) * Math.exp(spread.applyAsDouble(n) * score);
                observations.add(new Observation("a", LossName.D2, n, seed, true, loss));
            }
        }
        return observations;
    }

    private static QuantileLine lines(List<Observation> observations) {
        LossTable table = LossTable.of(observations);
        return QuantileLine.of(table.logSizes(), table.losses(table.seeds()), 0.9);
    }

    /** Losses of all sizes and seeds are the target itself, in logarithms without rounding. */
    @Test
    void aTargetThatIsTheLossItselfIsMet() {
        assertThat(of(n -> 1, 0, ROOT, 1).reach()).isEqualTo(Reach.AT_MOST);
        double[] means = {10, 5, 1, 1, 5, 10};
        RequiredSampleSize once = of(n -> means[Arrays.binarySearch(SIZES, n)], 0, ROOT, 1);
        assertThat(once.reach()).isEqualTo(Reach.UNDECIDED);
        assertThat(once.reason()).isEqualTo("met at n = 400, but the error does not fall over these sizes");
    }

    /** The target is met at the smallest size by the estimate, but not by its upper limit. */
    @Test
    void aTargetThatIsMetAtTheSmallestSizeByTheEstimateOnly() {
        double met = 0.2 * Math.exp(0.3 * 1.2816) * 1.05;
        List<Observation> noisy = Fits.observations(SIZES, 20, n -> 2 / Math.sqrt(n), 0.3, 3);
        RequiredSampleSize found = of(noisy, ROOT, met, 0.9);
        assertThat(lines(noisy).measured(0, 6).upperLimit(Math.log(100))).isGreaterThan(Math.log(met));
        assertThat(found.reach()).isEqualTo(Reach.INSIDE);
        assertThat(found.sampleSize()).isEqualTo(100);
        assertThat(found.low()).isNaN();
        double[] interval = lines(noisy).measured(0, 6).crossingInterval(Math.log(met));
        assertThat(found.high()).isEqualTo(Math.ceil(Math.exp(interval[1])));
        assertThat(found.reason()).endsWith("; the target may be met below the smallest sample size");
    }

    @Test
    void theReasonHasTheSlopeWithItsIntervalAndWhereTheEndsLie() {
        List<Observation> noisy = Fits.observations(SIZES, 20, n -> 2 / Math.sqrt(n), 0.3, 3);
        RequiredSampleSize inside = of(noisy, ROOT, 0.1, 0.9);
        String slope = String.format(
                Locale.ROOT,
                "slope of the quantile %.3f [%.3f, %.3f]",
                inside.slope(),
                inside.slopeLow(),
                inside.slopeHigh());
        assertThat(inside.reason()).isEqualTo(slope);
        assertThat(inside.slopeLow()).isLessThan(inside.slope() - 0.01);
        assertThat(inside.slopeHigh()).isGreaterThan(inside.slope() + 0.01);
        double last = Math.exp(lines(noisy).logQuantile(5)) * 1.02;
        RequiredSampleSize end = of(noisy, ROOT, last, 0.9);
        assertThat(end.high()).isGreaterThan(3200);
        assertThat(end.reason()).endsWith("; the upper end lies beyond n = 3200");
        RequiredSampleSize beyond = of(noisy, ROOT, 0.02, 0.9);
        assertThat(beyond.reason())
                .endsWith(
                        String.format(Locale.ROOT, "; %.3g times the largest sample size", beyond.sampleSize() / 3200));
    }

    /** A spread that grows with n: the quantile falls more slowly than the mean, and meets the target later. */
    @Test
    void whereTheTwoLinesDisagreeThatOfTheQuantilesIsBelieved() {
        List<Observation> growing = quantiles(n -> 2 / Math.sqrt(n), n -> 0.1 + 0.1 * Math.log(n / 100.0));
        QuantileLine.Window measured = lines(growing).measured(0, 6);
        double target = measured.level() + measured.slope() * (Math.log(4000) - measured.centre());
        assertThat(lines(growing).pooled(0, 6).crossing(target)).isLessThan(Math.log(3200));
        RequiredSampleSize found = of(growing, ROOT, Math.exp(target), 0.9);
        assertThat(found.reach()).isEqualTo(Reach.EXTRAPOLATED);
        assertThat(found.sampleSize()).isEqualTo(4000);
        assertThat(found.slope()).isEqualTo(measured.slope());
    }

    /** The spread grows so fast that the quantile does not fall: the line of the means is all there is. */
    @ParameterizedTest
    @CsvSource({"3, 1586, INSIDE", "8, 100, INSIDE", "12, 100, AT_MOST"})
    void whereTheQuantilesDoNotFallTheMeansAreFollowed(double target, double size, Reach reach) {
        List<Observation> rising = quantiles(n -> 2 * Math.pow(n / 100.0, -0.25), n -> 0.1 + 0.4 * Math.log(n / 100.0));
        assertThat(lines(rising).measured(0, 6).falls()).isFalse();
        QuantileLine.Window pooled = lines(rising).pooled(0, 6);
        RequiredSampleSize found = of(rising, ROOT, target, 0.9);
        assertThat(found.slope()).isEqualTo(pooled.slope());
        assertThat(found.reach()).isEqualTo(reach);
        assertThat(found.sampleSize())
                .isEqualTo(size)
                .isEqualTo(Math.max(100, Math.ceil(Math.exp(pooled.crossing(Math.log(target))))));
    }

    /** All quantiles of a curve are below the target, but not the upper limit of the first: the lower half is solved. */
    @Test
    void aCurveBelowTheTargetIsSolvedAtItsBeginning() {
        double[] means = {1, 0.5, 0.25, 0.1, 0.1, 0.1};
        List<Observation> bent = Fits.observations(SIZES, 20, n -> means[Arrays.binarySearch(SIZES, n)], 0.1, 3);
        double target = Math.exp(lines(bent).logQuantile(0)) * 1.01;
        RequiredSampleSize found = of(bent, ROOT, target, 0.9);
        assertThat(found.slope()).isEqualTo(lines(bent).measured(0, 3).slope());
        double between = 0.5 * (lines(bent).logQuantile(0) + lines(bent).logQuantile(1));
        assertThat(of(bent, ROOT, Math.exp(between), 0.9).slope())
                .as("the first is above the target")
                .isEqualTo(lines(bent).measured(0, 2).slope());
        assertThat(found.reason()).endsWith("; the target may be met below the smallest sample size");
    }

    /** On the steps of a curve the two neighbours of the target do not fall significantly: two on either side do. */
    @Test
    void onAPlateauTwoSizesOnEitherSideDecide() {
        double[] means = {1, 0.5, 0.215, 0.2, 0.05, 0.02};
        List<Observation> steps = quantiles(n -> means[Arrays.binarySearch(SIZES, n)], n -> 0.1 + 1e-4 * n);
        QuantileLine lines = lines(steps);
        assertThat(lines.measuredIsCurved()).isTrue();
        double target = Math.exp(lines.logQuantile(3)) * 1.001;
        assertThat(lines.logQuantile(2)).isGreaterThan(Math.log(target));
        assertThat(lines.measured(2, 4).falls()).isFalse();
        RequiredSampleSize found = of(steps, ROOT, target, 0.9);
        assertThat(found.reach()).isEqualTo(Reach.INSIDE);
        assertThat(found.slope()).isEqualTo(lines.measured(1, 5).slope());
        double[] kink = {8, 4, 1, 1, 1, 1};
        RequiredSampleSize corner = of(n -> kink[Arrays.binarySearch(SIZES, n)], 0, ROOT, 1);
        assertThat(corner.sampleSize())
                .as("a size that meets the target exactly")
                .isEqualTo(400);
    }

    @Test
    void anAnswerThatIsAboutCertifiedFitsOnlySaysSo() {
        List<Observation> all = Fits.observations(SIZES, 20, n -> 2 / Math.sqrt(n), 0.3, 3);
        assertThat(of(all, ROOT, 0.1, 0.9).certifiedShare()).isEqualTo(1);
        assertThat(of(all, ROOT, 0.1, 0.9).reason()).doesNotContain("certified");
        List<Observation> oneFailed = new ArrayList<>(all);
        Observation first = all.get(0);
        oneFailed.set(0, new Observation("a", LossName.D2, first.sampleSize(), first.seed(), false, first.value()));
        RequiredSampleSize found = of(oneFailed, ROOT, 0.1, 0.9);
        assertThat(found.certifiedShare()).isEqualTo(0.95);
        assertThat(found.reason())
                .endsWith(
                        "; of certified fits: at some size only 95 % are, so the probability among all is from 0.855 on");
    }

    @Test
    void tooLittleIsUndecidedWithTheReason() {
        IntToDoubleFunction mean = n -> 2 / Math.sqrt(n);
        assertThat(of(Fits.observations(SIZES, 9, mean, 0.3, 3), ROOT, 0.1, 0.9).reason())
                .isEqualTo("9 certified losses at n = 100, probability 0.9 needs 10");
        assertThat(of(Fits.observations(SIZES, 4, mean, 0.3, 3), ROOT, 0.1, 0.5).reason())
                .isEqualTo("4 certified losses at n = 100, probability 0.5 needs 5");
        assertThat(of(Fits.observations(SIZES, 10, mean, 0.3, 3), ROOT, 0.1, 0.9)
                        .reach())
                .isEqualTo(Reach.INSIDE);
        assertThat(of(Fits.observations(new int[] {100, 400}, 20, mean, 0.3, 3), ROOT, 0.1, 0.9)
                        .reason())
                .isEqualTo("2 sample sizes, 3 are needed");
        assertThat(of(Fits.observations(new int[] {100, 400, 1600}, 20, mean, 0.3, 3), ROOT, 0.1, 0.9)
                        .reach())
                .isEqualTo(Reach.INSIDE);
        List<Observation> zero = new ArrayList<>(Fits.observations(SIZES, 20, mean, 0.3, 3));
        zero.set(0, new Observation("a", LossName.D2, 100, 1, true, 0));
        assertThat(of(zero, ROOT, 0.1, 0.9).reason()).isEqualTo("a loss at n = 100 is 0.0, it has no logarithm");
        List<Observation> failed = Fits.observations(SIZES, 20, mean, 0.3, 3).stream()
                .map(one -> new Observation(
                        one.setting(),
                        one.metric(),
                        one.sampleSize(),
                        one.seed(),
                        one.seed() > 3 || one.sampleSize() != 400,
                        one.value()))
                .toList();
        assertThat(of(failed, ROOT, 0.1, 0.9).reason())
                .isEqualTo("only 85 % of the fits at n = 400 are certified, 90 % are needed");
        List<Observation> tenth = Fits.observations(SIZES, 20, mean, 0.3, 3).stream()
                .map(one -> new Observation(
                        one.setting(), one.metric(), one.sampleSize(), one.seed(), one.seed() > 2, one.value()))
                .toList();
        assertThat(of(tenth, ROOT, 0.1, 0.9).reach()).as("90 % are enough").isEqualTo(Reach.INSIDE);
    }

    @Test
    void aRateThatTheoryLetsBeSlowIsExtrapolatedWithAWarning() {
        Prediction slow = Prediction.slow("a worst case", Prediction.RECALLED);
        assertThat(of(n -> 2 / Math.sqrt(n), 0.3, slow, 0.03).reason())
                .contains("in the worst case theory lets it fall more slowly than every power");
    }

    @Test
    void everySettingWithTheLossHasARowAndTheOrderOfTheFitsDoesNotMatter() {
        List<FitRow> fits = new ArrayList<>(Fits.study(5));
        fits.add(Fits.fit("c", 100, 1, FitStatus.CONVERGED, Map.of(LossName.D1, 1.0)));
        List<RequiredSampleSize> found = RequiredSampleSize.compute(fits, 2, LossName.D2, 0.1, 0.8);
        assertThat(found).extracting(RequiredSampleSize::setting).containsExactly("a", "b");
        Collections.shuffle(fits, new Random(1));
        assertThat(RequiredSampleSize.compute(fits, 2, LossName.D2, 0.1, 0.8)).isEqualTo(found);
        assertThat(RequiredSampleSize.compute(fits, 2, LossName.HELLINGER, 0.1, 0.8))
                .isEmpty();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        List<FitRow> fits = Fits.study(5);
        assertThatThrownBy(() -> RequiredSampleSize.compute(fits, 2, LossName.D2, 0, 0.9))
                .hasMessage("target = 0.0 must be a finite number > 0");
        assertThatThrownBy(() -> RequiredSampleSize.compute(fits, 2, LossName.D2, Double.POSITIVE_INFINITY, 0.9))
                .hasMessage("target = Infinity must be a finite number > 0");
        assertThatThrownBy(() -> RequiredSampleSize.compute(fits, 2, LossName.D2, 0.1, 0))
                .hasMessage("probability = 0.0 must be in (0, 1)");
        assertThatThrownBy(() -> RequiredSampleSize.compute(fits, 2, LossName.D2, 0.1, 1))
                .hasMessage("probability = 1.0 must be in (0, 1)");
        assertThatThrownBy(() -> RequiredSampleSize.compute(fits, 2, LossName.MIN_WEIGHT, 0.1, 0.9))
                .hasMessage("metric = 'min-weight' measures no distance from the truth");
    }

    /** Weights of R's Hmisc::hdquantile, by pbeta: for two numbers the median weighs both alike, one number is itself. */
    @Test
    void quantilesAreThoseOfHarrellAndDavis() {
        assertThat(HarrellDavis.quantile(new double[] {7}, 0.9)).isEqualTo(7);
        assertThat(HarrellDavis.quantile(new double[] {1, 3}, 0.5)).isCloseTo(2, within(1e-14));
        // I(1/2) of Beta(2.7, 0.3), by numerical integration.
        double lower = betaByMidpoints(2.7, 0.3);
        assertThat(HarrellDavis.quantile(new double[] {0, 1}, 0.9)).isCloseTo(1 - lower, within(1e-6));
        double[] ramp = new double[2000];
        Arrays.setAll(ramp, i -> (i + 0.5) / ramp.length);
        assertThat(HarrellDavis.quantile(ramp, 0.9)).isCloseTo(0.9, within(1e-3));
    }

    /** {@code I(1/2)} as the share of the lower half, after the substitution {@code u = (1 - x)^b} that removes the pole at 1. */
    private static double betaByMidpoints(double a, double b) {
        int steps = 400_000;
        double half = Math.pow(0.5, b);
        double lower = 0;
        double total = 0;
        for (int i = 0; i < steps; i++) {
            double u = (i + 0.5) / steps;
            double density = Math.pow(1 - Math.pow(u, 1 / b), a - 1);
            total += density;
            lower += u > half ? density : 0;
        }
        return lower / total;
    }

    /**
     * Share of 95 % intervals that hold the true size, in 500 simulated studies (simulation error .01) of log-normal losses and of
     * losses that are lengths of normal vectors of two and five components.
     */
    @ParameterizedTest(name = "{0} seeds, {1} components, true size {2}")
    @CsvSource({
        "20, 0, 800",
        "20, 0, 25600",
        "20, 2, 800",
        "20, 2, 25600",
        "20, 5, 800",
        "20, 5, 25600",
        "40, 5, 25600",
        "10, 5, 25600",
    })
    void intervalsHoldTheTrueSizeAsOftenAsTheySay(int seeds, int components, int trueSize) {
        RandomGenerator random = new Well19937c(20240601);
        double[] logSizes = Arrays.stream(SIZES).mapToDouble(Math::log).toArray();
        double logTarget = -0.5 * Math.log(trueSize) + logQuantile(components);
        int covered = 0;
        int trials = 500;
        for (int trial = 0; trial < trials; trial++) {
            double[][] losses = new double[SIZES.length][seeds];
            for (int s = 0; s < SIZES.length; s++) {
                for (int g = 0; g < seeds; g++) {
                    losses[s][g] = draw(random, components) / Math.sqrt(SIZES[s]);
                }
            }
            QuantileLine quantiles = QuantileLine.of(logSizes, losses, 0.9);
            QuantileLine.Window line =
                    trueSize > 3200 ? quantiles.pooled(0, SIZES.length) : quantiles.measured(0, SIZES.length);
            if (line.falls()) {
                double[] interval = line.crossingInterval(logTarget);
                covered += interval[0] <= Math.log(trueSize) && Math.log(trueSize) <= interval[1] ? 1 : 0;
            }
        }
        assertThat((double) covered / trials).isBetween(0.90, 0.98);
    }

    private static double draw(RandomGenerator random, int components) {
        if (components == 0) {
            return Math.exp(0.5 * random.nextGaussian());
        }
        double square = 0;
        for (int c = 0; c < components; c++) {
            double normal = random.nextGaussian();
            square += normal * normal;
        }
        return Math.sqrt(square);
    }

    /** Log of the .9 quantile: of chi distributions by the tables of chi squared. */
    private static double logQuantile(int components) {
        return switch (components) {
            case 0 -> 0.5 * 1.2815515655;
            case 2 -> Math.log(4.6051701860) / 2;
            default -> Math.log(9.2363568998) / 2;
        };
    }
}
