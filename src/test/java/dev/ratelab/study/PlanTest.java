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
import net.jqwik.api.constraints.IntRange;
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
                .isSortedAccordingTo(Comparator.comparingDouble(PlannedFit::predictedMillis)
                        .reversed()
                        .thenComparing(PlannedFit::key));
        assertThat(fits.get(0).key().sampleSize()).isEqualTo(1000);
        assertThat(fits.get(0).key().setting()).contains("-k3-");
        assertThat(fits.get(0).key().seed()).isEqualTo(1);
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
        assertThat(tasks).extracting(FitTask::predictedMillis).containsExactly(9.0, 5.0, 4.0, 3.0);
        assertThatThrownBy(() -> new Plan(fits, 6).tasks(-1))
                .hasMessage("least time of a task = -1.0 must be a number >= 0");
    }

    @Test
    void eachCoreThatBecomesFreeTakesTheNextTask() {
        List<FitTask> tasks = new ArrayList<>();
        for (double millis : new double[] {9, 5, 4, 3, 1}) {
            tasks.add(new FitTask(List.of(new PlannedFit(new FitKey("s", 10, tasks.size() + 1), millis))));
        }
        assertThat(Plan.makespanMillis(tasks, 1)).isEqualTo(22);
        assertThat(Plan.makespanMillis(tasks, 2)).isEqualTo(12);
        assertThat(Plan.makespanMillis(tasks, 3)).isEqualTo(9);
        assertThat(Plan.makespanMillis(List.of(), 3)).isZero();
        assertThatThrownBy(() -> Plan.makespanMillis(tasks, 0)).hasMessage("cores = 0 must be at least 1");
    }

    @Property(tries = 100)
    void tasksKeepEveryFitInOrderAndCoresEndTogether(
            @ForAll long seed,
            @ForAll @DoubleRange(max = 1e3) double leastMillis,
            @ForAll @IntRange(min = 1, max = 9) int cores) {
        Random random = new Random(seed);
        Plan all = Plan.of(small("grid.sample-sizes=[100,600,2000,9000]"), Set.of());
        Set<FitKey> stored = new HashSet<>();
        for (PlannedFit fit : all.fits()) {
            if (random.nextInt(3) == 0) {
                stored.add(fit.key());
            }
        }
        Plan plan = Plan.of(small("grid.sample-sizes=[100,600,2000,9000]"), stored);
        List<FitTask> tasks = plan.tasks(leastMillis);
        assertThat(tasks.stream().flatMap(task -> task.fits().stream())).containsExactlyElementsOf(plan.fits());
        double longest = 0;
        for (int t = 0; t < tasks.size(); t++) {
            longest = Math.max(longest, tasks.get(t).predictedMillis());
            if (t + 1 < tasks.size()) {
                assertThat(tasks.get(t).predictedMillis()).isGreaterThanOrEqualTo(leastMillis);
            }
        }
        double ideal = plan.predictedMillis() / cores;
        assertThat(Plan.makespanMillis(tasks, cores))
                .isBetween(Math.max(ideal, longest) * (1 - 1e-12), (ideal + longest) * (1 + 1e-12));
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
