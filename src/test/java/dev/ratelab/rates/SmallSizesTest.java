package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.Elementary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SmallSizesTest {
    private static final int SEEDS = 5;

    /** Losses whose mean is given, and whose seeds differ by a factor that is the same at every size. */
    private static TrustCheck check(List<Integer> sizes, double... means) {
        double[][] losses = new double[means.length][SEEDS];
        for (int s = 0; s < means.length; s++) {
            for (int g = 0; g < SEEDS; g++) {
                losses[s][g] = means[s] * (1 + 0.01 * (g - 2));
            }
        }
        double[] logSizes = sizes.stream().mapToDouble(Elementary::log).toArray();
        return SmallSizes.check(logSizes, sizes, Jackknife.of(logSizes, losses));
    }

    @Test
    void threeSizesAreTooFew() {
        assertThat(check(List.of(100, 200, 400), 3, 2, 1).status()).isEqualTo(CheckStatus.NOT_CHECKED);
        assertThat(check(List.of(100, 200, 400, 800), 8, 4, 2, 1).status()).isEqualTo(CheckStatus.PASSED);
    }

    /** Of five sizes two may be left out. With seeds in proportion all weights are equal and no interval has a width. */
    @Test
    void theWorstChoiceDecides() {
        List<Integer> sizes = List.of(1, 2, 4, 8, 16);
        double[] logMeans = {0, 0, 0, -1, -2};
        TrustCheck check = check(sizes, Arrays.stream(logMeans).map(Math::exp).toArray());
        // Slopes in units of log 2: sums of products of y with places about their middle, over sums of squares.
        double all = (1 * -1 + 2 * -2) / 10.0;
        double withoutOne = (0.5 * -1 + 1.5 * -2) / 5.0;
        double withoutTwo = 1 * -2 / 2.0;
        assertThat(withoutTwo - all).isLessThan(withoutOne - all);
        assertThat(check.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(check.number()).isCloseTo((withoutTwo - all) / Math.log(2), within(1e-9));
        assertThat(check.detail())
                .startsWith(String.format(
                        Locale.ROOT,
                        "the slope is %.3f, and %.3f without the 2 smallest of 5 sizes (n below 4)",
                        all / Math.log(2),
                        withoutTwo / Math.log(2)));
    }

    @Test
    void theFirstChoiceDecidesIfItIsTheWorst() {
        List<Integer> sizes = List.of(1, 2, 4, 8, 16);
        TrustCheck check = check(sizes, Math.exp(1), Math.exp(-0.2), 1, 1, 1);
        double all = (-2 * 1 + -1 * -0.2) / 10;
        double withoutOne = (-1.5 * -0.2) / 5;
        assertThat(check.number()).isCloseTo((withoutOne - all) / Math.log(2), within(1e-9));
        assertThat(check.detail()).contains("without the 1 smallest of 5 sizes (n below 2)");
    }
}
