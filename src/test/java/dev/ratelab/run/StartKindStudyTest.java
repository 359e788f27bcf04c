package dev.ratelab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.LossName;
import dev.ratelab.study.Study;
import dev.ratelab.testing.LossTexts;
import dev.ratelab.testing.StudyTexts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block {@code start-kinds} of study files, and what it adds to fits. */
class StartKindStudyTest {

    private static FitRow first(Study study, int seed) {
        return new FitRunner(study).run(new FitKey(study.settings().get(1).id(), 100, seed));
    }

    @Test
    void withoutTheBlockThereIsNothingOfIt() {
        Study study = StudyTexts.small();
        assertThat(study.startKinds()).isEmpty();
        assertThat(study.resolvedText()).doesNotContain("start-kinds");
        assertThat(study.identity().keySet()).noneMatch(key -> key.contains("start-kinds"));
        Study with = StudyTexts.small("start-kinds={}");
        assertThat(with.hash()).isNotEqualTo(study.hash());
        assertThat(with.startKinds().orElseThrow().metrics()).containsExactly(LossName.D1);
        assertThat(StudyTexts.parse(with.resolvedText())).isEqualTo(with);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{metrics=[]}|is empty",
                "{metrics=[D3]}|unknown loss 'D3'; did you mean 'D1'?",
                "{kinds=1}|is an unknown key",
            })
    void whatMakesNoSenseIsRefused(String block, String message) {
        assertThat(StudyTexts.refusal(StudyTexts.SMALL, "start-kinds=" + block)).contains("start-kinds", message);
    }

    @Test
    void bothKindsOfStartsAreNeeded() {
        assertThat(StudyTexts.refusal(StudyTexts.SMALL, "start-kinds={}", "fit.starts.random=0"))
                .contains("start-kinds", "needs starts of both kinds");
    }

    /** Of the two kinds the one that was kept has the loss of the fit, and estimates do not change. */
    @Test
    void theKindThatWasKeptHasTheLossOfTheFit() {
        for (int seed = 1; seed <= 4; seed++) {
            FitRow without = first(StudyTexts.small(), seed);
            FitRow with = first(StudyTexts.small("start-kinds={metrics=[D1,slope-error-over]}"), seed);
            assertThat(with.atoms().equals(without.atoms())).isTrue();
            Map<String, Double> losses = LossTexts.of(with.losses());
            assertThat(losses.keySet()).contains("D1", "oracle-start-D1", "random-start-D1");
            assertThat(losses.get(with.starts().kind() + "-start-D1")).isEqualTo(losses.get("D1"));
            assertThat(without.losses()).containsOnlyKeys(LossName.D1).containsEntry(LossName.D1, losses.get("D1"));
        }
    }
}
