package dev.ratelab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossName;
import dev.ratelab.study.MergeOptions;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.LossTexts;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.StudyTexts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block {@code merge} of study files, and what it adds to fits. */
class MergeStudyTest {
    private static final LossName MERGED_D1 = LossName.D1.in(Derivation.MERGED);
    private static final String SPLIT = """
            study = split
            truth { type = canonical, problem = regression, variance = 1e-6 }
            grid {
              gate = [%s], expert = [linear], fitted-experts = [%s]
              design = quadrature, nodes = 40, noise-precision = %s, seeds = %d
            }
            fit {
              starts = { oracle-radii = [0.1, 0.5], oracle = 5, random = 2 }
              bounds = { gate-bias-difference = 3, gate-weight-difference = 6, expert-parameter = 8 }
            }
            """;

    private static Study study(String text) {
        return StudyParser.standard().parse(text, "split", List.of());
    }

    private static FitRow fit(Study study, int setting, int size, int seed) {
        return new FitRunner(study)
                .run(new FitKey(
                        study.settings().get(setting).id(),
                        study.grid().sampleSizes().get(size),
                        seed));
    }

    @Test
    void withoutTheBlockThereIsNothingOfIt() {
        Study study = StudyTexts.small();
        assertThat(study.merge()).isEmpty();
        assertThat(study.resolvedText()).doesNotContain("merge");
        assertThat(study.identity().keySet()).noneMatch(key -> key.contains("merge"));
        assertThat(StudyTexts.small("merge={}").hash()).isNotEqualTo(study.hash());
    }

    @Test
    void defaultsAreFilledInAndTheResolvedTextParsesBack() {
        Study study = StudyTexts.small("merge={}");
        assertThat(study.merge()).contains(new MergeOptions(List.of("true-experts", "dic"), List.of(LossName.D1)));
        assertThat(StudyTexts.parse(study.resolvedText())).isEqualTo(study);
        Study other = StudyTexts.small("merge={to=[dic],metrics=[D2,slope-error-exact]}", "identified-set={}");
        assertThat(StudyTexts.parse(other.resolvedText())).isEqualTo(other);
        assertThat(other.differences(study))
                .contains(
                        "merge.to: stored [\"true-experts\", \"dic\"], now [\"dic\"]",
                        "merge.metrics: stored [\"D1\"], now [\"D2\", \"slope-error-exact\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{to=[]}|is empty",
                "{to=[k]}|is an unknown number of atoms",
                "{to=[dic,dic]}|nothing may be named twice",
                "{metrics=[]}|is empty",
                "{metrics=[D3]}|unknown loss 'D3'; did you mean 'D1'?",
                "{metrics=[min-weight]}|is not a loss that has a value after merging",
                "{atoms=1}|is an unknown key",
            })
    void whatMakesNoSenseIsRefused(String block, String message) {
        assertThat(StudyTexts.refusal(StudyTexts.SMALL, "merge=" + block)).contains("merge", message);
    }

    @Test
    void gatesWhoseAtomsCannotBeMergedAreRefusedUnlessOthersCan() {
        String grid = SPLIT.formatted("%s", "2", "[1e8]", 1) + "merge {}";
        assertThat(StudyTexts.refusal(grid.formatted("sigmoid"))).contains("merge", "can be merged by averaging");
        Study study = study(grid.formatted("softmax, sigmoid"));
        assertThat(fit(study, 0, 0, 1).losses()).containsKey(MERGED_D1);
        assertThat(fit(study, 1, 0, 1).losses()).doesNotContainKeys(MERGED_D1, LossName.MERGED_DIC_EXPERTS);
    }

    @Test
    void theBlockAddsToTheRowAndChangesNothingElse() {
        String text = SPLIT.formatted("softmax", "2, 3", "[1e10]", 1);
        FitRow without = fit(study(text), 1, 0, 1);
        FitRow with = fit(study(text + "merge {}\nlosses = [D2]\n"), 1, 0, 1);
        assertThat(with.atoms().equals(without.atoms())).isTrue();
        assertThat(LossTexts.of(with.losses()))
                .containsOnlyKeys("D2", "merged-D1", "merged-dic-D1", "merged-dic-experts");
        assertThat(without.losses())
                .doesNotContainKey(MERGED_D1)
                .containsEntry(LossName.D2, with.losses().get(LossName.D2));
        assertThat(LossName.MERGED_DIC_EXPERTS.descriptive()).isTrue();
        assertThat(LossName.parse("merged-dic-D1").descriptive()).isFalse();
        Map<LossName, Double> exact =
                fit(study(text + "merge { to = [true-experts] }\n"), 0, 0, 1).losses();
        assertThat(exact)
                .doesNotContainKeys(LossName.D1.in(Derivation.MERGED_BY_CRITERION), LossName.MERGED_DIC_EXPERTS);
        assertThat(exact.get(MERGED_D1)).isEqualTo(exact.get(LossName.D1));
    }

    /**
     * What merging is for: from 1,000 to 16,000 rows the functions of two linear experts among which a true one is split come near to
     * it slowly, the function of the merged one with about the power -1/2.
     */
    @Slow
    @Test
    void theMergedExpertConvergesWhereTheSplitOnesHardlyDo() {
        Study study = study("""
                study = rate
                truth { type = canonical, problem = density, inputs = 2 }
                grid { gate = [softmax], expert = [linear], fitted-experts = [3], sample-sizes = [1000, 16000], seeds = 6 }
                fit {
                  starts = { oracle-radii = [0.1, 0.5], oracle = 2, random = 0 }
                  bounds = { gate-bias-difference = 3, gate-weight-difference = 6, min-variance = 0.1 }
                }
                merge { to = [true-experts], metrics = [expert-function-error-exact, D1] }
                """);
        double merged = slope(study, "merged-expert-function-error-exact");
        double split = slope(study, "expert-function-error-over");
        double mergedD1 = slope(study, "merged-D1");
        assertThat(merged).isBetween(-0.7, -0.35);
        assertThat(mergedD1).isBetween(-0.6, -0.3);
        assertThat(split).isGreaterThan(merged + 0.1);
    }

    private static double slope(Study study, String loss) {
        double[] mean = new double[2];
        for (int size = 0; size < 2; size++) {
            for (int seed = 1; seed <= 6; seed++) {
                mean[size] += fit(study, 0, size, seed).losses().get(LossName.parse(loss)) / 6;
            }
        }
        return Math.log(mean[1] / mean[0]) / Math.log(16);
    }
}
