package dev.ratelab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void nothingIsKnownOfTheRestBeforeSomethingIsDone() {
        assertThat(Progress.line(0, 0, 480, 0, 3))
                .isEqualTo("fits   0 % [                    ] 0/480 done, 0 not certified (0:00:03 gone, ? left)");
    }

    @Test
    void theRestTakesAsLongForItsShareAsWhatIsDone() {
        assertThat(Progress.line(0.25, 360, 480, 2, 3725))
                .isEqualTo(
                        "fits  25 % [=====               ] 360/480 done, 2 not certified (1:02:05 gone, 3:06:15 left)");
    }

    @Test
    void allIsDoneWhereSumsDifferByRoundingOrFitsWereMadeTwice() {
        for (double share : new double[] {1 - 1e-15, 1, 1.1}) {
            assertThat(Progress.line(share, 480, 480, 0, 46))
                    .isEqualTo(
                            "fits 100 % [====================] 480/480 done, 0 not certified (0:00:46 gone, 0:00:00 left)");
        }
    }

    @Test
    void lessThanAllIsNotRoundedToAll() {
        assertThat(Progress.line(0.9996, 479, 480, 0, 46)).startsWith("fits 99.96 % [=================== ] 479/480");
    }

    @Test
    void numbersAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Progress.line(0.5, 1, 2, 0, 60)).contains("50 %").contains("(0:01:00 gone, 0:01:00 left)");
        } finally {
            Locale.setDefault(before);
        }
    }
}
