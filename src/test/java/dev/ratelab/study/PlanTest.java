package dev.ratelab.study;

import static dev.ratelab.study.StudyTexts.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void everyFitOfTheGridIsPlannedOnce() {
        Plan plan = Plan.of(small(), Set.of());
        assertThat(plan.total()).isEqualTo(2 * 2 * 4);
        assertThat(plan.stored()).isZero();
        assertThat(plan.fits()).hasSize(16).extracting(PlannedFit::key).doesNotHaveDuplicates();
    }

    @Test
    void theLongestFitsComeFirstAndTiesGoByKey() {
        List<PlannedFit> fits = Plan.of(small(), Set.of()).fits();
        assertThat(fits)
                .isSortedAccordingTo(Comparator.comparingDouble(PlannedFit::predictedCost)
                        .reversed()
                        .thenComparing(PlannedFit::key));
        assertThat(fits.get(0).key().sampleSize()).isEqualTo(1000);
        assertThat(fits.get(0).key().setting()).contains("-k3-");
        assertThat(fits.get(0).key().seed()).isEqualTo(1);
    }

    @Test
    void theCostGrowsWithRowsParametersAndStarts() {
        Study study = small();
        assertThat(Plan.predictedCost(3, 1, 1000, study.starts())).isEqualTo(1024.0 * 36 * 5);
        assertThat(Plan.predictedCost(2, 4, 512, study.starts())).isEqualTo(512.0 * 100 * 5);
    }

    @Test
    void storedFitsAreNotPlannedAndStrangersAreIgnored() {
        Study study = small();
        FitKey stored = new FitKey(study.settings().get(0).id(), 100, 2);
        Plan plan = Plan.of(study, Set.of(stored, new FitKey("other", 100, 2), new FitKey(stored.setting(), 7, 1)));
        assertThat(plan.stored()).isEqualTo(1);
        assertThat(plan.fits()).hasSize(15).extracting(PlannedFit::key).doesNotContain(stored);
    }

    @Test
    void aGrownGridOnlyAdds() {
        Set<FitKey> stored = new HashSet<>(
                Plan.of(small(), Set.of()).fits().stream().map(PlannedFit::key).toList());
        Plan grown = Plan.of(
                small("grid.seeds=6", "grid.sample-sizes=[100,500,1000]", "grid.fitted-experts=[4,3,2]"), stored);
        assertThat(grown.stored()).isEqualTo(16);
        assertThat(grown.fits()).hasSize(3 * 3 * 6 - 16);
    }

    @Test
    void smallFitsShareATaskAndBigOnesAreAlone() {
        List<PlannedFit> fits = new ArrayList<>();
        double[] costs = {9, 5, 2, 2, 2, 1};
        for (int i = 0; i < costs.length; i++) {
            fits.add(new PlannedFit(new FitKey("s", 10, i + 1), costs[i]));
        }
        List<FitTask> tasks = new Plan(fits, 6).tasks(4);
        assertThat(tasks).extracting(task -> task.fits().size()).containsExactly(1, 1, 2, 2);
        assertThat(tasks).extracting(FitTask::predictedCost).containsExactly(9.0, 5.0, 4.0, 3.0);
        assertThat(Plan.nextWave(tasks, 10)).isEqualTo(tasks.subList(0, 2));
        assertThat(Plan.nextWave(tasks.subList(2, 4), 10)).isEqualTo(tasks.subList(2, 4));
        assertThat(Plan.nextWave(tasks, 0)).hasSize(1);
        assertThat(Plan.nextWave(List.of(), 10)).isEmpty();
        assertThatThrownBy(() -> Plan.nextWave(tasks, Double.NaN))
                .hasMessage("cost of a wave = NaN must be a number >= 0");
        assertThatThrownBy(() -> new Plan(fits, 6).tasks(-1))
                .hasMessage("least cost of a task = -1.0 must be a number >= 0");
    }

    @Property(tries = 100)
    void tasksAndWavesKeepEveryFitInOrder(
            @ForAll long seed,
            @ForAll @DoubleRange(max = 1e7) double leastCost,
            @ForAll @DoubleRange(max = 1e8) double waveCost) {
        Random random = new Random(seed);
        Plan all = Plan.of(small("grid.sample-sizes=[100,600,2000,9000]"), Set.of());
        Set<FitKey> stored = new HashSet<>();
        for (PlannedFit fit : all.fits()) {
            if (random.nextInt(3) == 0) {
                stored.add(fit.key());
            }
        }
        Plan plan = Plan.of(small("grid.sample-sizes=[100,600,2000,9000]"), stored);
        List<FitTask> tasks = plan.tasks(leastCost);
        List<FitTask> wave = Plan.nextWave(tasks, waveCost);
        assertThat(tasks.stream().flatMap(task -> task.fits().stream())).containsExactlyElementsOf(plan.fits());
        assertThat(wave).isEqualTo(tasks.subList(0, wave.size()));
        assertThat(wave.isEmpty()).isEqualTo(tasks.isEmpty());
        for (int t = 0; t + 1 < tasks.size(); t++) {
            assertThat(tasks.get(t).predictedCost()).isGreaterThanOrEqualTo(leastCost);
        }
    }

    @Test
    void keysHaveATextForm() {
        FitKey key = new FitKey("softmax-linear-density-k3-1a2b3c4d", 1000, 7);
        assertThat(key).hasToString("softmax-linear-density-k3-1a2b3c4d/1000/7");
        assertThat(FitKey.parse(key.toString())).isEqualTo(key);
        assertThat(new FitKey("a", 20, 1)).isGreaterThan(new FitKey("a", 3, 9)).isLessThan(new FitKey("b", 1, 1));
        for (String text : List.of("", "a/1", "a/1/x", "a/1/1/1", "a/01/1")) {
            assertThatThrownBy(() -> FitKey.parse(text))
                    .hasMessage("'" + text + "' is not the key of a fit; write setting/sample-size/seed");
        }
        assertThatThrownBy(() -> new FitKey("a/b", 1, 1)).hasMessageContaining("must be a name without '/'");
        assertThatThrownBy(() -> new FitKey("a", 0, 1)).hasMessageContaining("must be at least 1");
    }
}
