package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.target.Target;
import dev.ratelab.testing.Records;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The deficit of a fit is the largest of what is known of its data. */
class DeficitsTest {
    private static final Deficits ALONE = new Deficits(List.of());

    private static FitRow fit(FitStatus status, double logLikelihood, double decrement) {
        return Fits.fit(
                "a",
                100,
                1,
                status,
                Map.of(LossName.D2, 1.0),
                Fits.Detail.good().withLogLikelihood(logLikelihood).withDecrement(decrement));
    }

    private static FitRow good() {
        return fit(FitStatus.CONVERGED, -100, 0);
    }

    @Test
    void nothingAboveItIsNoDeficit() {
        assertThat(ALONE.of(good())).isZero();
        assertThat(ALONE.of(Fits.withStartKinds(good(), -101, -102))).isZero();
        assertThat(ALONE.of(fit(FitStatus.CONVERGED, Double.NaN, 0))).isNaN();
        assertThat(ALONE.of(fit(FitStatus.CONVERGED, Double.NEGATIVE_INFINITY, 0)))
                .isNaN();
    }

    @Test
    void eitherKindOfStartMayBeHigher() {
        assertThat(ALONE.of(Fits.withStartKinds(good(), -98, -99))).isEqualTo(2);
        assertThat(ALONE.of(Fits.withStartKinds(good(), -99, -97))).isEqualTo(3);
        assertThat(ALONE.of(Fits.withStartKinds(good(), Double.NaN, -97))).isEqualTo(3);
    }

    @Test
    void theTruthCountsIfTheFamilyHoldsIt() {
        FitRow below = fit(FitStatus.CONVERGED, -107, 0);
        assertThat(ALONE.of(below)).isEqualTo(4);
        assertThat(ALONE.of(Records.with(below, Map.of("target", Target.PROJECTION))))
                .isZero();
    }

    @Test
    void otherRadiiCountOnTheSameDataAndIfCertified() {
        FitRow higher = fit(FitStatus.CONVERGED, -95, 0);
        FitRow highest = fit(FitStatus.CONVERGED, -94, 0);
        assertThat(new Deficits(List.of(higher, highest)).of(good())).isEqualTo(6);
        assertThat(new Deficits(List.of(highest, higher)).of(good())).isEqualTo(6);
        assertThat(new Deficits(List.of(fit(FitStatus.SADDLE, -95, 0))).of(good()))
                .isZero();
        FitRow otherSeed = Fits.fit(
                "a", 100, 2, FitStatus.CONVERGED, Map.of(), Fits.Detail.good().withLogLikelihood(-95));
        FitRow otherSize = Fits.fit(
                "a", 200, 1, FitStatus.CONVERGED, Map.of(), Fits.Detail.good().withLogLikelihood(-95));
        assertThat(new Deficits(List.of(otherSeed, otherSize)).of(good())).isZero();
    }

    @Test
    void whatAStepPromisesCountsWithoutACertificate() {
        assertThat(ALONE.of(fit(FitStatus.CONVERGED, -100, 7))).isZero();
        assertThat(ALONE.of(fit(FitStatus.MAX_ITERATIONS, -100, 7))).isEqualTo(7);
        assertThat(ALONE.of(fit(FitStatus.SADDLE, -100, Double.POSITIVE_INFINITY)))
                .as("a saddle of which nothing else is known")
                .isInfinite();
        FitRow saddle = fit(FitStatus.SADDLE, -100, Double.POSITIVE_INFINITY);
        assertThat(ALONE.of(Fits.withStartKinds(saddle, -98, Double.NaN))).isEqualTo(2);
        assertThat(ALONE.of(Fits.withStartKinds(saddle, Double.NaN, -98))).isEqualTo(2);
        assertThat(new Deficits(List.of(fit(FitStatus.CONVERGED, -99, 0))).of(saddle))
                .isEqualTo(1);
    }
}
