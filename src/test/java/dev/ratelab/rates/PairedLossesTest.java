package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.loss.LossName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedLossesTest {
    private static Observation loss(int size, int seed, boolean certified, double value) {
        return new Observation("a", LossName.D2, size, seed, certified, value);
    }

    private static List<Observation> losses(double factor, int[] sizes, int seeds) {
        List<Observation> losses = new ArrayList<>();
        for (int size : sizes) {
            for (int seed = 1; seed <= seeds; seed++) {
                losses.add(loss(size, seed, true, factor * (1 + 0.1 * seed) / size));
            }
        }
        return losses;
    }

    @Test
    void onlyPairsCount() {
        List<Observation> base = losses(1, new int[] {100, 200, 400}, 4);
        List<Observation> other = losses(2, new int[] {200, 400, 800}, 4);
        base.replaceAll(o -> o.sampleSize() == 200 && o.seed() == 2 ? loss(200, 2, false, 5) : o);
        PairedLosses paired = PairedLosses.of(base, other);
        assertThat(paired.sizes()).isEqualTo(2);
        assertThat(paired.logSizes()).containsExactly(new double[] {Math.log(200), Math.log(400)}, within(1e-12));
        assertThat(paired.base()[0]).containsExactly(1.1 / 200, Double.NaN, 1.3 / 200, 1.4 / 200);
        assertThat(paired.other()[0]).containsExactly(2 * 1.1 / 200, Double.NaN, 2 * 1.3 / 200, 2 * 1.4 / 200);
        assertThat(paired.base()[1]).doesNotContain(Double.NaN);
    }

    @Test
    void aSizeNeedsThreePairs() {
        List<Observation> base = losses(1, new int[] {100, 200}, 4);
        List<Observation> other = losses(2, new int[] {100, 200}, 4);
        other.removeIf(o -> o.sampleSize() == 100 && o.seed() > 3);
        other.removeIf(o -> o.sampleSize() == 200 && o.seed() > 2);
        assertThat(PairedLosses.of(base, other).logSizes())
                .containsExactly(new double[] {Math.log(100)}, within(1e-12));
        assertThat(PairedLosses.of(other, base).sizes()).isEqualTo(1);
    }

    @Test
    void theDifferenceIsThatOfTheOtherLessTheBase() {
        int[] sizes = {100, 200, 400};
        Difference level =
                PairedLosses.of(losses(1, sizes, 5), losses(3, sizes, 5)).difference(law -> law.logMeans()[0]);
        assertThat(level.value()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(level.halfWidth()).as("each seed moves both alike").isCloseTo(0, within(1e-12));
    }
}
