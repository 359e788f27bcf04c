package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.LossName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.9, 0 %",
        "0.004, 0, 0.9, 0.4 %",
        "0.996, 0, 0.9, 99.6 %",
        "0.9996, 1, 0.9, 99.96 %",
        "1, 0, 0.9, 100 %",
        "1, 1, 0.9, 100.0 %",
        "1.004, 0, 0.9, 100.4 %",
        "0.456, 0, 0.9, 46 %",
        "0.1, 0, 0.1, 10 %",
        "0.1004, 0, 0.1, 10.04 %",
        "0.05003, 1, 0.05, 5.003 %",
        "0.8996, 1, 0.9, 89.96 %",
        "0.3333333333333333, 0, 0.3333333333333333, 33 %",
        "1e-17, 0, 0.9, 1.0E-15 %",
        "NaN, 1, 0.9, NaN %",
    })
    void aShareIsRoundedButNeverToTheOtherSideOfALimit(double share, int decimals, double limit, String text) {
        assertThat(Percent.text(share, decimals, limit)).isEqualTo(text);
    }

    @Property
    void theTextComparesWithTheLimitsAsTheShareDoes(
            @ForAll @DoubleRange(min = 0, max = 2) double share,
            @ForAll @IntRange(min = 0, max = 1000) int thousandths,
            @ForAll @IntRange(min = 0, max = 2) int decimals) {
        double limit = thousandths / 1000.0;
        String text = Percent.text(share, decimals, limit);
        double percent = Double.parseDouble(text.replace(" %", ""));
        for (double each : new double[] {0, 1, limit}) {
            assertThat(Double.compare(percent, 100 * each)).as(text).isEqualTo(Double.compare(share, each));
        }
        assertThat(percent).isBetween(100 * share - 0.5, 100 * share + 0.5);
    }

    @Test
    void goodButNotAllFitsAreNotCalledAll() {
        List<Observation> observations =
                Fits.observations(new int[] {100, 200, 400}, 249, n -> 1 / Math.sqrt(n), 0.5, 3);
        observations.add(new Observation("a", LossName.D2, 400, 250, false, 1));
        assertThat(TrustChecks.certified(RateFit.of(observations)).detail())
                .isEqualTo(
                        "99.6 % of the fits at n = 400 are certified, the smallest share of all sizes; 90 % are needed");
    }

    @Test
    void noOtherCodeWritesAPercentage() throws IOException {
        Pattern percentage = Pattern.compile("%[.0-9]*[dfgs] ?%%|\" ?%\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("rates/Percent.java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(percentage));
        }
    }
}
