package dev.ratelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.model.ParameterBounds;
import dev.ratelab.study.Study;
import dev.ratelab.study.StudyException;
import dev.ratelab.studyfile.StudyParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds {@code min-temperature} and {@code max-temperature} in study files, and fits within them. */
class TemperatureBoundsTest {
    private static final String LOWEST = "fit.bounds.min-temperature";
    private static final String HIGHEST = "fit.bounds.max-temperature";

    private static final String TEXT = """
            study = tempered
            truth {
              problem = regression
              input = { type = uniform, low = -1, high = 1 }
              gate = { type = "%s", bias = [0.5, 0], weight = [[2], [0]], temperature = 0.7 }
              expert = { type = linear, intercept = [1, -1], slope = [[3], [-4]] }
              variance = 1e-4
            }
            grid { gate = ["%s"], expert = [linear], fitted-experts = [2], design = quadrature, noise-precision = [1e8], seeds = 1 }
            fit { starts = { oracle-radii = [0.5], oracle = 3, random = 2 } }
            """;

    private static Study study(String gate, String... settings) {
        return StudyParser.standard().parse(TEXT.formatted(gate, gate), "tempered", List.of(settings));
    }

    private static FitRow first(Study study) {
        return new FitRunner(study)
                .run(new FitKey(
                        study.settings().get(0).id(), study.grid().sampleSizes().get(0), 1));
    }

    private static double temperature(FitRow row) {
        return row.atoms().get(0).gate().get("gate-temperature").get(0);
    }

    @Test
    void absentBoundsAreNoBoundsAndAreNotWritten() {
        Study study = study("dense-to-sparse");
        assertThat(study.bounds()).isEqualTo(ParameterBounds.none());
        assertThat(study.resolvedText()).doesNotContain("min-temperature", "max-temperature");
    }

    @Test
    void givenBoundsAreReadAndWrittenBack() {
        Study study = study("dense-to-sparse", LOWEST + "=0.6", HIGHEST + "=2");
        assertThat(study.bounds()).isEqualTo(ParameterBounds.none().withTemperature(0.6, 2));
        assertThat(StudyParser.standard().parse(study.resolvedText(), "tempered", List.of()))
                .isEqualTo(study);
        assertThat(study.hash()).isNotEqualTo(study("dense-to-sparse").hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fit.bounds.min-temperature=0.8|fit.bounds.min-temperature = 0.8 is above the truth's 0.7",
                "fit.bounds.max-temperature=0.65|fit.bounds.max-temperature = 0.65 is below the truth's 0.",
            })
    void boundsThatDoNotHoldTheTrueTemperatureAreRefused(String setting, String message) {
        assertThatThrownBy(() -> study("dense-to-sparse", setting))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("a study's bounds must hold the truth");
    }

    @Test
    void temperaturesThatAreNotIdentifiedStayWithinTheirBounds() {
        // Weights may scale with the temperature, so that the fit is as good wherever in the interval it ends.
        FitRow free = first(study("dense-to-sparse"));
        assertThat(temperature(free) < 0.69 || temperature(free) > 0.71).isTrue();
        FitRow bounded = first(study("dense-to-sparse", LOWEST + "=0.69", HIGHEST + "=0.71"));
        assertThat(temperature(bounded)).isBetween(0.69 - 1e-9, 0.71 + 1e-9);
        assertThat(bounded.likelihoods().estimate())
                .isGreaterThan(free.likelihoods().estimate() - 1e-3);
    }

    @Test
    void anIdentifiedTemperatureIsHeldAtItsBound() {
        String gate = "activation-dense-to-sparse(router=tanh)";
        // An odd router has another optimum far away, so that starts are near the truth.
        String near = "fit.starts.oracle-radii=[0.05]";
        String noOthers = "fit.starts.random=0";
        double free = temperature(first(study(gate, near, noOthers)));
        assertThat(free).isBetween(0.6, 0.8).isNotEqualTo(0.7);
        boolean below = free < 0.7;
        FitRow held = first(study(gate, near, noOthers, (below ? LOWEST : HIGHEST) + "=0.7"));
        assertThat(temperature(held)).isCloseTo(0.7, within(1e-9));
        assertThat(held.certificate().activeBounds())
                .containsExactly(below ? ParameterBounds.MIN_TEMPERATURE : ParameterBounds.MAX_TEMPERATURE);
        FitRow inside = first(study(gate, near, noOthers, (below ? HIGHEST : LOWEST) + "=0.7"));
        assertThat(temperature(inside)).isCloseTo(free, within(1e-5));
        assertThat(inside.certificate().activeBounds()).isEmpty();
    }
}
