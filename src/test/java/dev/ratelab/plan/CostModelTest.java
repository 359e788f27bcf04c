package dev.ratelab.plan;

import static dev.ratelab.testing.StudyTexts.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final int[] SIZES = {100, 300, 1000, 3000, 10_000, 30_000};

    private static final Study STUDY = small("grid.fitted-experts=[2,3,4]");

    private static Setting setting(int experts) {
        return STUDY.settings().stream()
                .filter(setting -> setting.fittedExperts() == experts)
                .findFirst()
                .orElseThrow();
    }

    /** A cell of warm fits. */
    private static SettingTimes warm(Setting setting, int size, int fits, double millis) {
        return new SettingTimes(
                setting.id(),
                setting.gate().id(),
                setting.expert().id(),
                setting.fittedExperts(),
                size,
                fits,
                millis,
                fits,
                millis);
    }

    /** The times that fits of a setting would take with a correction. */
    private static List<SettingTimes> planted(int experts, CostCorrection correction, double noise, Random random) {
        List<SettingTimes> times = new ArrayList<>();
        Setting setting = setting(experts);
        DefaultCost cost = DefaultCost.of(STUDY, setting);
        for (int size : SIZES) {
            double millis = correction.millis(cost.fixedMillis(), cost.rowMillis(size, size), size / 1000.0)
                    * (1 + noise * random.nextGaussian());
            times.add(warm(setting, size, 20, 20 * millis));
        }
        return times;
    }

    @Test
    void plantedFactorsAreFoundAndOtherSizesPredicted() {
        CostCorrection truth = new CostCorrection(2.5, 0.6, 0.1);
        CostModel model = CostModel.of(STUDY, planted(3, truth, 0, new Random(1)), "stored");
        Setting setting = setting(3);
        DefaultCost cost = DefaultCost.of(STUDY, setting);
        for (int size : new int[] {200, 700, 5000, 100_000}) {
            double expected = truth.millis(cost.fixedMillis(), cost.rowMillis(size, size), size / 1000.0);
            assertThat(model.millis(setting, size)).isCloseTo(expected, within(0.1 * expected));
        }
        assertThat(model.basis()).isEqualTo("the times of 120 stored fits");
    }

    @Test
    void aDelayedCellHasLittleToSay() {
        CostCorrection truth = new CostCorrection(1.5, 0.7, 0);
        List<SettingTimes> times = planted(2, truth, 0.05, new Random(7));
        SettingTimes last = times.get(SIZES.length - 2);
        times.set(SIZES.length - 2, warm(setting(2), last.sampleSize(), 20, 5 * last.millis()));
        CostModel model = CostModel.of(STUDY, times, "stored");
        Setting setting = setting(2);
        DefaultCost cost = DefaultCost.of(STUDY, setting);
        for (int size : SIZES) {
            double expected = truth.millis(cost.fixedMillis(), cost.rowMillis(size, size), size / 1000.0);
            assertThat(model.millis(setting, size)).isCloseTo(expected, within(0.25 * expected));
        }
    }

    @Test
    void coldFitsHaveLittleToSayUnlessThereAreNoOthers() {
        CostCorrection truth = new CostCorrection(1.5, 0.7, 0);
        List<SettingTimes> warm = planted(2, truth, 0, new Random(7));
        List<SettingTimes> cold = new ArrayList<>();
        List<SettingTimes> mixed = new ArrayList<>();
        for (SettingTimes cell : warm) {
            SettingTimes slow = new SettingTimes(
                    cell.setting(), "softmax", "linear", 2, cell.sampleSize(), 20, 4 * cell.millis(), 0, 0);
            cold.add(slow);
            mixed.add(cell.sampleSize() == 30_000 ? slow : cell);
            if (cell.sampleSize() == 100) {
                mixed.add(slow);
            }
        }
        CostModel expected = CostModel.of(STUDY, warm, "stored");
        for (int size : SIZES) {
            double millis = expected.millis(setting(2), size);
            assertThat(CostModel.of(STUDY, mixed, "stored").millis(setting(2), size))
                    .isCloseTo(millis, within(0.1 * millis));
            assertThat(CostModel.of(STUDY, cold, "stored").millis(setting(2), size))
                    .isCloseTo(4 * millis, within(0.1 * millis));
        }
    }

    @Test
    void anUnknownSettingIsCorrectedLikeTheOneMostLikeIt() {
        List<SettingTimes> times = planted(2, new CostCorrection(4, 4, 0), 0, new Random(1));
        times.addAll(planted(3, new CostCorrection(0.5, 0.5, 0), 0, new Random(1)));
        CostModel defaults = CostModel.defaults(STUDY);
        CostModel model = CostModel.of(STUDY, times, "stored");
        for (int size : SIZES) {
            double expected = 0.5 * defaults.millis(setting(4), size);
            assertThat(model.millis(setting(4), size)).isCloseTo(expected, within(0.02 * expected));
        }
    }

    @Test
    void predictionsDoNotDependOnTheOrderOfTheTimes() {
        List<SettingTimes> times = planted(2, new CostCorrection(2, 1, 0), 0.2, new Random(3));
        times.addAll(planted(3, new CostCorrection(1, 3, 0.1), 0.2, new Random(4)));
        CostModel first = CostModel.of(STUDY, times, "stored");
        Collections.shuffle(times, new Random(5));
        CostModel second = CostModel.of(STUDY, times, "stored");
        for (int experts = 2; experts <= 4; experts++) {
            for (int size : SIZES) {
                assertThat(second.millis(setting(experts), size)).isEqualTo(first.millis(setting(experts), size));
            }
        }
    }

    @Property(tries = 200)
    void predictionsRiseWithTheSampleSizeWhateverTheTimesWere(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int cells) {
        Random random = new Random(seed);
        List<SettingTimes> times = planted(3, new CostCorrection(1, 1, 0), 0, random).subList(0, cells).stream()
                .map(cell -> warm(
                        setting(3),
                        cell.sampleSize(),
                        1 + random.nextInt(40),
                        cell.millis() * Math.exp(3 * random.nextGaussian())))
                .toList();
        CostModel model = CostModel.of(STUDY, times, "stored");
        for (int experts = 2; experts <= 4; experts++) {
            double before = 0;
            for (int size = 512; size < 1_000_000; size *= 2) {
                double millis = model.millis(setting(experts), size);
                assertThat(millis).isGreaterThan(before).isLessThan(Double.POSITIVE_INFINITY);
                before = millis;
            }
        }
    }

    @Test
    void defaultsRiseWithRowsExpertsAndStarts() {
        CostModel model = CostModel.defaults(STUDY);
        CostModel moreStarts = CostModel.defaults(small("grid.fitted-experts=[2,3,4]", "fit.starts.random=20"));
        assertThat(model.millis(setting(3), 5000)).isGreaterThan(model.millis(setting(3), 1000));
        assertThat(model.millis(setting(3), 1000)).isGreaterThan(model.millis(setting(2), 1000));
        assertThat(model.millis(setting(4), 1000)).isGreaterThan(model.millis(setting(3), 1000));
        assertThat(moreStarts.millis(setting(3), 1000)).isGreaterThan(2 * model.millis(setting(3), 1000));
        assertThat(model.basis()).isEqualTo(CostModel.DEFAULT_BASIS);
    }

    @Test
    void timesOfFamiliesThatAreNotHereAreLeftOut() {
        SettingTimes stranger = new SettingTimes("s", "no-such-gate", "linear", 2, 100, 5, 10, 5, 10);
        assertThat(CostModel.of(STUDY, List.of(stranger), "stored").basis()).isEqualTo(CostModel.DEFAULT_BASIS);
    }

    @Test
    void aCalibrationTimesFitsOfThePlanWithinItsTime() {
        Plan plan = Plan.of(small(), Set.of());
        long start = System.nanoTime();
        List<SettingTimes> times = Calibration.of(small(), plan, 1);
        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
        assertThat(times).hasSize(4).allMatch(cell -> cell.fits() >= 1 && cell.millis() > 0);
        assertThat(Calibration.of(small(), new Plan(List.of(), 0), 1)).isEmpty();
    }
}
