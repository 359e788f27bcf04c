package dev.ratelab.study;

import static dev.ratelab.testing.StudyTexts.parse;
import static dev.ratelab.testing.StudyTexts.small;
import static dev.ratelab.testing.StudyTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.testing.StudyTexts;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {

    @Test
    void theResolvedTextIsCanonical() {
        assertThat(small().resolvedText()).isEqualTo("""
                        study = "small"
                        base-seed = 7
                        truth {
                          problem = "density"
                          input = { type = "uniform", low = -1.0, high = 1.0 }
                          gate = { type = "softmax", bias = [0.0, 0.5], weight = [1.0, 0.0] }
                          expert = { type = "linear", intercept = [3.0, -3.0], slope = [1.0, -1.0] }
                          variance = [1.0, 2.0]
                        }
                        grid {
                          gate = ["softmax"]
                          expert = ["linear"]
                          fitted-experts = [2, 3]
                          sample-sizes = [100, 1000]
                          seeds = 4
                          nested = false
                        }
                        fit {
                          starts = { oracle = 3, oracle-radii = [0.1, 1.0], random = 2 }
                          bounds {
                            gate-bias-difference = 1.5
                            gate-weight-difference = 4.0
                            min-variance = 0.3
                            max-variance = none
                          }
                          stop {
                            predicted-gain = 1.0E-6
                            max-iterations = 2000
                            warm-up-iterations = 50
                            time-limit-millis = 0
                          }
                        }
                        losses = ["D1"]
                        limits = { max-failure-rate = 0.1, rows-in-memory = 5000000 }
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "study=other",
                "grid.seeds=5",
                "grid.sample-sizes=[100]",
                "grid.fitted-experts=[2]",
                "losses=[]",
                "limits.max-failure-rate=0.5",
                "truth.variance=[1.0,2e0]",
                "truth.gate.weight=[[1],[-0.0]]",
                "grid.start-radius-factors=[1]",
                "fit.starts.oracle-radius-exponent=0",
                "fit.stop.rule=predicted-gain"
            })
    void whatMayChangeKeepsIdentityAndHash(String override) {
        assertThat(small(override).hash()).isEqualTo(small().hash());
        assertThat(small(override).differences(small())).isEmpty();
        assertThat(small().settings()).containsAll(small(override).settings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base-seed=8 | base-seed: stored 7, now 8",
                "truth.variance=[1,3] | truth.variance[2]: stored 2.0, now 3.0",
                "truth.gate.weight=[[1],[0.5]] | truth.gate.weight[2]: stored 0.0, now 0.5",
                "truth.input.high=2 | truth.input.high: stored 1.0, now 2.0",
                "grid.nested=true | grid.nested: stored false, now true",
                "fit.starts.random=3 | fit.starts.random: stored 2, now 3",
                "fit.starts.oracle-radii=[0.1] | fit.starts.oracle-radii[2]: stored 1.0, now absent",
                "fit.bounds.max-variance=9 | fit.bounds.max-variance: stored none, now 9.0",
                "fit.stop.predicted-gain=1e-7 | fit.stop.predicted-gain: stored 1.0E-6, now 1.0E-7",
                "fit.stop.time-limit-millis=9 | fit.stop.time-limit-millis: stored 0, now 9",
            })
    void whatDecidesResultsChangesHashAndIsNamed(String override, String difference) {
        Study changed = small(override);
        assertThat(changed.hash()).isNotEqualTo(small().hash());
        assertThat(changed.differences(small())).containsExactly(difference);
        assertThat(changed.settings()).doesNotContainAnyElementsOf(small().settings());
    }

    @Test
    void positionsOfVectorsAreNamed() {
        String two = with("[[1], [0]]", "[[1, 2], [0, 0]]").replace("[[1], [-1]]", "[[1, 1], [-1, 1]]");
        assertThat(parse(two, "truth.gate.weight=[[1,3],[0,0]]").differences(parse(two)))
                .containsExactly("truth.gate.weight[1][2]: stored 2.0, now 3.0");
    }

    @Test
    void theHashIsPartOfTheFormat() {
        assertThat(small().hash()).matches("[0-9a-f]{16}").isEqualTo("7f70c46bf5200598");
        assertThat(small().settings().get(1).id()).isEqualTo("softmax-linear-density-k3-f3a5b7d9");
    }

    @Test
    void otherStartRadiiAreOtherSettingsBesideTheBaseOnes() {
        Study grown = small("grid.start-radius-factors=[1,0.1,10]");
        assertThat(grown.hash()).isEqualTo(small().hash());
        assertThat(grown.settings()).hasSize(6).startsWith(small().settings().toArray(new Setting[0]));
        Setting base = grown.settings().get(0);
        Setting near = grown.settings().get(2);
        Setting far = grown.settings().get(4);
        assertThat(near.id()).startsWith("softmax-linear-density-k2-radius0.1-");
        assertThat(near.startRadiusFactor()).isEqualTo(0.1);
        assertThat(grown.settings().stream().map(Setting::id)).doesNotHaveDuplicates();
        assertThat(grown.starts(base, 1000)).isEqualTo(small().starts());
        assertThat(grown.starts(far, 1000).oracleRadii()).containsExactly(1.0, 10.0);
        assertThat(grown.startKey(near, 100, 1)).isEqualTo(grown.startKey(base, 100, 1));
    }

    @Test
    void radiiThatDependOnNAreMeasuredFromTheSmallestSize() {
        Study study = small("fit.starts.oracle-radius-exponent=-0.5");
        assertThat(study.differences(small()))
                .containsExactly(
                        "fit.starts.oracle-radius-exponent: stored absent, now -0.5",
                        "fit.starts.smallest-sample-size: stored absent, now 100");
        Setting setting = study.settings().get(0);
        assertThat(study.starts(setting, 100).oracleRadii()).containsExactly(0.1, 1.0);
        assertThat(study.starts(setting, 400).oracleRadii()).containsExactly(0.05, 0.5);
    }

    @Test
    void aRelativeStopRuleIsPartOfTheIdentity() {
        Study study = small("fit.stop={rule=relative,tolerance=1e-6}");
        assertThat(study.stop().relativeTolerance()).isEqualTo(1e-6);
        assertThat(study.differences(small()))
                .containsExactly(
                        "fit.stop.rule: stored absent, now relative", "fit.stop.tolerance: stored absent, now 1.0E-6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid.start-radius-factors=[0.1,1] | grid.start-radius-factors[1] = 0.1 must be 1",
                "grid.start-radius-factors=[1,1] | repeats grid.start-radius-factors[1]",
                "grid.start-radius-factors=[1,0] | grid.start-radius-factors[2] = 0 must be a finite number > 0",
                "fit.stop.tolerance=1e-6 | fit.stop.tolerance = 1.0E-6 needs rule = relative",
                "fit.stop.rule=relative | fit.stop.tolerance is missing",
                "fit.stop={rule=relative,tolerance=1} | fit.stop.tolerance = 1 must be below 1",
                "fit.stop={rule=absolute} | fit.stop.rule = \"absolute\" is an unknown stop rule",
            })
    void recipesThatMakeNoSenseAreRefused(String override, String message) {
        assertThat(StudyTexts.refusal(StudyTexts.SMALL, override)).contains(message);
    }

    @Test
    void theRelativeRuleIsForDensitiesOnly() {
        assertThat(StudyTexts.refusal(
                        StudyTexts.SMALL,
                        "truth.problem=regression",
                        "truth.variance=1",
                        "fit.bounds={}",
                        "fit.stop={rule=relative,tolerance=1e-6}"))
                .isEqualTo("fit.stop.rule = \"relative\" is a rule for EM, which solves the problem density only, not"
                        + " regression (--set)");
    }

    @Test
    void settingsComeInGridOrder() {
        assertThat(small("grid.fitted-experts=[3,2]").settings())
                .extracting(setting -> setting.id().replaceAll("-[0-9a-f]{8}$", ""))
                .containsExactly("softmax-linear-density-k3", "softmax-linear-density-k2");
        assertThat(small().settings().get(1).model(small().truth()).freeParameterCount())
                .isEqualTo(13);
    }

    private static String key(Study study) {
        return study.dataKey(study.truth(), 100, 3);
    }

    @Test
    void theDataKeyHoldsTruthSizeAndSeedOnly() {
        assertThat(key(small()))
                .isEqualTo("base-seed=7;truth.problem=density;truth.input.type=uniform;truth.input.low=-1.0;"
                        + "truth.input.high=1.0;truth.gate.type=softmax;truth.gate.bias[1]=0.0;truth.gate.bias[2]=0.5;"
                        + "truth.gate.weight[1]=1.0;truth.gate.weight[2]=0.0;truth.expert.type=linear;"
                        + "truth.expert.intercept[1]=3.0;truth.expert.intercept[2]=-3.0;truth.expert.slope[1]=1.0;"
                        + "truth.expert.slope[2]=-1.0;truth.variance[1]=1.0;truth.variance[2]=2.0;n=100;seed=3");
        Study other = small(
                "study=other",
                "grid.fitted-experts=[4]",
                "grid.seeds=9",
                "fit.stop.max-iterations=9",
                "fit.starts.random=1",
                "fit.bounds.min-variance=0.1",
                "grid.sample-sizes=[100,200]");
        assertThat(key(other)).isEqualTo(key(small()));
    }

    @Test
    void nestedDataKeysLeaveOutTheSampleSize() {
        Study nested = small("grid.nested=true");
        assertThat(nested.dataKey(nested.truth(), 100, 3))
                .isEqualTo(nested.dataKey(nested.truth(), 1000, 3))
                .endsWith(";seed=3");
        Setting setting = nested.settings().get(0);
        assertThat(nested.startKey(setting, 100, 3)).isNotEqualTo(nested.startKey(setting, 1000, 3));
    }

    @Test
    void startKeysTellFitsApartAndDependOnNothingElse() {
        Study study = small();
        Set<String> keys = new HashSet<>();
        for (Setting setting : study.settings()) {
            for (int size : study.grid().sampleSizes()) {
                for (int seed = 1; seed <= 4; seed++) {
                    keys.add(study.startKey(setting, size, seed));
                    keys.add(study.dataKey(study.truth(), size, seed));
                }
            }
        }
        assertThat(keys).hasSize(2 * 2 * 4 + 2 * 4);
        Study grown = small("grid.sample-sizes=[100,200,300]", "grid.seeds=9", "fit.starts.random=7");
        assertThat(grown.startKey(grown.settings().get(0), 100, 1))
                .isEqualTo(study.startKey(study.settings().get(0), 100, 1))
                .endsWith(";gate=softmax;expert=linear;experts=2;n=100;seed=1");
    }
}
