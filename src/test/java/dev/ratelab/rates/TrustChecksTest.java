package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.testing.Records;
import dev.ratelab.theory.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustChecksTest {
    private static final int[] SIZES = {100, 200, 400, 800, 1600, 3200, 6400, 12800};
    private static final int SEEDS = 20;

    /** How one fit of a synthetic study ended, from its sample size and seed. */
    private interface Ending {
        Fits.Detail of(int sampleSize, int seed);
    }

    /** Fits whose loss D2 falls like the root of n and whose smallest weight is given. */
    private static List<FitRow> fits(
            String setting, FitStatus oddSeeds, double factorOfLoss, IntToDoubleFunction weight, Ending ending) {
        RandomGenerator random = new Well19937c(17);
        List<FitRow> fits = new ArrayList<>();
        for (int n : SIZES) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                double loss = factorOfLoss * StrictMath.exp(0.15 * random.nextGaussian()) / Math.sqrt(n);
                FitStatus status = seed % 2 == 1 ? oddSeeds : FitStatus.CONVERGED;
                fits.add(Fits.fit(
                        setting,
                        n,
                        seed,
                        status,
                        Map.of(LossName.D2, loss, LossName.MIN_WEIGHT, weight.applyAsDouble(n)),
                        ending.of(n, seed)));
            }
        }
        return fits;
    }

    private static List<FitRow> good(Ending ending) {
        return fits("a", FitStatus.CONVERGED, 1, n -> 0.2, ending);
    }

    private static RateRow rate(List<FitRow> fits) {
        return Rates.compute(fits, 2).stream()
                .filter(rate -> rate.metric().equals(LossName.D2))
                .findFirst()
                .orElseThrow();
    }

    private static TrustCheck check(List<FitRow> fits, String name) {
        return rate(fits).trust().check(name);
    }

    @Test
    void goodFitsPassEveryGateThatTheStudyLetsBeChecked() {
        RateRow rate = rate(good((n, seed) -> Fits.Detail.good()));
        assertThat(rate.trust().checks())
                .extracting(TrustCheck::name)
                .containsExactly(
                        "likelihood-deficit",
                        "certified",
                        "populations",
                        "start-radius",
                        "vanishing-weights",
                        "small-sizes",
                        "pre-asymptotic",
                        "bounds",
                        "starts");
        assertThat(rate.trust().names(CheckStatus.PASSED)).hasSize(8);
        assertThat(rate.trust().names(CheckStatus.NOT_CHECKED)).containsExactly("start-radius");
        assertThat(rate.trust().failedCheck()).isEmpty();
        assertThat(rate.verdict()).isEqualTo(Verdict.AGREES);
        assertThat(rate.slopeFinite()).isEqualTo(rate.slope());
        assertThat(rate.slopeWorst()).isEqualTo(rate.slope());
    }

    @Test
    void fitsBelowTheTruthOrBelowAnotherStartHaveADeficit() {
        TrustCheck below = check(
                good((n, seed) ->
                        seed <= 3 && n == 800 ? Fits.Detail.good().withLogLikelihood(-103.5) : Fits.Detail.good()),
                TrustChecks.DEFICIT);
        assertThat(below.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(below.number()).isCloseTo(0.15, within(1e-12));
        assertThat(below.detail()).startsWith("15 % of the fits at n = 800 are more than 0.1 nat short");
        TrustCheck few = check(
                good((n, seed) -> seed <= 2 ? Fits.Detail.good().withGain(5) : Fits.Detail.good()),
                TrustChecks.DEFICIT);
        assertThat(few.status()).as("a tenth may be").isEqualTo(CheckStatus.PASSED);
        assertThat(few.number()).isEqualTo(0.1);
        TrustCheck rounding = check(good((n, seed) -> Fits.Detail.good().withGain(0.05)), TrustChecks.DEFICIT);
        assertThat(rounding.number()).isZero();
    }

    @Test
    void aStepThatPromisesMoreIsADeficitOfFitsWithoutCertificateOnly() {
        Ending promising = (n, seed) -> Fits.Detail.good().withDecrement(2);
        assertThat(check(good(promising), TrustChecks.DEFICIT).status()).isEqualTo(CheckStatus.PASSED);
        List<FitRow> stuck = fits("a", FitStatus.MAX_ITERATIONS, 1, n -> 0.2, promising);
        assertThat(check(stuck, TrustChecks.DEFICIT).number()).isEqualTo(0.5);
        List<FitRow> saddles = fits("a", FitStatus.SADDLE, 1, n -> 0.2, (n, seed) -> Fits.Detail.good()
                .withDecrement(Double.POSITIVE_INFINITY));
        assertThat(check(saddles, TrustChecks.DEFICIT).number()).isEqualTo(0.5);
    }

    @Test
    void failuresWithOtherLossesMakePopulationsDisagree() {
        List<FitRow> fits = good((n, seed) -> Fits.Detail.good());
        for (int n : SIZES) {
            for (int seed = SEEDS + 1; seed <= SEEDS + 2; seed++) {
                fits.add(Fits.fit(
                        "a",
                        n,
                        seed,
                        FitStatus.SADDLE,
                        Map.of(LossName.D2, 3.0, LossName.MIN_WEIGHT, 0.2),
                        Fits.Detail.good()));
            }
        }
        RateRow rate = rate(fits);
        assertThat(rate.trust().check(TrustChecks.CERTIFIED).status()).isEqualTo(CheckStatus.PASSED);
        assertThat(rate.trust().failedCheck()).isEqualTo(TrustChecks.POPULATIONS);
        assertThat(rate.verdict()).isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(rate.slopeFinite()).isGreaterThan(rate.slope() + 0.1);
    }

    /** Certified fits with two failures a size, whose losses are given: none is there where it is not a number. */
    private static RateRow withFailures(IntToDoubleFunction loss) {
        List<FitRow> fits = good((n, seed) -> Fits.Detail.good());
        for (int n : SIZES) {
            for (int seed = SEEDS + 1; seed <= SEEDS + 2; seed++) {
                double value = loss.applyAsDouble(n);
                fits.add(Fits.fit(
                        "a",
                        n,
                        seed,
                        FitStatus.SADDLE,
                        Double.isNaN(value)
                                ? Map.of(LossName.MIN_WEIGHT, 0.2)
                                : Map.of(LossName.D2, value, LossName.MIN_WEIGHT, 0.2),
                        Fits.Detail.good()));
            }
        }
        return rate(fits);
    }

    @Test
    void theNumberOfPopulationsIsTheLargerDifference() {
        RateRow tiny = withFailures(n -> n > 1000 ? 1e-4 : 1 / Math.sqrt(n));
        double byFinite = tiny.slopeFinite() - tiny.slope();
        assertThat(Math.abs(byFinite)).isGreaterThan(Math.abs(tiny.slopeWorst() - tiny.slope()));
        assertThat(tiny.trust().check(TrustChecks.POPULATIONS).number()).isCloseTo(byFinite, within(1e-12));
        RateRow none = withFailures(n -> Double.NaN);
        double byWorst = none.slopeWorst() - none.slope();
        assertThat(none.slopeFinite()).isEqualTo(none.slope());
        assertThat(byWorst).isNotZero();
        assertThat(none.trust().check(TrustChecks.POPULATIONS).number()).isCloseTo(byWorst, within(1e-12));
    }

    /** Widths against a jackknife that leaves a seed out of both slopes. */
    @Test
    void populationsAreToldWithTheUncertaintyOfTheirDifferences() {
        List<Observation> observations =
                Fits.observations(new int[] {100, 200, 400}, SEEDS, n -> 1 / Math.sqrt(n), 0.3, 5);
        observations.replaceAll(one -> one.seed() <= 2
                ? new Observation("a", LossName.D2, one.sampleSize(), one.seed(), false, 2 * one.value())
                : one);
        PopulationSlopes slopes = PopulationSlopes.of(observations);
        LossTable table = LossTable.of(observations);
        Jackknife[] fits = Arrays.stream(
                        new Population[] {Population.CERTIFIED, Population.FINITE, Population.FAILURES_AS_WORST})
                .map(one -> Jackknife.of(table.logSizes(), table.losses(table.allSeeds(), one)))
                .toArray(Jackknife[]::new);
        double byFinite = fits[1].minus(fits[0], law -> law.line().slope()).halfWidth();
        double byWorst = fits[2].minus(fits[0], law -> law.line().slope()).halfWidth();
        assertThat(byFinite).isGreaterThan(0.001);
        assertThat(byWorst).isGreaterThan(0.001);
        assertThat(slopes.check().detail())
                .contains(String.format(Locale.ROOT, "(difference +- %.3f)", byFinite))
                .endsWith(String.format(Locale.ROOT, "(+- %.3f)", byWorst));
        List<Observation> zeros = Fits.observations(new int[] {100, 200, 400}, 5, n -> 1 / Math.sqrt(n), 0, 1);
        zeros.replaceAll(one -> one.sampleSize() == 100 && one.seed() > 1
                ? new Observation("a", LossName.D2, 100, one.seed(), true, 0)
                : one);
        assertThat(PopulationSlopes.of(zeros).check())
                .isEqualTo(TrustCheck.notChecked(
                        TrustChecks.POPULATIONS, "a population of fits has a slope without an interval"));
    }

    /** Good fits, and the same with other radii whose losses are a power of n times theirs. */
    private static List<FitRow> withRadii(double... powers) {
        List<FitRow> all = good((n, seed) -> Fits.Detail.good());
        for (int p = 0; p < powers.length; p++) {
            double power = powers[p];
            double factor = 2 + p;
            fits("b" + p, FitStatus.CONVERGED, 1, n -> 0.2, (n, seed) -> Fits.Detail.good()
                            .withFactor(factor))
                    .forEach(row -> all.add(Records.with(
                            row,
                            Map.of(
                                    "losses",
                                    Map.of(
                                            LossName.D2,
                                            row.losses().get(LossName.D2) * Math.pow(row.sampleSize() / 1131.0, power),
                                            LossName.MIN_WEIGHT,
                                            0.2)))));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.02, 0.02, PASSED",
        "0.02, 0.01, 0.02, PASSED",
        "-0.02, 0.01, -0.02, PASSED",
        "0.2, 0.01, 0.2, FAILED",
        "0.01, 0.2, 0.2, FAILED"
    })
    void theWorstOfTheOtherRadiiIsTold(double first, double second, double worst, CheckStatus status) {
        TrustCheck check = check(withRadii(first, second), TrustChecks.START_RADIUS);
        assertThat(check.status()).isEqualTo(status);
        assertThat(check.number()).isCloseTo(worst, within(1e-9));
        assertThat(check.detail()).startsWith("with start radii times " + (worst == first ? "2.0" : "3.0"));
    }

    @Test
    void theStartRadiusIsToldWithItsUncertainty() {
        List<FitRow> fits = withRadii(0.01);
        fits.replaceAll(row -> row.setting().equals("a")
                ? row
                : Records.with(
                        row,
                        Map.of(
                                "losses",
                                Map.of(
                                        LossName.D2,
                                        row.losses().get(LossName.D2)
                                                * (1 + 0.02 * ((row.seed() + row.sampleSize() / 100) % 5)),
                                        LossName.MIN_WEIGHT,
                                        0.2))));
        List<FitRow> base =
                fits.stream().filter(row -> row.setting().equals("a")).toList();
        List<FitRow> other =
                fits.stream().filter(row -> !row.setting().equals("a")).toList();
        PairedLosses paired = PairedLosses.of(Observation.of(base, LossName.D2), Observation.of(other, LossName.D2));
        Difference slope = paired.difference(law -> law.line().slope());
        assertThat(slope.halfWidth()).isGreaterThan(0.001);
        assertThat(check(fits, TrustChecks.START_RADIUS).detail())
                .contains(String.format(
                        Locale.ROOT, "the slope changes by %.3f +- %.3f", slope.value(), slope.halfWidth()));
    }

    @Test
    void threeSizesWithPositiveLossesAreNeededToCompareRadii() {
        List<FitRow> three = withRadii(0.01);
        three.removeIf(row -> row.setting().equals("b0") && row.sampleSize() > 400);
        assertThat(check(three, TrustChecks.START_RADIUS).status()).isEqualTo(CheckStatus.PASSED);
        List<FitRow> two = new ArrayList<>(three);
        two.removeIf(row -> row.setting().equals("b0") && row.sampleSize() > 200);
        assertThat(check(two, TrustChecks.START_RADIUS))
                .isEqualTo(TrustCheck.notChecked(
                        TrustChecks.START_RADIUS,
                        "too few fits are certified both at the given radii and at those times 2.0"));
        three.replaceAll(row -> row.setting().equals("b0") && row.sampleSize() == 400
                ? Records.with(row, Map.of("losses", Map.of(LossName.D2, 0.0, LossName.MIN_WEIGHT, 0.2)))
                : row);
        assertThat(check(three, TrustChecks.START_RADIUS))
                .isEqualTo(TrustCheck.notChecked(TrustChecks.START_RADIUS, "a mean loss has no logarithm"));
    }

    @Test
    void aCheckThatWasNotMadeIsNoneOfThem() {
        assertThat(Trust.none().checks()).isEmpty();
        assertThatThrownBy(() -> Trust.none().check("bounds")).hasMessageContaining("'bounds'");
    }

    @Test
    void theStartRadiusFailsIfLossesFollowIt() {
        List<FitRow> same = good((n, seed) -> Fits.Detail.good());
        same.addAll(fits("b", FitStatus.CONVERGED, 1, n -> 0.2, (n, seed) -> Fits.Detail.good()
                .withFactor(0.1)));
        assertThat(check(same, TrustChecks.START_RADIUS).status()).isEqualTo(CheckStatus.PASSED);
        assertThat(check(same, TrustChecks.START_RADIUS).number()).isZero();
        List<FitRow> moved = new ArrayList<>(same);
        moved.addAll(fits("c", FitStatus.CONVERGED, 10, n -> 0.2, (n, seed) -> Fits.Detail.good()
                .withFactor(10)));
        TrustCheck check = check(moved, TrustChecks.START_RADIUS);
        assertThat(check.status()).as("the slope is the same, the level is not").isEqualTo(CheckStatus.FAILED);
        assertThat(check.number()).isCloseTo(StrictMath.log(10), within(1e-9));
        assertThat(check.detail()).contains("times 10.0 the slope changes by").contains("losses by a factor of 10.00");
        assertThat(Rates.compute(moved, 2))
                .filteredOn(rate -> rate.setting().id().equals("c"))
                .allSatisfy(rate -> assertThat(
                                rate.trust().check(TrustChecks.START_RADIUS).status())
                        .isEqualTo(CheckStatus.NOT_CHECKED));
    }

    @Test
    void aBetterOptimumFromAnotherRadiusIsADeficit() {
        List<FitRow> fits = good((n, seed) -> Fits.Detail.good());
        fits.addAll(fits("b", FitStatus.CONVERGED, 1, n -> 0.2, (n, seed) -> Fits.Detail.good()
                .withFactor(0.1)
                .withLogLikelihood(-99)));
        assertThat(check(fits, TrustChecks.DEFICIT).number()).isEqualTo(1);
    }

    @Test
    void weightsThatFallOrHaveFallenAreFound() {
        Ending usual = (n, seed) -> Fits.Detail.good();
        TrustCheck falling =
                check(fits("a", FitStatus.CONVERGED, 1, n -> 1 / Math.sqrt(n), usual), TrustChecks.VANISHING_WEIGHTS);
        assertThat(falling.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(falling.number()).isCloseTo(-0.5, within(1e-9));
        TrustCheck fallen = check(fits("a", FitStatus.CONVERGED, 1, n -> 1e-9, usual), TrustChecks.VANISHING_WEIGHTS);
        assertThat(fallen.status()).isEqualTo(CheckStatus.FAILED);
    }

    @Test
    void boundsAndLonelyStartsWarn() {
        List<FitRow> atBound = good((n, seed) ->
                seed <= 5 ? Fits.Detail.good().withBounds("min-variance", "min-variance") : Fits.Detail.good());
        RateRow rate = rate(atBound);
        TrustCheck bounds = rate.trust().check(TrustChecks.BOUNDS);
        assertThat(bounds.status()).isEqualTo(CheckStatus.WARNED);
        assertThat(bounds.number()).isEqualTo(0.25);
        assertThat(bounds.detail()).endsWith("are at a bound (min-variance)");
        assertThat(rate.verdict()).isEqualTo(Verdict.AGREES);
        assertThat(rate.judgement().reason()).endsWith("; warned by bounds");
        List<FitRow> lonely = good((n, seed) -> Fits.Detail.good().withStartsAtOptimum(1 + seed % 2));
        assertThat(check(lonely, TrustChecks.STARTS).status()).isEqualTo(CheckStatus.WARNED);
        assertThat(check(lonely, TrustChecks.STARTS).number()).isEqualTo(0.5);
    }

    @Test
    void whatIsNotIdentifiedMayFollowTheStartsAndStillAgree() {
        RateFit flat = RateFit.of(Fits.observations(SIZES, SEEDS, n -> 1, 0.05, 3));
        Trust moves = new Trust(List.of(TrustCheck.of(TrustChecks.START_RADIUS, CheckStatus.FAILED, 2, "it moves")));
        Prediction notIdentified = Prediction.notIdentified("an identity", Prediction.DERIVED);
        Judgement judgement = Judgement.of(flat, notIdentified, moves);
        assertThat(judgement.verdict()).isEqualTo(Verdict.AGREES);
        assertThat(judgement.reason()).contains("its level is that of the starts: start-radius: it moves");
        Prediction half = new Prediction(-0.5, "a theorem", Prediction.PROVED_SEEN);
        assertThat(Judgement.of(flat, half, moves))
                .isEqualTo(new Judgement(Verdict.NOT_TRUSTED, "start-radius: it moves"));
        Trust both = new Trust(List.of(
                TrustCheck.of(TrustChecks.DEFICIT, CheckStatus.FAILED, 1, "short"),
                TrustCheck.of(TrustChecks.START_RADIUS, CheckStatus.FAILED, 2, "it moves")));
        assertThat(Judgement.of(flat, notIdentified, both).reason())
                .isEqualTo("likelihood-deficit: short; also failed: start-radius");
    }

    @Test
    void aGateWithoutPowerWarnsAndLeavesTheVerdictAsItIs() {
        RateFit rate = RateFit.of(Fits.observations(SIZES, SEEDS, n -> 1 / Math.sqrt(n), 0.05, 3));
        Prediction half = new Prediction(-0.5, "a theorem", Prediction.PROVED_SEEN);
        Trust trust = new Trust(List.of(
                TrustCheck.of(TrustChecks.SMALL_SIZES, CheckStatus.NO_POWER, 0.1, "too few seeds"),
                TrustCheck.of(TrustChecks.BOUNDS, CheckStatus.WARNED, 0.2, "at a bound")));
        assertThat(trust.warnings()).containsExactly("small-sizes (no power)", "bounds");
        assertThat(trust.failedCheck()).isEmpty();
        Judgement judgement = Judgement.of(rate, half, trust);
        assertThat(judgement.verdict()).isEqualTo(Verdict.AGREES);
        assertThat(judgement.reason()).endsWith("; warned by small-sizes (no power), bounds");
    }
}
