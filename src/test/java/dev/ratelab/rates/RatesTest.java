package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossName;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FittedSetting;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.target.Target;
import dev.ratelab.testing.Records;
import dev.ratelab.theory.Prediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final int[] SIZES = {100, 200, 400, 800, 1600, 3200, 6400, 12800};
    private static final Prediction HALF = new Prediction(-0.5, "a theorem", Prediction.PROVED_SEEN);

    private static RateFit powerLaw(double slope, double deviation) {
        return RateFit.of(Fits.observations(SIZES, 20, n -> 3 * StrictMath.pow(n, slope), deviation, 7));
    }

    @Property(tries = 100)
    void losses_on_a_power_law_have_its_slope_and_intercept(
            @ForAll @DoubleRange(min = -2, max = 1) double slope, @ForAll @DoubleRange(min = -3, max = 3) double log) {
        RateFit fit =
                RateFit.of(Fits.observations(SIZES, 5, n -> StrictMath.exp(log + slope * StrictMath.log(n)), 0, 1));
        assertThat(fit.slope()).isCloseTo(slope, within(1e-12));
        assertThat(fit.slopes().interceptLog()).isCloseTo(log, within(1e-11));
        assertThat(fit.slopes().mean().low()).isCloseTo(slope, within(1e-11));
        assertThat(fit.slopes().mean().high()).isCloseTo(slope, within(1e-11));
        assertThat(fit.slopes().median()).isCloseTo(slope, within(1e-12));
        assertThat(fit.slopes().meanLog().value()).isCloseTo(slope, within(1e-12));
        assertThat(fit.slopes().local()).hasSize(7).allSatisfy(s -> assertThat(s)
                .isCloseTo(slope, within(1e-11)));
        assertThat(fit.slopes().withoutSmallest()).hasSize(5).allSatisfy(s -> assertThat(s)
                .isCloseTo(slope, within(1e-11)));
        assertThat(fit.slopes().lowerHalf()).isCloseTo(slope, within(1e-11));
        assertThat(fit.slopes().upperHalf()).isCloseTo(slope, within(1e-11));
    }

    @Property(tries = 50)
    void bits_do_not_depend_on_the_order_of_the_fits(@ForAll @IntRange(max = 1000) int stream, @ForAll Random order) {
        List<FitRow> fits = Fits.study(stream);
        List<FitRow> shuffled = new ArrayList<>(fits);
        Collections.shuffle(shuffled, order);
        assertThat(Rates.compute(shuffled, 2)).isEqualTo(Rates.compute(fits, 2));
    }

    @Property(tries = 50)
    void a_change_of_the_unit_of_the_loss_moves_the_intercept_only(
            @ForAll @IntRange(max = 1000) int stream, @ForAll @IntRange(min = -40, max = 40) int power) {
        double factor = StrictMath.scalb(1.0, power);
        List<Observation> observations = Fits.observations(SIZES, 8, n -> 1 / Math.sqrt(n), 1, stream);
        RateFit fit = RateFit.of(observations);
        RateFit scaled = RateFit.of(observations.stream()
                .map(o -> new Observation(o.setting(), o.metric(), o.sampleSize(), o.seed(), true, o.value() * factor))
                .toList());
        assertThat(scaled.slope()).isCloseTo(fit.slope(), within(1e-12));
        assertThat(scaled.slopes().mean().low()).isCloseTo(fit.slopes().mean().low(), within(1e-11));
        assertThat(scaled.curvature().high()).isCloseTo(fit.curvature().high(), within(1e-11));
        assertThat(scaled.slopes().interceptLog())
                .isCloseTo(fit.slopes().interceptLog() + StrictMath.log(factor), within(1e-11));
    }

    @Test
    void the_interval_of_equally_noisy_sizes_is_about_that_of_regression_theory() {
        RateFit fit = powerLaw(-0.5, 0.8);
        double relativeVariance = (StrictMath.exp(0.64) - 1) / 20;
        double squares = 42 * StrictMath.pow(StrictMath.log(2), 2);
        double expected = 2.093 * Math.sqrt(relativeVariance / squares);
        assertThat((fit.slopes().mean().high() - fit.slopes().mean().low()) / 2)
                .isBetween(0.6 * expected, 1.5 * expected);
        assertThat(fit.slope())
                .isCloseTo((fit.slopes().mean().low() + fit.slopes().mean().high()) / 2, within(1e-15));
    }

    @Test
    void certified_fits_alone_make_the_slope() {
        List<Observation> observations = Fits.observations(SIZES, 20, n -> 1 / Math.sqrt(n), 0.5, 3);
        RateFit clean = RateFit.of(observations);
        observations.add(new Observation("a", LossName.D2, 100, 21, false, 1e9));
        observations.add(new Observation("a", LossName.D2, 100, 22, true, Double.NaN));
        RateFit soiled = RateFit.of(observations);
        assertThat(soiled.slope()).isEqualTo(clean.slope());
        assertThat(soiled.slopes().mean().low()).isEqualTo(clean.slopes().mean().low());
        assertThat(soiled.seeds()).isEqualTo(20);
        assertThat(soiled.certifiedShare()).isEqualTo(161 / 162.0);
        assertThat(soiled.smallestCertifiedShare()).isEqualTo(21 / 22.0);
    }

    @Test
    void seeds_may_be_missing_at_some_sizes() {
        List<Observation> observations = Fits.observations(SIZES, 20, n -> 1 / Math.sqrt(n), 0.5, 4);
        observations.removeIf(o -> o.seed() > 12 && o.sampleSize() > 1000);
        RateFit fit = RateFit.of(observations);
        assertThat(fit.slopes().mean().low()).isLessThan(-0.5);
        assertThat(fit.slopes().mean().high()).isGreaterThan(-0.5);
    }

    @Test
    void verdicts_follow_the_interval() {
        assertThat(Judgement.compareAlone(powerLaw(-0.5, 0.5), HALF).verdict()).isEqualTo(Verdict.AGREES);
        assertThat(Judgement.compareAlone(powerLaw(-0.51, 0), HALF).verdict()).isEqualTo(Verdict.AGREES);
        assertThat(Judgement.compareAlone(powerLaw(-0.8, 0.5), HALF).verdict()).isEqualTo(Verdict.FASTER);
        assertThat(Judgement.compareAlone(powerLaw(-0.25, 0.5), HALF).verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(Judgement.compareAlone(powerLaw(-0.01, 0.05), HALF).verdict())
                .isEqualTo(Verdict.FLAT);
    }

    @Test
    void a_loss_that_is_predicted_not_to_fall_agrees_if_it_does_not() {
        Prediction flat = Prediction.notIdentified("an identity", Prediction.DERIVED);
        assertThat(Judgement.compareAlone(powerLaw(-0.01, 0.05), flat).verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(Judgement.compareAlone(powerLaw(-0.5, 0.5), flat).verdict()).isEqualTo(Verdict.FASTER);
        assertThat(Judgement.compareAlone(powerLaw(0.4, 0.3), flat).verdict()).isEqualTo(Verdict.SLOWER);
        Judgement wide = Judgement.compareAlone(powerLaw(0, 0.8), flat);
        assertThat(wide.verdict()).isEqualTo(Verdict.UNDECIDED);
        Prediction slow = Prediction.slow("a theorem", Prediction.RECALLED);
        assertThat(Judgement.compareAlone(powerLaw(-0.1, 0.1), slow).reason())
                .isEqualTo("no prediction: slower than every power of n, no slope: a theorem");
    }

    @Test
    void the_reason_says_when_an_upper_bound_is_not_contradicted() {
        Prediction bound = Prediction.atMost(-0.5, "a theorem", Prediction.PROVED_SEEN);
        assertThat(Judgement.compareAlone(powerLaw(-0.8, 0.5), bound).reason()).contains("does not contradict");
        assertThat(Judgement.compareAlone(powerLaw(-0.8, 0.5), HALF).reason()).doesNotContain("does not contradict");
        // Over 100 to 100,000 rows sqrt(log n / n) has the slope -0.435.
        int[] sizes = {100, 316, 1000, 3162, 10000, 31623, 100000};
        RateFit logarithmic = RateFit.of(Fits.observations(sizes, 20, n -> Math.sqrt(Math.log(n) / n), 0.3, 7));
        Judgement judgement = Judgement.compareAlone(logarithmic, bound);
        assertThat(judgement.verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(judgement.reason()).contains("whose slope over these sizes is -0.43");
        assertThat(Judgement.compareAlone(powerLaw(-0.25, 0.5), bound).reason()).doesNotContain("upper bound");
    }

    @Test
    void a_slope_that_moves_towards_the_prediction_is_pre_asymptotic() {
        RateFit bending = RateFit.of(Fits.observations(SIZES, 20, n -> 1 / Math.sqrt(3000 + n), 0.1, 5));
        Judgement judgement = Judgement.compareAlone(bending, HALF);
        assertThat(judgement.verdict()).isEqualTo(Verdict.PRE_ASYMPTOTIC);
        assertThat(judgement.reason()).contains("changes from").contains("predicted -0.500");
        RateFit away = RateFit.of(Fits.observations(SIZES, 20, n -> 0.05 + 1 / Math.sqrt(n), 0.05, 5));
        assertThat(Judgement.compareAlone(away, HALF).verdict()).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void an_interval_that_holds_prediction_and_zero_decides_nothing() {
        RateFit wide = RateFit.of(Fits.observations(new int[] {100, 200, 400}, 4, n -> 1 / Math.sqrt(n), 1.5, 6));
        assertThat(wide.slopes().mean().low()).isLessThan(-0.5);
        assertThat(wide.slopes().mean().high()).isGreaterThan(0);
        Judgement judgement = Judgement.compareAlone(wide, HALF);
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(judgement.reason()).contains("and zero alike");
    }

    @Test
    void without_enough_certified_fits_or_a_prediction_nothing_is_decided() {
        RateFit fit = powerLaw(-0.5, 0.5);
        Judgement judgement = Judgement.compareAlone(fit, Prediction.unknown("never studied"));
        assertThat(judgement).isEqualTo(new Judgement(Verdict.UNDECIDED, "no prediction: never studied"));
        List<Observation> observations = Fits.observations(SIZES, 20, n -> 1 / Math.sqrt(n), 0.5, 3);
        for (int seed = 21; seed <= 23; seed++) {
            observations.add(new Observation("a", LossName.D2, 400, seed, false, 1));
        }
        RateFit incomplete = RateFit.of(observations);
        judgement = Judgement.of(incomplete, HALF, new Trust(List.of(TrustChecks.certified(incomplete))));
        assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(judgement.reason()).startsWith("certified: only 87.0 % of the fits at n = 400");
    }

    @Test
    void what_is_undefined_is_undecided_and_says_why() {
        assertUndefined(Fits.observations(new int[] {100, 200}, 20, n -> 1, 1, 1), "2 sample sizes, 3 are needed");
        assertUndefined(Fits.observations(SIZES, 2, n -> 1, 1, 1), "2 certified losses at n = 100, 3 are needed");
        assertUndefined(Fits.observations(SIZES, 5, n -> n == 200 ? 0 : 1, 1, 1), "the mean loss at n = 200 is 0.0");
        assertUndefined(Fits.observations(SIZES, 5, n -> 1e308, 1, 1), "the mean loss at n = 100 is Infinity");
        assertUndefined(
                List.of(new Observation("a", LossName.D2, 9, 1, false, Double.NaN)), "0 certified losses at n = 9");
    }

    private static void assertUndefined(List<Observation> observations, String reason) {
        RateFit fit = RateFit.of(observations);
        assertThat(fit.slope()).isNaN();
        assertThat(fit.slopes().mean().low()).isNaN();
        assertThat(fit.slopes().withoutTheSmallest()).isNaN();
        Judgement judgement = Judgement.compareAlone(fit, HALF);
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(judgement.reason()).startsWith(reason);
    }

    @Test
    void a_cell_with_a_single_positive_loss_has_a_slope_but_no_interval() {
        List<Observation> observations = Fits.observations(SIZES, 5, n -> 1 / Math.sqrt(n), 0, 1);
        observations.replaceAll(o ->
                o.sampleSize() == 100 && o.seed() > 1 ? new Observation("a", LossName.D2, 100, o.seed(), true, 0) : o);
        RateFit fit = RateFit.of(observations);
        assertThat(fit.slope()).isFinite();
        assertThat(fit.slopes().mean().low()).isNaN();
        assertThat(fit.slopes().median()).isNaN();
        assertThat(fit.slopes().meanLog().value()).isNaN();
        assertThat(fit.smallSizes())
                .isEqualTo(TrustCheck.notChecked(TrustChecks.SMALL_SIZES, "the slope has no interval"));
        assertThat(Judgement.compareAlone(fit, HALF).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void rows_carry_coordinates_window_and_prediction() {
        List<RateRow> rows = Rates.compute(Fits.study(2), 2);
        assertThat(rows).extracting(rate -> rate.setting().id()).containsExactly("a", "a", "b", "b");
        assertThat(rows)
                .extracting(RateRow::metric)
                .containsExactly(LossName.D2, LossName.GATE_L2, LossName.D2, LossName.GATE_L2);
        RateRow row = rows.get(0);
        assertThat(row.setting().fitted().gate()).isEqualTo("softmax");
        assertThat(row.setting().fitted().fittedExperts()).isEqualTo(3);
        assertThat(row.predicted().slope()).isEqualTo(-0.5);
        assertThat(row.predicted().status()).isEqualTo(Prediction.RECALLED);
        assertThat(row.window().smallest()).isEqualTo(100);
        assertThat(row.window().largest()).isEqualTo(3000);
        assertThat(row.window().sizes()).isEqualTo(4);
        assertThat(row.window().seeds()).isEqualTo(12);
        assertThat(row.slopes().local()).hasSize(3);
        assertThat(rows.get(1).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(rows.get(1).predicted().slope()).isNaN();
    }

    /** Losses of one setting, one loss a fit. */
    private static List<FitRow> rows(double failing) {
        List<FitRow> rows = new ArrayList<>();
        for (Observation one : Fits.observations(SIZES, 10, n -> 1 / Math.sqrt(n), 0.5, 3)) {
            FitStatus status = one.seed() <= failing * 10 ? FitStatus.MAX_ITERATIONS : FitStatus.CONVERGED;
            rows.add(Fits.fit("a", one.sampleSize(), one.seed(), status, LossName.D2, one.value()));
        }
        return rows;
    }

    private static List<FitRow> with(List<FitRow> rows, Map<String, ?> changes) {
        return rows.stream().map(row -> Records.with(row, changes)).toList();
    }

    /** Only a regression is told its noise variance; that of a density is estimated, and is no unit of anything. */
    @Test
    void the_ratio_counts_observations_of_unit_noise_in_regression_only() {
        List<FitRow> plain = rows(0);
        List<Observation> observations = Observation.of(plain, LossName.D2);
        List<FitRow.StoredAtom> atoms = List.of(new FitRow.StoredAtom(1, Map.of(), Map.of(), 0.01));
        List<FitRow> density = with(plain, Map.of("atoms", atoms));
        FittedSetting fitted = Records.with(plain.get(0).fitted(), Map.of("problem", "regression"));
        List<FitRow> regression = new ArrayList<>(with(plain, Map.of("atoms", atoms, "fitted", fitted)));
        regression.set(0, Records.with(regression.get(0), Map.of("atoms", List.of())));
        Slope unit = RateFit.of(observations).slopes().ratio();
        Slope known = RateFit.of(observations, 0.01).slopes().ratio();
        assertThat(known.value()).isNotCloseTo(unit.value(), within(0.01));
        assertThat(Rates.compute(density, 2).get(0).slopes().ratio()).isEqualTo(unit);
        assertThat(Rates.compute(regression, 2).get(0).slopes().ratio()).isEqualTo(known);
    }

    @Test
    void what_moves_the_target_of_a_fit_has_no_prediction() {
        RateRow fixed = Rates.compute(rows(0), 2).get(0);
        assertThat(fixed.predicted().slope()).isEqualTo(-0.5);
        RateRow projected = Rates.compute(with(rows(0), Map.of("target", Target.PROJECTION)), 2)
                .get(0);
        assertThat(projected.predicted().slope()).isNaN();
        assertThat(projected.judgement().reason()).contains("no prediction: the fit is mis-specified");
        TruthPoint moved = new TruthPoint("worst-case", 1, 1, 0.1);
        RateRow worst =
                Rates.compute(with(rows(0), Map.of("truthPoint", moved)), 2).get(0);
        assertThat(worst.predicted().slope()).isNaN();
        assertThat(worst.judgement().reason())
                .contains("no prediction: the truth is the worst case of each sample size");
    }

    @Test
    void checks_are_made_where_any_population_has_a_slope() {
        RateRow failing = Rates.compute(rows(1), 2).get(0);
        assertThat(failing.slope()).isNaN();
        assertThat(failing.slopeFinite()).isFinite();
        assertThat(failing.trust().check(TrustChecks.CERTIFIED).status()).isEqualTo(CheckStatus.FAILED);
        List<FitRow> few = rows(0).stream().filter(row -> row.seed() <= 2).toList();
        assertThat(Rates.compute(few, 2).get(0).trust()).isEqualTo(Trust.none());
    }

    @Test
    void losses_are_in_the_order_in_which_sorted_fits_have_them() {
        List<FitRow> fits = new ArrayList<>();
        for (int n : new int[] {1000, 100}) {
            LossName metric = n == 100 ? LossName.D2 : LossName.D1;
            fits.add(Fits.fit("a", n, 1, FitStatus.CONVERGED, metric, 1));
        }
        assertThat(Rates.compute(fits, 2)).extracting(RateRow::metric).containsExactly(LossName.D2, LossName.D1);
    }

    @Test
    void three_losses_at_each_size_are_enough() {
        List<Observation> observations = Fits.observations(SIZES, 3, n -> 1 / Math.sqrt(n), 0.5, 3);
        assertThat(RateFit.of(observations).defined()).isTrue();
        assertThat(SeedDecision.slopeError(observations)).isFinite();
        observations.removeIf(one -> one.sampleSize() == 400 && one.seed() == 2);
        assertThat(RateFit.of(observations).problem()).isEqualTo("2 certified losses at n = 400, 3 are needed");
        assertThat(SeedDecision.slopeError(observations)).isNaN();
    }

    @Test
    void of_sizes_with_as_few_certified_fits_the_smallest_is_named() {
        List<Observation> observations = Fits.observations(SIZES, 10, n -> 1 / Math.sqrt(n), 0.5, 3);
        for (int n : new int[] {800, 200, 3200}) {
            observations.add(new Observation("a", LossName.D2, n, 11, false, 1));
        }
        RateFit fit = RateFit.of(observations);
        assertThat(fit.smallestCertifiedShare()).isEqualTo(10 / 11.0);
        assertThat(fit.leastCertifiedSize()).isEqualTo(200);
    }

    @Test
    void fits_that_contradict_their_setting_are_refused() {
        FittedSetting laplace = Records.with(rows(0).get(0).fitted(), Map.of("gate", "laplace"));
        List<FitRow> mixed = rows(0);
        mixed.set(3, Records.with(mixed.get(3), Map.of("fitted", laplace)));
        assertThatThrownBy(() -> Rates.compute(mixed, 2))
                .hasMessageContaining("fits of setting a disagree on gate")
                .hasMessageEndingWith("n = 100, seed 1 and n = 100, seed 4");
        FitRow fit = Fits.fit("a", 100, 1, FitStatus.CONVERGED, LossName.D2, 1);
        assertThatThrownBy(() -> RateFit.of(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Rates.compute(List.of(fit, fit), 2)).hasMessageContaining("two fits");
        assertThat(Rates.compute(List.of(), 2)).isEmpty();
        assertThat(Rates.compute(List.of(Fits.fit("a", 100, 1, FitStatus.ERROR, Map.of())), 2))
                .isEmpty();
    }
}
