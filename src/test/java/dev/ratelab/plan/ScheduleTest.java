package dev.ratelab.plan;

import static dev.ratelab.testing.StudyTexts.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.run.FitKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    private static Plan plan(double... millis) {
        List<PlannedFit> fits = new ArrayList<>();
        for (double each : millis) {
            fits.add(new PlannedFit(new FitKey("s", 10, fits.size() + 1), each));
        }
        return new Plan(fits, fits.size());
    }

    private static double[] repeated(int times, double millis) {
        double[] all = new double[times];
        Arrays.fill(all, millis);
        return all;
    }

    @Test
    void smallFitsShareATaskAndBigOnesAreAlone() {
        List<FitTask> tasks =
                Schedule.of(plan(900, 500, 20, 20, 20, 10), 2, NO_LIMIT).tasks();
        assertThat(tasks).extracting(FitTask::predictedMillis).containsExactly(900.0, 500.0, 60.0, 10.0);
    }

    @Test
    void tasksAreCutFromWhatIsLeftAndEndSmall() {
        Plan plan = plan(repeated(20_000, 5));
        List<FitTask> tasks = Schedule.of(plan, 2, NO_LIMIT).tasks();
        assertThat(tasks).hasSizeLessThan(200);
        assertThat(tasks).extracting(FitTask::predictedMillis).allMatch(millis -> millis <= 1000);
        assertThat(tasks.get(100).predictedMillis()).isEqualTo(1000);
        assertThat(tasks.get(tasks.size() - 2).predictedMillis()).isEqualTo(50);
        assertThat(Schedule.of(plan, 2, 200).tasks())
                .extracting(FitTask::predictedMillis)
                .allMatch(millis -> millis <= 200);
    }

    @Test
    void itBeginsWithEverySecondOneOfTheSmallestFits() {
        List<Double> millis = new ArrayList<>();
        for (int i = 1000; i >= 1; i--) {
            millis.add(i / 10.0);
        }
        Plan plan = plan(millis.stream().mapToDouble(m -> m).toArray());
        List<PlannedFit> fits = Schedule.of(plan, 1, NO_LIMIT).tasks().stream()
                .flatMap(task -> task.fits().stream())
                .toList();
        int warmUp = fits.indexOf(plan.fits().get(0));
        List<Double> first = fits.subList(0, warmUp).stream()
                .map(PlannedFit::predictedMillis)
                .toList();
        assertThat(first).isSorted().startsWith(0.1, 0.3, 0.5, 0.7);
        double sum = first.stream().mapToDouble(m -> m).sum();
        assertThat(sum).isBetween(900.0, 1000.0);
    }

    @Test
    void nothingDelaysAFitThatTakesAsLongAsAllOthers() {
        double[] millis = repeated(100, 2);
        millis[0] = 200;
        Plan plan = plan(millis);
        List<FitTask> tasks = Schedule.of(plan, 2, NO_LIMIT).tasks();
        assertThat(tasks.get(0).fits()).containsExactly(plan.fits().get(0));
    }

    @Test
    void eachCoreThatBecomesFreeTakesTheNextTask() {
        List<FitTask> tasks = new ArrayList<>();
        for (PlannedFit fit : plan(9, 5, 4, 3, 1).fits()) {
            tasks.add(new FitTask(List.of(fit)));
        }
        Schedule schedule = new Schedule(tasks);
        assertThat(schedule.makespanMillis(1)).isEqualTo(22);
        assertThat(schedule.makespanMillis(2)).isEqualTo(12);
        assertThat(schedule.makespanMillis(3)).isEqualTo(9);
        assertThat(schedule.makespanMillis(Integer.MAX_VALUE)).isEqualTo(9);
        assertThat(new Schedule(List.of()).makespanMillis(3)).isZero();
        assertThatThrownBy(() -> schedule.makespanMillis(0)).hasMessage("cores = 0 must be at least 1");
        assertThatThrownBy(() -> Schedule.of(plan(1), 0, 1)).hasMessage("cores = 0 must be at least 1");
        assertThatThrownBy(() -> Schedule.of(plan(1), 1, 0))
                .hasMessage("longest time of a task = 0.0 must be positive");
    }

    @Property(tries = 100)
    void itHasEveryFitOnceAndCoresEndTogether(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.1, max = 1e3) double mostMillis,
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
        Schedule schedule = Schedule.of(plan, cores, mostMillis);
        List<PlannedFit> fits =
                schedule.tasks().stream().flatMap(task -> task.fits().stream()).toList();
        assertThat(fits).containsExactlyInAnyOrderElementsOf(plan.fits());
        double longest = 0;
        for (FitTask task : schedule.tasks()) {
            longest = Math.max(longest, task.predictedMillis());
        }
        double ideal = plan.predictedMillis() / cores;
        assertThat(schedule.makespanMillis(cores))
                .isBetween(Math.max(ideal, longest) * (1 - 1e-12), (ideal + longest) * (1 + 1e-12));
    }
}
