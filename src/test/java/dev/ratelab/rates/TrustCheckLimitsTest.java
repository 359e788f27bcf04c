package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.testing.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks at the limits that they name: the last share that passes and the first that does not. */
class TrustCheckLimitsTest {
    private static final int[] SIZES = {100, 200, 400, 800};
    private static final int SEEDS = 10;
    private static final int LARGEST = SIZES[SIZES.length - 1];

    /** Ten seeds a size, with small losses that differ by seed. */
    private static List<FitRow> fits(IntFunction<Fits.Detail> detail, IntPredicate certified, double weightOfFirst) {
        List<FitRow> fits = new ArrayList<>();
        for (int n : SIZES) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                double weight = seed == 1 ? weightOfFirst : 0.2 + 0.001 * seed;
                fits.add(Fits.fit(
                        "a",
                        n,
                        seed,
                        certified.test(seed) ? FitStatus.CONVERGED : FitStatus.MAX_ITERATIONS,
                        Map.of(LossName.D2, (1 + 0.01 * seed) / Math.sqrt(n), LossName.MIN_WEIGHT, weight),
                        detail.apply(seed)));
            }
        }
        return fits;
    }

    private static TrustCheck check(List<FitRow> fits, String name) {
        return Rates.compute(fits, 2).stream()
                .filter(rate -> rate.metric().equals(LossName.D2))
                .findFirst()
                .orElseThrow()
                .trust()
                .check(name);
    }

    private static IntFunction<Fits.Detail> some(int count, Fits.Detail these) {
        return seed -> seed <= count ? these : Fits.Detail.good();
    }

    @ParameterizedTest
    @CsvSource({"0, PASSED", "1, PASSED", "2, FAILED"})
    void aTenthMayBeWithoutCertificate(int failures, CheckStatus expected) {
        List<FitRow> fits = fits(seed -> Fits.Detail.good(), seed -> seed > failures, 0.2);
        assertThat(check(fits, TrustChecks.CERTIFIED).status()).isEqualTo(expected);
        assertThat(check(fits, TrustChecks.CERTIFIED).detail().startsWith("only"))
                .isEqualTo(expected == CheckStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"0, PASSED", "1, PASSED", "2, FAILED"})
    void aTenthMayBeShortOfTheBestLikelihood(int shortFits, CheckStatus expected) {
        List<FitRow> fits = fits(some(shortFits, Fits.Detail.good().withGain(5)), seed -> true, 0.2);
        assertThat(check(fits, TrustChecks.DEFICIT).status()).isEqualTo(expected);
        List<FitRow> rounding = fits(some(shortFits, Fits.Detail.good().withGain(0.1)), seed -> true, 0.2);
        assertThat(check(rounding, TrustChecks.DEFICIT).number())
                .as("a tenth of a nat is no deficit")
                .isZero();
    }

    @Test
    void theDeficitIsThatOfTheLargestOfTheWorstSizes() {
        List<FitRow> fits = fits(some(3, Fits.Detail.good().withGain(5)), seed -> true, 0.2);
        assertThat(check(fits, TrustChecks.DEFICIT).detail()).contains("at n = 800 are");
        List<FitRow> unknown = fits(seed -> Fits.Detail.good().withLogLikelihood(Double.NaN), seed -> true, 0.2);
        assertThat(check(unknown, TrustChecks.DEFICIT).status()).isEqualTo(CheckStatus.NOT_CHECKED);
    }

    @ParameterizedTest
    @CsvSource({"1, PASSED", "2, WARNED"})
    void aTenthMayBeAtABound(int atBound, CheckStatus expected) {
        List<FitRow> fits = fits(some(atBound, Fits.Detail.good().withBounds("min-variance")), seed -> true, 0.2);
        assertThat(check(fits, TrustChecks.BOUNDS).status()).isEqualTo(expected);
        List<FitRow> none = fits(seed -> Fits.Detail.good(), seed -> false, 0.2);
        assertThat(check(none, TrustChecks.BOUNDS).status()).isEqualTo(CheckStatus.NOT_CHECKED);
    }

    @Test
    void boundsOfFitsWithoutCertificateAndOfSmallerSizesDoNotCount() {
        List<FitRow> fits = fits(some(5, Fits.Detail.good().withBounds("min-variance")), seed -> seed > 5, 0.2);
        assertThat(check(fits, TrustChecks.BOUNDS).number()).isZero();
        List<FitRow> smaller =
                new ArrayList<>(fits(seed -> Fits.Detail.good().withBounds("min-variance"), seed -> true, 0.2));
        smaller.removeIf(row -> row.sampleSize() == LARGEST);
        fits(seed -> Fits.Detail.good(), seed -> true, 0.2).stream()
                .filter(row -> row.sampleSize() == LARGEST)
                .forEach(smaller::add);
        assertThat(check(smaller, TrustChecks.BOUNDS).number()).isZero();
    }

    @Test
    void aThirdMayOweTheirOptimumToOneStart() {
        IntFunction<Fits.Detail> lonely = seed -> {
            // A single start says nothing: it is in neither number.
            if (seed == 10) {
                return Records.with(Fits.Detail.good().withStartsAtOptimum(1), Map.of("starts", 1));
            }
            return seed <= 3 ? Fits.Detail.good().withStartsAtOptimum(1) : Fits.Detail.good();
        };
        TrustCheck third = check(fits(lonely, seed -> true, 0.2), TrustChecks.STARTS);
        assertThat(third.number()).isEqualTo(1 / 3.0);
        assertThat(third.status()).isEqualTo(CheckStatus.PASSED);
        IntFunction<Fits.Detail> more = some(4, Fits.Detail.good().withStartsAtOptimum(1));
        assertThat(check(fits(more, seed -> true, 0.2), TrustChecks.STARTS).status())
                .isEqualTo(CheckStatus.WARNED);
    }

    @Test
    void aWeightOfZeroInMoreThanATenthHasVanished() {
        List<FitRow> tenth = fits(seed -> Fits.Detail.good(), seed -> true, 0);
        assertThat(check(tenth, TrustChecks.VANISHING_WEIGHTS).status()).isEqualTo(CheckStatus.PASSED);
        tenth.removeIf(row -> row.seed() == 10);
        assertThat(check(tenth, TrustChecks.VANISHING_WEIGHTS).status())
                .as("one of nine")
                .isEqualTo(CheckStatus.FAILED);
    }

    @Test
    void onlyCertifiedFitsAtTheLargestSizeTellWhetherWeightsHaveVanished() {
        List<FitRow> elsewhere = fits(seed -> Fits.Detail.good(), seed -> seed > 4, 0.2);
        elsewhere.replaceAll(row -> (row.sampleSize() < LARGEST && row.seed() > 8) || row.seed() <= 4
                ? Records.with(row, Map.of("losses", Map.of(LossName.D2, 0.1 * row.seed(), LossName.MIN_WEIGHT, 0.0)))
                : row);
        assertThat(check(elsewhere, TrustChecks.VANISHING_WEIGHTS).status()).isEqualTo(CheckStatus.PASSED);
        elsewhere.replaceAll(row -> row.sampleSize() == LARGEST && row.seed() == 5
                ? Records.with(row, Map.of("losses", Map.of(LossName.D2, 0.1, LossName.MIN_WEIGHT, 0.0)))
                : row);
        assertThat(check(elsewhere, TrustChecks.VANISHING_WEIGHTS).status())
                .as("one of six")
                .isEqualTo(CheckStatus.FAILED);
    }

    /** Weights .201, ..., .210 in any order have the median .2055; a thousandth is not below a thousandth. */
    @Test
    void theMedianOfTheWeightsIsToldAndJudged() {
        List<FitRow> shuffled = fits(seed -> Fits.Detail.good(), seed -> true, 0.9);
        assertThat(check(shuffled, TrustChecks.VANISHING_WEIGHTS).detail()).contains("the median 0.21 at n = 800");
        List<FitRow> thousandth = fits(seed -> Fits.Detail.good(), seed -> true, 0.2);
        thousandth.replaceAll(row ->
                Records.with(row, Map.of("losses", Map.of(LossName.D2, 0.1 * row.seed(), LossName.MIN_WEIGHT, 1e-3))));
        assertThat(check(thousandth, TrustChecks.VANISHING_WEIGHTS).status()).isEqualTo(CheckStatus.PASSED);
    }

    @Test
    void boundsOfTheGateAreCountedBesideTheWeights() {
        IntFunction<Fits.Detail> detail = seed -> switch (seed) {
            case 1, 2 -> Fits.Detail.good().withBounds("gate-bias-difference");
            case 3 -> Fits.Detail.good().withBounds("gate-weight-difference");
            case 4, 5, 6, 7 -> Fits.Detail.good().withBounds("min-variance");
            default -> Fits.Detail.good();
        };
        assertThat(check(fits(detail, seed -> true, 0.2), TrustChecks.VANISHING_WEIGHTS)
                        .detail())
                .endsWith("at n = 800, where 30 % of the fits are at a bound of the gate");
        assertThat(check(fits(detail, seed -> seed != 1 && seed != 9, 0.2), TrustChecks.VANISHING_WEIGHTS)
                        .detail())
                .as("two of eight certified")
                .endsWith("at n = 800, where 25 % of the fits are at a bound of the gate");
    }

    /** Deficits of 3, 1 and 2 nats of three seeds, in this order: the median is 2. */
    @Test
    void theMedianDeficitIsTold() {
        List<FitRow> fits = fits(seed -> Fits.Detail.good().withGain(1 + seed % 3), seed -> true, 0.2);
        fits.removeIf(row -> row.seed() < 8);
        assertThat(check(fits, TrustChecks.DEFICIT).detail()).contains("(median 2.0 nats)");
    }

    @Test
    void theNumberOfThePreAsymptoticCheckIsTheChangeOfSlope() {
        List<FitRow> fits = fits(seed -> Fits.Detail.good(), seed -> true, 0.2);
        fits.replaceAll(row -> Records.with(
                row,
                Map.of(
                        "losses",
                        Map.of(
                                LossName.D2,
                                (1 + 0.01 * row.seed())
                                        * (row.sampleSize() <= 200 ? 4.0 : 400.0 / row.sampleSize())))));
        assertThat(check(fits, TrustChecks.PRE_ASYMPTOTIC).number()).isCloseTo(-1, within(1e-9));
    }

    @Test
    void theMoreSevereOfTwoStatusesCounts() {
        List<CheckStatus> bySeverity = List.of(
                CheckStatus.PASSED,
                CheckStatus.WARNED,
                CheckStatus.NO_POWER,
                CheckStatus.NOT_CHECKED,
                CheckStatus.FAILED);
        for (int a = 0; a < bySeverity.size(); a++) {
            for (int b = 0; b < bySeverity.size(); b++) {
                assertThat(CheckStatus.worse(bySeverity.get(a), bySeverity.get(b)))
                        .isEqualTo(bySeverity.get(Math.max(a, b)));
            }
        }
    }
}
