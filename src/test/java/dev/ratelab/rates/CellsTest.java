package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CellsTest {

    private static CellSummary only(List<CellSummary> summaries, Population population) {
        return summaries.stream()
                .filter(summary -> summary.population() == population)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void statistics_of_ten_losses_are_those_of_numpy() {
        double[] losses = {0.3, 1.2, 0.7, 2.5, 0.1, 0.9, 9.0, 0.4, 1.1, 0.6};
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            observations.add(new Observation("a", LossName.D2, 100, i + 1, true, losses[i]));
        }
        CellSummary summary = only(Cells.summarise(observations), Population.CERTIFIED);
        assertThat(summary.count()).isEqualTo(10);
        assertThat(summary.mean()).isCloseTo(1.68, within(1e-14));
        assertThat(summary.standardError()).isCloseTo(0.8406082453927168, within(1e-14));
        assertThat(summary.median()).isCloseTo(0.8, within(1e-14));
        assertThat(summary.trimmedMean()).isCloseTo(7.8 / 9, within(1e-14));
        assertThat(summary.quantile05()).isCloseTo(0.19, within(1e-14));
        assertThat(summary.quantile25()).isCloseTo(0.45, within(1e-14));
        assertThat(summary.quantile75()).isCloseTo(1.175, within(1e-14));
        assertThat(summary.quantile95()).isCloseTo(6.075, within(1e-14));
        assertThat(summary.failureRate()).isZero();
        assertThat(summary.failureRateLow()).isZero();
        assertThat(summary.failureRateHigh()).isCloseTo(0.2775327998628892, within(1e-12));
    }

    @Test
    void failures_and_undefined_losses_are_counted_and_kept_apart() {
        List<FitRow> fits = List.of(
                Fits.fit("a", 100, 1, FitStatus.CONVERGED, LossName.D2, 1),
                Fits.fit("a", 100, 2, FitStatus.FLAT, LossName.D2, 2),
                Fits.fit("a", 100, 3, FitStatus.SADDLE, LossName.D2, 5),
                Fits.fit("a", 100, 4, FitStatus.ERROR, Map.of()),
                Fits.fit("a", 100, 5, FitStatus.CONVERGED, Map.of()),
                Fits.fit("a", 100, 6, FitStatus.CONVERGED, LossName.D2, Double.POSITIVE_INFINITY));
        List<CellSummary> summaries = Cells.compute(fits);
        assertThat(summaries).hasSize(3).allSatisfy(summary -> {
            assertThat(summary.fits()).isEqualTo(6);
            assertThat(summary.failures()).isEqualTo(3);
            assertThat(summary.undefined()).isEqualTo(1);
            assertThat(summary.failureRate()).isEqualTo(0.5);
        });
        assertThat(only(summaries, Population.CERTIFIED).mean()).isEqualTo(1.5);
        assertThat(only(summaries, Population.FINITE).mean()).isCloseTo(8 / 3.0, within(1e-15));
        CellSummary worst = only(summaries, Population.FAILURES_AS_WORST);
        assertThat(worst.count()).isEqualTo(5);
        assertThat(worst.mean()).isEqualTo(18 / 5.0);
    }

    @Test
    void a_cell_without_any_loss_has_undefined_numbers() {
        CellSummary summary = only(
                Cells.summarise(List.of(new Observation("a", LossName.D2, 100, 1, false, Double.NaN))),
                Population.FAILURES_AS_WORST);
        assertThat(summary.count()).isZero();
        assertThat(summary.mean()).isNaN();
        assertThat(summary.standardError()).isNaN();
        assertThat(summary.median()).isNaN();
        assertThat(summary.failureRateHigh()).isEqualTo(1);
    }

    @Test
    void summaries_are_sorted_by_setting_loss_size_and_population() {
        assertThat(Cells.compute(Fits.study(1)))
                .hasSize(2 * 2 * 4 * 3)
                .extracting(CellSummary::setting, CellSummary::metric, CellSummary::sampleSize, CellSummary::population)
                .startsWith(
                        tuple("a", LossName.D2, 100, Population.CERTIFIED),
                        tuple("a", LossName.D2, 100, Population.FINITE),
                        tuple("a", LossName.D2, 100, Population.FAILURES_AS_WORST),
                        tuple("a", LossName.D2, 300, Population.CERTIFIED));
    }

    @Property(tries = 50)
    void bits_do_not_depend_on_the_order_of_the_fits(@ForAll @IntRange(max = 1000) int stream, @ForAll Random order) {
        List<FitRow> fits = Fits.study(stream);
        List<FitRow> shuffled = new ArrayList<>(fits);
        Collections.shuffle(shuffled, order);
        assertThat(Cells.compute(shuffled)).isEqualTo(Cells.compute(fits));
    }

    @Property(tries = 200)
    void statistics_lie_between_the_extremes_and_in_their_order(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(max = 100) Double> losses) {
        List<Observation> observations = new ArrayList<>();
        for (double loss : losses) {
            observations.add(new Observation("a", LossName.D2, 100, observations.size(), true, loss));
        }
        CellSummary summary = only(Cells.summarise(observations), Population.CERTIFIED);
        assertThat(List.of(
                        Collections.min(losses),
                        summary.quantile05(),
                        summary.quantile25(),
                        summary.median(),
                        summary.quantile75(),
                        summary.quantile95(),
                        Collections.max(losses)))
                .isSorted();
        assertThat(summary.mean()).isBetween(Collections.min(losses) - 1e-12, Collections.max(losses) + 1e-12);
        assertThat(summary.trimmedMean()).isLessThanOrEqualTo(summary.mean() + 1e-12);
    }

    @Property
    void failure_intervals_hold_the_rate_and_stay_within_zero_and_one(
            @ForAll @IntRange(min = 1, max = 500) int fits, @ForAll @DoubleRange(max = 1) double share) {
        int failures = (int) (share * fits);
        double[] interval = SampleStatistics.wilson(failures, fits);
        assertThat(interval[0]).isBetween(0.0, (double) failures / fits);
        assertThat(interval[1]).isBetween((double) failures / fits, 1.0);
    }

    @Test
    void a_fit_that_is_given_twice_is_refused() {
        FitRow fit = Fits.fit("a", 100, 1, FitStatus.CONVERGED, LossName.D2, 1);
        assertThatThrownBy(() -> Cells.compute(List.of(fit, fit)))
                .hasMessage("two fits of setting a at sample size 100 and seed 1");
    }
}
