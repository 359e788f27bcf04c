package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The names that stored tables hold: those that docs/tables.md lists, each read back as what it was. */
class NamesTest {
    @Test
    void verdicts() {
        assertThat(Arrays.stream(Verdict.values()).map(Verdict::id))
                .containsExactlyInAnyOrder(
                        "agrees", "faster", "slower", "flat", "pre-asymptotic", "not-trusted", "undecided");
        assertThat(Verdict.values())
                .allSatisfy(one -> assertThat(Verdict.of(one.id())).isEqualTo(one));
        assertThatThrownBy(() -> Verdict.of("maybe")).hasMessage("unknown verdict 'maybe'");
    }

    @Test
    void statusesOfChecks() {
        assertThat(Arrays.stream(CheckStatus.values()).map(CheckStatus::id))
                .containsExactlyInAnyOrder("passed", "warned", "failed", "no-power", "not-checked");
        assertThat(CheckStatus.values())
                .allSatisfy(one -> assertThat(CheckStatus.of(one.id())).isEqualTo(one));
        assertThatThrownBy(() -> CheckStatus.of("maybe")).hasMessageContaining("'maybe'");
    }

    @Test
    void lawsOfDecay() {
        assertThat(Arrays.stream(DecayLaw.values()).map(DecayLaw::id))
                .containsExactlyInAnyOrder("power", "logarithmic", "neither", "cannot-be-told-apart", "undefined");
        assertThat(DecayLaw.values())
                .allSatisfy(one -> assertThat(DecayLaw.of(one.id())).isEqualTo(one));
        assertThatThrownBy(() -> DecayLaw.of("maybe")).hasMessageContaining("'maybe'");
    }

    @Test
    void populations() {
        assertThat(Arrays.stream(Population.values()).map(Population::id))
                .containsExactlyInAnyOrder("certified", "finite", "failures-as-worst");
        assertThat(Population.values())
                .allSatisfy(one -> assertThat(Population.of(one.id())).isEqualTo(one));
        assertThatThrownBy(() -> Population.of("maybe")).hasMessageContaining("'maybe'");
    }

    @Test
    void howRequiredSizesAreKnownAndSeedsAreDecided() {
        assertThat(Arrays.stream(Reach.values()).map(Reach::id))
                .containsExactlyInAnyOrder(
                        "at-most", "inside", "extrapolated", "far-extrapolated", "not-reachable", "undecided");
        assertThat(Arrays.stream(SeedDecision.State.values()).map(SeedDecision.State::id))
                .containsExactlyInAnyOrder("open", "met", "missed", "no-loss");
    }

    /** Lists of slopes are as long as where they are defined: one a pair of neighbours, one a size that may be left out. */
    @Test
    void undefinedSlopesHaveTheirPlaces() {
        assertThat(Slopes.undefined(8).local()).hasSize(7).containsOnly(Double.NaN);
        assertThat(Slopes.undefined(8).withoutSmallest()).hasSize(5).containsOnly(Double.NaN);
        assertThat(Slopes.undefined(2).withoutSmallest()).isEmpty();
    }
}
