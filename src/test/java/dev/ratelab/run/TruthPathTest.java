package dev.ratelab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Generator;
import dev.ratelab.data.Truth;
import dev.ratelab.diagnose.WorstCase;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.study.TruthAt;
import dev.ratelab.study.TruthPath;
import dev.ratelab.study.TruthPoint;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.StudyTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code truth.path} of study files, and what it changes in fits. */
class TruthPathTest {
    private static final String MOVING = """
            study = moving
            truth { type = canonical, problem = regression, variance = 1e-4%s }
            grid {
              gate = [softmax], expert = [tanh], fitted-experts = [2, 3]
              design = quadrature, nodes = 40, noise-precision = [1e8, 1e10], seeds = 1
            }
            fit {
              starts = { oracle-radii = [0.1], oracle = 2, random = 1 }
              bounds = { gate-bias-difference = 6, gate-weight-difference = 12, expert-parameter = %s }
            }
            """;

    private static Study moving(String path) {
        return StudyParser.standard().parse(MOVING.formatted(path, "16"), "moving", List.of());
    }

    private static FitRow fit(Study study, Setting setting, int size) {
        return new FitRunner(study)
                .run(new FitKey(setting.id(), study.grid().sampleSizes().get(size), 1));
    }

    @Test
    void withoutTheKeyEverythingIsAsItWas() {
        Study study = StudyTexts.small();
        assertThat(study.grid().paths()).containsExactly(TruthPath.FIXED);
        assertThat(study.resolvedText()).doesNotContain("path");
        Study named = StudyTexts.small("truth.path=fixed");
        assertThat(named).isEqualTo(study);
        Study both = StudyTexts.small("truth.path=[fixed, worst-case]");
        assertThat(both.settings()).hasSize(4).startsWith(study.settings().toArray(Setting[]::new));
        assertThat(both.hash()).isEqualTo(study.hash());
    }

    @Test
    void fixedTruthsHaveTheBitsThatTheyHaveWithoutPaths() {
        Study alone = moving("");
        Study beside = moving(", path = [worst-case, fixed]");
        for (Setting setting : alone.settings()) {
            assertThat(beside.settings()).contains(setting);
            FitRow before = SmallStudy.withoutTimesAndHosts(fit(alone, setting, 0));
            assertThat(SmallStudy.withoutTimesAndHosts(fit(beside, setting, 0)).equals(before))
                    .as("the rows are equal")
                    .isTrue();
            assertThat(before.truthPoint()).isEqualTo(TruthPoint.FIXED);
        }
        // What the key of a data set was before there were paths.
        Study small = StudyTexts.small();
        String key = small.dataKey(small.truth(small.settings().get(0), 100), 100, 3);
        assertThat(key)
                .isEqualTo("base-seed=7;truth.problem=density;truth.input.type=uniform;truth.input.low=-1.0;"
                        + "truth.input.high=1.0;truth.gate.type=softmax;truth.gate.bias[1]=0.0;truth.gate.bias[2]=0.5;"
                        + "truth.gate.weight[1]=1.0;truth.gate.weight[2]=0.0;truth.expert.type=linear;"
                        + "truth.expert.intercept[1]=3.0;truth.expert.intercept[2]=-3.0;truth.expert.slope[1]=1.0;"
                        + "truth.expert.slope[2]=-1.0;truth.variance[1]=1.0;truth.variance[2]=2.0;n=100;seed=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worst-case|worst-case",
                "{type=worst-case}|worst-case",
                "{type=fixed}|fixed",
                "[fixed, {type=worst-case, atom=2}]|fixed worst-case-atom2",
                "[{type=worst-case, cell=1}, {type=worst-case, atom=1, cell=1}]|worst-case-cell1 worst-case-atom1-cell1"
            })
    void pathsParseAndTheResolvedTextParsesBack(String path, String ids) {
        Study study = StudyTexts.small("truth.path=" + path);
        assertThat(study.grid().paths().stream().map(TruthPath::id)).containsExactly(ids.split(" "));
        Study parsed = StudyTexts.parse(study.resolvedText());
        assertThat(parsed).isEqualTo(study);
        assertThat(parsed.grid()).isEqualTo(study.grid());
        assertThat(parsed.settings()).isEqualTo(study.settings()).hasSize(2 * ids.split(" ").length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "moving||is an unknown path of the truth",
                "3||must be fixed, worst-case, { type = worst-case, atom = 2, cell = 2 }, or a list of these",
                "[]||is empty",
                "[fixed, fixed]||repeats truth.path[1]",
                "{atom = 1}||truth.path.type is missing",
                "{type = fixed, atom = 1}||truth.path.atom = 1 is an unknown key",
                "{type = worst-case, cell = 3}||truth.path.cell = 3 must be a whole number >= 1 and <= 2",
                "{type = worst-case, atom = 3}||has atom = 3, which must be from 1 to 2",
                "{type = worst-case, cell = 2}||has cell = 2, for which gate softmax with 2 linear experts has no room",
                "worst-case|grid.nested=true|needs grid.nested = false",
                "worst-case|truth.noise={type=laplace}|needs normal noise, not laplace noise",
                "worst-case|grid.fitted-experts=[1]|needs fits whose family holds the truth",
                "worst-case|grid.expert=[tanh]|needs fits whose family holds the truth",
                "worst-case|truth.input={type=student,location=0,scale=1,degrees-of-freedom=4}|needs inputs with a quadrature",
            })
    void whatHasNoWorstCaseIsRefusedBeforeAnythingRuns(String path, String other, String message) {
        List<String> overrides = new ArrayList<>(List.of("truth.path=" + path));
        if (other != null) {
            overrides.add(other);
        }
        assertThat(StudyTexts.refusal(StudyTexts.SMALL, overrides.toArray(String[]::new)))
                .contains(message)
                .contains("truth.path")
                .contains("(--set)");
    }

    @Slow
    @Test
    void theTruthOfASizeIsTheFarthestWorstCase() {
        Study study = moving(", path = worst-case");
        for (Setting setting : study.settings()) {
            int cell = setting.fittedExperts() - 1;
            Truth fixed = study.truth(setting);
            for (int size : study.grid().sampleSizes()) {
                double radius = Math.sqrt(1e-4 / size);
                WorstCase first = WorstCase.of(fixed, 0, cell, radius).orElseThrow();
                WorstCase second = WorstCase.of(fixed, 1, cell, radius).orElseThrow();
                boolean secondMoves = second.delta() > first.delta();
                WorstCase farther = secondMoves ? second : first;
                TruthAt at = study.truthAt(setting, size);
                assertThat(at.truth().parameters())
                        .containsExactly(farther.model().parameters());
                assertThat(at.point())
                        .isEqualTo(new TruthPoint("worst-case", secondMoves ? 2 : 1, cell, farther.delta()));
                assertThat(study.truthAt(setting, size)).as("computed once").isSameAs(at);
            }
        }
    }

    @Test
    void aGivenAtomIsTheOneThatMoves() {
        Study study = moving(", path = { type = worst-case, atom = 2, cell = 1 }");
        Setting setting = study.settings().get(1);
        TruthAt at = study.truthAt(setting, 10_000);
        assertThat(at.point().atom()).isEqualTo(2);
        assertThat(at.truth().atoms()).hasSize(2);
        assertThat(at.truth().parameters())
                .containsExactly(WorstCase.of(study.truth(setting), 1, 1, 1e-4)
                        .orElseThrow()
                        .model()
                        .parameters());
    }

    @Test
    void dataLossesAndStartsReferToTheMovedTruth() {
        Study study = moving(", path = worst-case");
        Setting setting = study.settings().get(1);
        int size = study.grid().sampleSizes().get(0);
        Truth moved = study.truth(setting, size);
        assertThat(moved.atoms()).hasSize(3);
        FitRow row = fit(study, setting, 0);
        assertThat(row.status().certified()).isTrue();
        assertThat(row.truthPoint().delta()).isPositive();
        assertThat(RowSource.sample(study, setting, size, 1).y(3))
                .isEqualTo(Generator.quadrature(moved, size, 40, study.dataKey(moved, size, 1))
                        .y(3));
        assertThat(study.startKey(setting, size, 1))
                .isNotEqualTo(study.startKey(setting, size + 1, 1).replace("n=" + (size + 1), "n=" + size));
        MixtureOfExperts model = setting.model(moved);
        List<Atom> atoms = new ArrayList<>();
        for (FitRow.StoredAtom atom : row.atoms()) {
            atoms.add(new Atom(
                    flat(atom.gate(), List.of("gate-bias", "gate-weight")),
                    flat(atom.expert(), List.copyOf(atom.expert().keySet())),
                    atom.variance()));
        }
        assertThat(row.losses()
                        .equals(LossEvaluator.of(moved).evaluate(model, atoms).losses()))
                .as("losses are distances from the moved truth")
                .isTrue();
    }

    private static double[] flat(Map<String, List<Double>> byKind, List<String> kinds) {
        return kinds.stream()
                .flatMap(kind -> byKind.get(kind).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    @Test
    void aMovedTruthOutsideTheBoundsIsAnErrorThatNamesTheBound() {
        Study study = StudyParser.standard()
                .parse(
                        MOVING.formatted(", path = worst-case", "4.02"),
                        "moving",
                        List.of("grid.noise-precision=[1e6]"));
        FitRow row = fit(study, study.settings().get(1), 0);
        assertThat(row.status()).isEqualTo(FitStatus.ERROR);
        assertThat(row.message())
                .contains("truth.path = worst-case at n = 100: fit.bounds.expert-parameter must hold the moved truth");
        assertThat(row.truthPoint().path()).isEqualTo("worst-case");
        assertThat(row.truthPoint().delta()).isNaN();
    }

    @Slow
    @Test
    void aDensityHasWorstCasesToo() {
        Study study = StudyTexts.small("truth.path=worst-case", "grid.fitted-experts=[2]");
        Setting setting = study.settings().get(0);
        TruthAt at = study.truthAt(setting, 100);
        assertThat(at.point().cell()).isEqualTo(1);
        assertThat(at.point().delta()).isBetween(0.01, 1.0);
        assertThat(study.truthAt(setting, 1000).point().delta())
                .isLessThan(at.point().delta());
    }
}
