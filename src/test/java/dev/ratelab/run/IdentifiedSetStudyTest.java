package dev.ratelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.loss.LossName;
import dev.ratelab.study.IdentifiedSetOptions;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.LossTexts;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.StudyTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The block {@code identified-set} of study files, and what it adds to fits. */
class IdentifiedSetStudyTest {
    private static final String D1 = "identified-set-D1";

    private static final String CONTRAST = """
            study = contrast
            truth { type = canonical, problem = regression, variance = 1e-6 }
            grid {
              gate = ["%s"], expert = [%s], fitted-experts = [%d]
              design = quadrature, nodes = 40, noise-precision = %s, seeds = 2
            }
            fit {
              starts = { oracle-radii = [0.1, 0.5], oracle = 5, random = %d }
              bounds = { gate-bias-difference = 3, gate-weight-difference = 6, expert-parameter = 8 }
            }
            """;
    private static final String BLOCK = "identified-set { starts = 6 }\n";

    private static String contrast(String gate, String expert, int fitted, String precision, int randomStarts) {
        return CONTRAST.formatted(gate, expert, fitted, precision, randomStarts);
    }

    private static Study study(String text) {
        return StudyParser.standard().parse(text, "contrast", List.of());
    }

    private static FitRow first(Study study) {
        return new FitRunner(study)
                .run(new FitKey(
                        study.settings().get(0).id(), study.grid().sampleSizes().get(0), 1));
    }

    @Test
    void withoutTheBlockThereIsNothingOfIt() {
        Study study = StudyTexts.small();
        assertThat(study.identifiedSet()).isEmpty();
        assertThat(study.resolvedText()).doesNotContain("identified-set");
        assertThat(study.identity().keySet()).noneMatch(key -> key.contains("identified"));
        assertThat(StudyTexts.small("identified-set={}").hash()).isNotEqualTo(study.hash());
    }

    @Test
    void defaultsAreFilledInAndTheResolvedTextParsesBack() {
        Study study = StudyTexts.small("identified-set={}");
        IdentifiedSetOptions options = study.identifiedSet().orElseThrow();
        assertThat(options.metrics()).containsExactly(LossName.D1);
        assertThat(options.starts()).isEqualTo(8);
        double quantile = new ChiSquaredDistribution(7).inverseCumulativeProbability(0.95);
        assertThat(options.level().nats(7)).isCloseTo(0.5 * quantile, within(1e-6));
        assertThat(StudyTexts.parse(study.resolvedText())).isEqualTo(study);
        Study other = StudyTexts.small("identified-set={nats=2.5,starts=3,metrics=[D2,slope-error-atom-2]}");
        assertThat(other.identifiedSet().orElseThrow().level().nats(7)).isEqualTo(2.5);
        assertThat(StudyTexts.parse(other.resolvedText())).isEqualTo(other);
        assertThat(other.differences(study))
                .containsExactlyInAnyOrder(
                        "identified-set.nats: stored \"chi-square(0.95)\", now 2.5",
                        "identified-set.starts: stored 8, now 3",
                        "identified-set.metrics: stored [\"D1\"], now [\"D2\", \"slope-error-atom-2\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{nats=0}|must be a finite number > 0",
                "{nats=chi-square}|or chi-square(P) with a probability",
                "{nats=\"chi-square(1.5)\"}|or chi-square(P) with a probability",
                "{nats=\"chi-square(0.0)\"}|or chi-square(P) with a probability",
                "{starts=0}|must be a whole number >= 1",
                "{starts=2147483647}|must be a whole number >= 1 and <= 10000",
                "{metrics=[]}|is empty",
                "{metrics=[D3]}|unknown loss 'D3'; did you mean 'D1'?",
                "{metrics=[min-weight]}|is not a loss that has a radius",
                "{metrics=[D1-unprofiled]}|is not a loss that has a radius",
                "{metrics=[\"slope-error-atom-<j>\"]}|needs the number of an atom for <j>",
                "{metrics=[D1,D1]}|nothing may be named twice",
                "{radius=1}|is an unknown key",
            })
    void whatMakesNoSenseIsRefused(String block, String message) {
        assertThat(StudyTexts.refusal(StudyTexts.SMALL, "identified-set=" + block))
                .contains("identified-set", message);
    }

    @Test
    void theBlockAddsToTheRowAndChangesNothingElse() {
        String text = contrast("softmax", "tanh", 2, "[1e9]", 0);
        FitRow without = first(study(text));
        FitRow with = first(study(text + BLOCK + "losses = [D2]\n"));
        assertThat(with.atoms().equals(without.atoms())).isTrue();
        assertThat(with.likelihoods().estimate())
                .isEqualTo(without.likelihoods().estimate());
        assertThat(LossTexts.of(with.losses()))
                .containsOnlyKeys("D2", D1, D1 + "-deficit", D1 + "-gain", D1 + "-agreeing", "identified-set-nats");
        assertThat(LossTexts.of(without.losses()))
                .doesNotContainKey(D1)
                .containsEntry("D2", LossTexts.of(with.losses()).get("D2"));
        double nats = LossTexts.of(with.losses()).get("identified-set-nats");
        assertThat(nats)
                .isCloseTo(0.5 * new ChiSquaredDistribution(6).inverseCumulativeProbability(0.95), within(1e-6));
        assertThat(LossTexts.of(with.losses()).get(D1 + "-deficit")).isBetween(0.9 * nats, nats);
        assertThat(LossTexts.of(with.losses()).get(D1 + "-agreeing")).isBetween(1.0, 6.0);
        assertThat(List.of("-deficit", "-gain", "-agreeing"))
                .allMatch(end -> LossName.parse(D1 + end).descriptive());
        assertThat(LossName.IDENTIFIED_SET_NATS.descriptive()).isTrue();
        assertThat(LossName.parse(D1).descriptive()).isFalse();
    }

    @Slow
    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmax",
                "dense-to-sparse",
                "activation-dense-to-sparse(router=tanh)",
                "quadratic",
                "sigmoid",
                "normalised-sigmoid",
            })
    void smoothGatesHaveARadius(String gate) {
        for (int fitted = 2; fitted <= 3; fitted++) {
            checkRadius(first(study(contrast(gate, "tanh", fitted, "[1e10]", 0) + BLOCK)));
        }
    }

    /** The radius is at least the loss of the estimate, unless the searches rose so far above the fit that this is not in the set. */
    private static void checkRadius(FitRow row) {
        assertThat(row.status().certified()).as(row.setting()).isTrue();
        Map<String, Double> losses = LossTexts.of(row.losses());
        assertThat(losses.keySet()).as(row.setting()).contains(D1);
        assertThat(losses.get(D1 + "-deficit")).as(row.setting()).isBetween(0.0, losses.get("identified-set-nats"));
        boolean risen = losses.get(D1 + "-gain") > 1e-3;
        assertThat(losses.get(D1)).as(row.setting()).isGreaterThanOrEqualTo(risen ? 0.01 : losses.get("D1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cosine|density|2|2",
                "perturbed-cosine|density|2|2",
                "gaussian|density|2|1",
                "top-k(k=1)|density|2|1",
                "hierarchical(groups=2)|density|4|1",
            })
    void gatesWithoutAQuadratureHaveARadiusToo(String gate, String problem, int experts, int inputs) {
        String text = """
                study = rows
                truth { type = canonical, problem = %s, experts = %d, inputs = %d }
                grid { gate = ["%s"], expert = [linear], fitted-experts = [%d], sample-sizes = [2000], seeds = 1 }
                fit {
                  starts = { oracle-radii = [0.1], oracle = 3, random = 0 }
                  bounds = { gate-bias-difference = 6, gate-weight-difference = 12, min-variance = 1e-3 }
                }
                identified-set { starts = 3, nats = 2 }
                """;
        checkRadius(first(study(text.formatted(problem, experts, inputs, gate, experts))));
    }

    /**
     * The contrast that the radius is for: from 1e8 to 1e12 that of a surplus tanh expert falls with about the power -1/4, that of a
     * surplus linear expert not at all.
     */
    @Slow
    @Test
    void withASurplusExpertItFallsForTanhAndNotForLinearExperts() {
        Map<String, Double> slopes = new HashMap<>();
        for (String expert : List.of("tanh", "linear")) {
            Study study = study(contrast("softmax", expert, 3, "[1e8, 1e12]", 6) + BLOCK);
            FitRunner runner = new FitRunner(study);
            double[] mean = new double[2];
            for (int size = 0; size < 2; size++) {
                int count = 0;
                for (int seed = 1; seed <= 2; seed++) {
                    FitRow row = runner.run(new FitKey(
                            study.settings().get(0).id(),
                            study.grid().sampleSizes().get(size),
                            seed));
                    Optional<Double> radius =
                            Optional.ofNullable(LossTexts.of(row.losses()).get(D1));
                    mean[size] += radius.orElse(0.0);
                    count += radius.isPresent() ? 1 : 0;
                }
                assertThat(count).as(expert).isPositive();
                mean[size] /= count;
            }
            slopes.put(expert, Math.log10(mean[1] / mean[0]) / 4);
        }
        assertThat(slopes.get("tanh")).isBetween(-0.33, -0.17);
        assertThat(slopes.get("linear")).isGreaterThan(-0.02);
    }

    /**
     * One factor on weights and temperature changes nothing over a linear router. So the set reaches as far as the bound on the weights:
     * their true difference is 2, the bound 6, and the largest temperature is three times the true one, at every n.
     */
    @Test
    void theTemperatureOfALinearRouterReachesTheBound() {
        String block = "identified-set { metrics = [gate-temperature-error-exact, D1] }\n";
        for (String precision : List.of("[1e8]", "[1e11]", "[1e14]")) {
            for (String expert : List.of("linear", "tanh")) {
                FitRow row = first(study(contrast("dense-to-sparse", expert, 2, precision, 6) + block));
                String name = "identified-set-gate-temperature-error-exact";
                assertThat(LossTexts.of(row.losses()).get(name))
                        .as(expert + precision)
                        .isBetween(1.39, 1.45);
                assertThat(LossTexts.of(row.losses()).get(name + "-deficit"))
                        .isBetween(0.0, LossTexts.of(row.losses()).get("identified-set-nats"));
                assertThat(LossTexts.of(row.losses()).get(D1))
                        .as(expert + precision)
                        .isLessThan(0.5);
            }
        }
    }
}
