package dev.ratelab.fit.quadratic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustRadiusTest {
    /** A step of a length that promises a gain of one nat. */
    private static ScaledProblem.Step step(double length) {
        return new ScaledProblem.Step(new double[0], length, 1);
    }

    /** By the share of the promised gain: below a quarter to a quarter of the step, above three quarters doubled. */
    @ParameterizedTest
    @CsvSource({
        "4, 1.0, true, 8",
        "4, 0.8, true, 8",
        "4, 0.7, true, 4",
        "4, 0.3, true, 4",
        "4, 0.2, true, 1",
        "2, 0.2, true, 0.5",
        "4, 0.001, true, 1",
        "4, 0.00001, false, 1",
        "4, -1, false, 1",
        "4, NaN, false, 1",
        "3.3, 1.0, true, 8",
        "3.1, 1.0, true, 4"
    })
    void theRadiusFollowsTheShareOfThePromisedGain(double length, double gained, boolean accepted, double radius) {
        TrustRadius trust = new TrustRadius(4);
        assertThat(trust.accepts(step(length), 0, gained)).isEqualTo(accepted);
        assertThat(trust.value()).isEqualTo(radius);
    }

    /** A quarter of the smaller of radius and step: a step may be a little longer than the radius. */
    @Test
    void aLongStepShrinksTheRadiusItself() {
        TrustRadius trust = new TrustRadius(4);
        trust.accepts(step(5), 0, 0.1);
        assertThat(trust.value()).isEqualTo(1);
    }

    /** At 1e6 nats rounding is 16 ulps of one, 3.6e-9: a promise of 1e-10 that brings as little as -1e-10 is kept. */
    @Test
    void aGainOfTheSizeOfRoundingIsNotHeldAgainstAStep() {
        ScaledProblem.Step tiny = new ScaledProblem.Step(new double[0], 1, 1e-10);
        TrustRadius trust = new TrustRadius(1);
        assertThat(trust.accepts(tiny, -1e6, -1e6 - 1e-10)).isTrue();
        assertThat(trust.value()).as("nearly all of what was promised").isEqualTo(2);
        TrustRadius fallen = new TrustRadius(1);
        assertThat(fallen.accepts(tiny, -1e6, -1e6 - 1e-8)).isFalse();
        assertThat(fallen.value()).isEqualTo(0.25);
    }

    @Test
    void aRadiusBelowAMillionthOfAMillionthIsExhausted() {
        assertThat(new TrustRadius(1e-12).isExhausted()).isFalse();
        assertThat(new TrustRadius(0.99e-12).isExhausted()).isTrue();
    }
}
