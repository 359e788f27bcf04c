package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.Elementary;
import dev.ratelab.testing.Slow;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * What can be told of a power and of a logarithm, by simulation on fixed streams: 400 studies each of 20 sizes, losses log-normal with
 * the log standard deviation 0.8. The simulation error of a share is at most .025.
 */
class DecayComparisonTest {
    private static final int STUDIES = 400;
    private static final int SIZES = 20;
    private static final double DEVIATION = 0.8;

    private static double logarithm(int n) {
        return 1 / StrictMath.log(n);
    }

    private static double eighth(int n) {
        return StrictMath.pow(n, -0.125);
    }

    private static double root(int n) {
        return 1 / Math.sqrt(n);
    }

    private static Map<DecayLaw, Double> shares(IntToDoubleFunction mean, double largest, int seeds) {
        int[] sizes = new int[SIZES];
        for (int s = 0; s < SIZES; s++) {
            sizes[s] = (int) Math.rint(100 * StrictMath.pow(largest / 100, (double) s / (SIZES - 1)));
        }
        Map<DecayLaw, Double> shares = new EnumMap<>(DecayLaw.class);
        for (DecayLaw law : DecayLaw.values()) {
            shares.put(law, 0.0);
        }
        for (int study = 0; study < STUDIES; study++) {
            RateFit fit = RateFit.of(Fits.observations(sizes, seeds, mean, DEVIATION, study));
            shares.merge(fit.decay().law(), 1.0 / STUDIES, Double::sum);
        }
        return shares;
    }

    @Slow
    @Test
    void belowOneHundredThousandTheTwoCannotBeToldApart() {
        for (int seeds : new int[] {20, 100}) {
            Map<DecayLaw, Double> ofLogarithm = shares(DecayComparisonTest::logarithm, 1e5, seeds);
            assertThat(ofLogarithm.get(DecayLaw.LOGARITHMIC)).isZero();
            assertThat(ofLogarithm.get(DecayLaw.POWER))
                    .as("power: " + ofLogarithm)
                    .isLessThan(0.04);
            assertThat(ofLogarithm.get(DecayLaw.UNRESOLVED)).isGreaterThan(0.9);
            Map<DecayLaw, Double> ofPower = shares(DecayComparisonTest::eighth, 1e5, seeds);
            assertThat(ofPower.get(DecayLaw.LOGARITHMIC)).isZero();
            assertThat(ofPower.get(DecayLaw.UNRESOLVED))
                    .as("n^-1/8: " + ofPower)
                    .isGreaterThan(0.6);
        }
    }

    @Slow
    @Test
    void overSevenDecadesTheyCan() {
        for (int seeds : new int[] {40, 100}) {
            Map<DecayLaw, Double> ofLogarithm = shares(DecayComparisonTest::logarithm, 1e9, seeds);
            assertThat(ofLogarithm.get(DecayLaw.POWER))
                    .as("1 / log n: " + ofLogarithm)
                    .isLessThan(0.04);
            assertThat(ofLogarithm.get(DecayLaw.LOGARITHMIC)).isGreaterThan(seeds == 40 ? 0.6 : 0.85);
            Map<DecayLaw, Double> ofPower = shares(DecayComparisonTest::eighth, 1e9, seeds);
            assertThat(ofPower.get(DecayLaw.LOGARITHMIC))
                    .as("n^-1/8: " + ofPower)
                    .isLessThan(0.04);
            assertThat(ofPower.get(DecayLaw.POWER)).isGreaterThan(seeds == 40 ? 0.8 : 0.9);
        }
    }

    @Test
    void aRegularRateIsNoLogarithm() {
        Map<DecayLaw, Double> shares = shares(DecayComparisonTest::root, 1e5, 40);
        assertThat(shares.get(DecayLaw.POWER)).as(shares.toString()).isGreaterThan(0.8);
        assertThat(shares.get(DecayLaw.LOGARITHMIC)).isZero();
    }

    @Test
    void exactCurvatureBelowOneHundredThousandIsNoEvidenceEither() {
        int[] sizes = {100, 1000, 10_000, 100_000};
        DecayComparison comparison = RateFit.of(Fits.observations(sizes, 5, DecayComparisonTest::logarithm, 0, 1))
                .decay();
        assertThat(comparison.kappa()).isBetween(0.999, 1.001);
        assertThat(comparison.law()).isEqualTo(DecayLaw.UNRESOLVED);
        assertThat(comparison.reason()).contains("cannot be told apart on this range");
        int[] wide = {100, 10_000, 1_000_000, 100_000_000};
        comparison = RateFit.of(Fits.observations(wide, 5, DecayComparisonTest::logarithm, 0, 1))
                .decay();
        assertThat(comparison.law()).isEqualTo(DecayLaw.LOGARITHMIC);
        assertThat(comparison.logarithmExponent()).isBetween(0.999, 1.001);
    }

    @Test
    void withAKnownNoiseVarianceTheLawIsThatOfTheInformation() {
        int[] sizes = {100, 1000, 10_000, 100_000};
        double variance = 1e-6;
        List<Observation> logarithm = Fits.observations(sizes, 5, n -> 1 / Elementary.log(n / variance), 0, 1);
        DecayComparison known = RateFit.of(logarithm, variance).decay();
        assertThat(known.law()).as(known.reason()).isEqualTo(DecayLaw.LOGARITHMIC);
        assertThat(known.kappa()).isBetween(0.999, 1.001);
        assertThat(known.logarithmExponent()).isBetween(0.999, 1.001);
        assertThat(RateFit.of(logarithm).decay().logarithmExponent()).isLessThan(0.5);
        List<Observation> bound =
                Fits.observations(sizes, 5, n -> Math.sqrt(Elementary.log(n / variance) / (n / variance)), 0, 1);
        assertThat(RateFit.of(bound, variance).slopes().ratio().value()).isCloseTo(-0.5, within(1e-9));
        assertThat(RateFit.of(bound, variance).slope())
                .isEqualTo(RateFit.of(bound).slope());
    }

    @Test
    void theIntervalOfKappaIsThatOfStudent() {
        int[] sizes = {3, 30, 300, 3000};
        DecayComparison comparison = RateFit.of(Fits.observations(sizes, 6, DecayComparisonTest::root, 0.3, 2))
                .decay();
        double t5 = 2.570581835636314;
        assertThat(comparison.kappaError()).isGreaterThan(0.01);
        assertThat(comparison.reason())
                .contains(String.format(
                        Locale.ROOT,
                        "kappa %.2f in [%.2f, %.2f]",
                        comparison.kappa(),
                        comparison.kappa() - t5 * comparison.kappaError(),
                        comparison.kappa() + t5 * comparison.kappaError()));
        assertThat(comparison.criterionDifference())
                .isCloseTo((2 * comparison.kappa() - 1) / Math.pow(comparison.kappaError(), 2), within(1e-9));
    }

    @Test
    void threeObservationsAreTheFewestWithALogarithmThatRises() {
        DecayComparison two = RateFit.of(
                        Fits.observations(new int[] {2, 30, 300, 3000}, 6, DecayComparisonTest::root, 0.3, 2))
                .decay();
        assertThat(two.law()).isEqualTo(DecayLaw.UNDEFINED);
        assertThat(two.reason()).isEqualTo("needs 4 sample sizes worth at least 3 observations of unit noise");
        DecayComparison constant = RateFit.of(Fits.observations(new int[] {3, 30, 300, 3000}, 6, n -> 1, 0, 2))
                .decay();
        assertThat(constant.law()).as("both laws are the same line").isEqualTo(DecayLaw.UNDEFINED);
        assertThat(constant.reason()).isEqualTo("the mean losses have no line or no interval");
    }

    @Test
    void aLossThatComesToAFloorFollowsNeither() {
        int[] sizes = {100, 1000, 10_000, 100_000, 1_000_000, 10_000_000};
        RateFit fit = RateFit.of(Fits.observations(sizes, 20, n -> 0.01 + 1 / Math.sqrt(n), 0.1, 1));
        assertThat(fit.decay().law()).as(fit.decay().reason()).isEqualTo(DecayLaw.NEITHER);
        RateFit few = RateFit.of(Fits.observations(new int[] {100, 200, 400}, 20, DecayComparisonTest::root, 0.1, 1));
        assertThat(few.decay().law()).isEqualTo(DecayLaw.UNDEFINED);
    }
}
