package dev.ratelab.plan;

import static dev.ratelab.testing.StudyTexts.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.run.FitKey;
import dev.ratelab.study.Study;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
