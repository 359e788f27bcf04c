package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What fits owe to their starts. */
class OptimisationTest {
    private static final double NONE = Double.NaN;

    private static FitRow fit(int size, int seed, double oracle, double random) {
        return Fits.withStartKinds(
                Fits.fit("a", size, seed, FitStatus.CONVERGED, Map.of(LossName.D1, 1.0)), oracle, random);
    }

    @Test
    void sharesAndMediansAreThoseOfTheDataSetsOnWhichBothKindsAreCertified() {
        List<FitRow> fits = new ArrayList<>(List.of(
                fit(100, 1, -10, -10),
                fit(100, 2, -10, -10.05),
                fit(100, 3, -10, -12),
                fit(100, 4, -10, -14),
                fit(100, 5, -11, -10),
                fit(100, 6, NONE, -10),
                fit(100, 7, -10, NONE),
                fit(100, 8, NONE, NONE),
                fit(1000, 1, NONE, -10)));
        Collections.shuffle(fits, new Random(1));
        List<OptimisationError> found = OptimisationError.compute(fits);
        assertThat(found).hasSize(2);
        OptimisationError small = found.get(0);
        assertThat(small.sampleSize()).isEqualTo(100);
        assertThat(small.fits()).isEqualTo(8);
        assertThat(small.compared()).isEqualTo(5);
        assertThat(small.withoutOracle()).isEqualTo(2);
        assertThat(small.withoutRandom()).isEqualTo(2);
        assertThat(small.randomWorse()).isEqualTo(0.4);
        assertThat(small.oracleWorse()).isEqualTo(0.2);
        assertThat(small.randomDeficit()).isEqualTo(3);
        assertThat(small.oracleDeficit()).isEqualTo(1);
        OptimisationError large = found.get(1);
        assertThat(large.compared()).isZero();
        assertThat(large.randomWorse()).isNaN();
        assertThat(large.randomDeficit()).isNaN();
    }

    /** Random starts alone lose half of the slope; their common noise does not widen the interval of the difference. */
    @Test
    void theEffectIsTheDifferenceOfTheSlopesOnTheSameData() {
        Random noise = new Random(3);
        List<FitRow> fits = new ArrayList<>();
        for (int size : new int[] {100, 1000, 10000, 100000}) {
            for (int seed = 1; seed <= 8; seed++) {
                double common = 1 + 0.5 * noise.nextDouble();
                double oracle = common / Math.sqrt(size);
                double random = common / Math.sqrt(Math.sqrt(size));
                fits.add(Fits.fit(
                        "a",
                        size,
                        seed,
                        FitStatus.CONVERGED,
                        Map.of(
                                LossName.D1,
                                oracle,
                                LossName.D1.in(Derivation.ORACLE_START),
                                oracle,
                                LossName.D1.in(Derivation.RANDOM_START),
                                random)));
            }
        }
        List<OptimisationEffect> found = OptimisationEffect.compute(fits, LossName.D1);
        assertThat(found).hasSize(1);
        OptimisationEffect effect = found.get(0);
        assertThat(effect.kept()).isEqualTo(effect.oracle());
        assertThat(effect.difference()).isCloseTo(0.25, within(1e-9));
        assertThat(effect.differenceHigh() - effect.differenceLow()).isBetween(0.0, 1e-9);
        assertThat(effect.random() - effect.oracle()).isCloseTo(0.25, within(1e-9));
        assertThat(OptimisationEffect.compute(fits, LossName.D2)).isEmpty();
        assertThat(OptimisationEffect.compute(fits, LossName.MIN_WEIGHT)).isEmpty();
        List<FitRow> three =
                fits.stream().filter(row -> row.sampleSize() <= 10000).toList();
        assertThat(OptimisationEffect.compute(three, LossName.D1).get(0).difference())
                .isCloseTo(0.25, within(1e-9));
        List<FitRow> few = fits.stream().filter(row -> row.sampleSize() <= 1000).toList();
        assertThat(OptimisationEffect.compute(few, LossName.D1).get(0).difference())
                .isNaN();
    }

    @Test
    void theIntervalOfTheEffectIsThatOfThePairs() {
        Random noise = new Random(4);
        List<FitRow> fits = new ArrayList<>();
        for (int size : new int[] {100, 1000, 10000}) {
            for (int seed = 1; seed <= 8; seed++) {
                Map<LossName, Double> losses = Map.of(
                        LossName.D1,
                        1.0,
                        LossName.D1.in(Derivation.ORACLE_START),
                        (1 + noise.nextDouble()) / Math.sqrt(size),
                        LossName.D1.in(Derivation.RANDOM_START),
                        (1 + noise.nextDouble()) / Math.sqrt(size));
                fits.add(Fits.fit("a", size, seed, FitStatus.CONVERGED, losses));
            }
        }
        OptimisationEffect effect =
                OptimisationEffect.compute(fits, LossName.D1).get(0);
        Difference difference = PairedLosses.of(
                        Observation.of(fits, LossName.D1.in(Derivation.ORACLE_START)),
                        Observation.of(fits, LossName.D1.in(Derivation.RANDOM_START)))
                .difference(law -> law.line().slope());
        assertThat(difference.halfWidth()).isGreaterThan(0.01);
        assertThat(effect.differenceHigh()).isEqualTo(difference.value() + difference.halfWidth());
        assertThat(effect.differenceLow()).isEqualTo(difference.value() - difference.halfWidth());
    }

    @Test
    void aTenthOfANatIsNotWorse() {
        OptimisationError found = OptimisationError.compute(List.of(fit(100, 1, 0.1, 0), fit(100, 2, 0, 0.2)))
                .get(0);
        assertThat(found.randomWorse()).isZero();
        assertThat(found.oracleWorse()).isEqualTo(0.5);
    }
}
