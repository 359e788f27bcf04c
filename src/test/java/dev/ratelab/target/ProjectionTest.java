package dev.ratelab.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Generator;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Rates;
import dev.ratelab.run.FitRow;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.StudyTexts;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regression fits of families that do not hold the truth: what they estimate, and that they do. */
class ProjectionTest {
    private static final String UNIFORM = "{ type = uniform, low = -2, high = 2 }";

    /** f(x) = tanh(1.5 x + 1). */
    private static final String ONE_TANH = """
            gate = { type = softmax, bias = [0], weight = [[0]] }
            expert = { type = tanh, expert-bias = [1], expert-weight = [[1.5]] }
            """;

    private static final String TWO_TANH = """
            gate = { type = softmax, bias = [0, 0.5], weight = [[2], [0]] }
            expert = { type = tanh, expert-bias = [1, -1], expert-weight = [[2], [-1]] }
            """;

    private static final String TWO_LINEAR = """
            gate = { type = softmax, bias = [0, 0.5], weight = [[2], [0]] }
            expert = { type = linear, intercept = [1, -1], slope = [[2], [-1]] }
            """;

    private static Study study(String truth, String input, String grid) {
        return StudyParser.standard().parse(text("regression", truth, input, "0.04", grid), "p.conf", List.of());
    }

    private static String text(String problem, String truth, String input, String variance, String grid) {
        return "study = p\ntruth {\nproblem = " + problem + "\ninput = " + input + "\n" + truth + "variance = "
                + variance + "\n}\ngrid { " + grid + " }\nfit { starts = { oracle = 2, random = 2 } }\n";
    }

    private static Projection projection(Truth truth, MixtureOfExperts model) {
        return Projection.of(truth, model, ParameterBounds.none(), StopRule.defaults(), OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNIFORM,
                "{ type = normal, mean = 0, standard-deviation = 1 }",
                "{ type = grid, low = -2, high = 2 }",
                "{ type = student, location = 0, scale = 1, degrees-of-freedom = 8 }",
                "{ type = empirical, rows = [[-2], [-1.5], [-1], [-0.5], [0], [0.5], [1], [1.5], [2]] }"
            })
    void theProjectionOfAFunctionOfTheFamilyIsTheFunction(String input) {
        for (String family : List.of(TWO_TANH, TWO_LINEAR)) {
            Truth truth = study(
                            family,
                            input,
                            "gate = [softmax], expert = [" + (family.equals(TWO_TANH) ? "tanh" : "linear")
                                    + "], fitted-experts = [2], sample-sizes = [100], seeds = 1")
                    .truth();
            Projection projection = projection(truth, truth.model());
            assertThat(projection.status()).as(family).isEqualTo(FitStatus.CONVERGED);
            assertThat(projection.distance()).isLessThan(1e-6);
            Truth found = projection.inPlaceOf(truth);
            assertThat(found.model()).isEqualTo(truth.model());
            assertThat(found.atoms().get(0).variance()).isEqualTo(0.04);
            assertThat(LossEvaluator.of(truth)
                            .evaluate(found.model(), found.atoms())
                            .losses())
                    .hasEntrySatisfying(
                            LossName.REGRESSION_L2, loss -> assertThat(loss).isLessThan(1e-6))
                    .hasEntrySatisfying(LossName.D1, loss -> assertThat(loss).isLessThan(1e-4));
        }
    }

    /** Mean over the uniform distribution on [-2, 2] by the midpoint rule, whose error is below 1e-9 here. */
    private static double mean(DoubleUnaryOperator function) {
        int points = 200_000;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            sum += function.applyAsDouble(-2 + 4 * (i + 0.5) / points);
        }
        return sum / points;
    }

    @Test
    void theProjectionOfATanhOnOneLineIsTheLineOfLeastSquares() {
        Study study = study(
                ONE_TANH,
                UNIFORM,
                "gate = [softmax], expert = [linear], fitted-experts = [1], sample-sizes = [100], seeds = 1");
        Setting setting = study.settings().get(0);
        Projection projection = projection(study.truth(), setting.model(study.truth()));
        DoubleUnaryOperator truth = x -> StrictMath.tanh(1.5 * x + 1);
        double slope = mean(x -> x * truth.applyAsDouble(x)) / mean(x -> x * x);
        double intercept = mean(truth);
        double distance = Math.sqrt(mean(x -> {
            double residual = truth.applyAsDouble(x) - intercept - slope * x;
            return residual * residual;
        }));
        assertThat(projection.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(projection.inPlaceOf(study.truth()).atoms().get(0).expert())
                .containsExactly(new double[] {intercept, slope}, within(1e-8));
        assertThat(projection.distance()).isCloseTo(distance, within(1e-8));
    }

    @Test
    void theProjectionIsAFunctionOfItsArguments() {
        Study study = study(
                TWO_TANH,
                UNIFORM,
                "gate = [softmax], expert = [linear], fitted-experts = [2], sample-sizes = [100], seeds = 1");
        MixtureOfExperts model = study.settings().get(0).model(study.truth());
        Projection first = projection(study.truth(), model);
        assertThat(first.estimate().parameters())
                .isEqualTo(projection(study.truth(), model).estimate().parameters());
        assertThat(first.estimate().startKind()).isEqualTo(Start.Kind.RANDOM);
        assertThat(first.estimate().starts()).isEqualTo(Projection.RANDOM_STARTS);
        assertThat(first.distance()).isPositive();
    }

    @Test
    void onlySettingsWhoseFamilyDoesNotHoldTheTruthHaveAProjectionAsTarget() {
        Study study = study(
                TWO_TANH,
                UNIFORM,
                "gate = [softmax, sigmoid], expert = [tanh, linear], fitted-experts = [1, 2, 3], sample-sizes = [100],"
                        + " seeds = 1");
        assertThat(study.settings().stream()
                        .filter(setting -> !study.misSpecified(setting))
                        .map(setting ->
                                setting.gate().id() + " " + setting.expert().id() + " " + setting.fittedExperts()))
                .containsExactly("softmax tanh 2", "softmax tanh 3");
    }

    @Test
    void boundsNeedNotHoldATruthThatNoFamilyHolds() {
        String grid = "gate = [softmax], expert = [tanh], fitted-experts = [EXPERTS], sample-sizes = [100], seeds = 1";
        String text = text("regression", TWO_TANH, UNIFORM, "0.04", grid);
        String bound = "fit.bounds.gate-weight-difference=0.5";
        StudyTexts.parse(text.replace("EXPERTS", "1"), bound);
        assertThat(StudyTexts.refusal(text.replace("EXPERTS", "2"), bound)).contains("must hold the truth");
    }

    @Test
    void aDesignWithKinksInTheTruthIsRefused() {
        String grid = "gate = [softmax], expert = [tanh], fitted-experts = [2], sample-sizes = [100], seeds = 1,"
                + " design = quadrature";
        String relu = TWO_TANH.replace("tanh", "relu");
        assertThat(StudyTexts.refusal(text("regression", relu, UNIFORM, "0.04", grid)))
                .contains("without kinks or jumps, which expert relu has");
    }

    /**
     * The logarithm of a loss of a fit of two parameters has a standard deviation of about 0.6, so the slope over 20
     * seeds and sizes in steps of 4 one of about 0.05: the interval is four of those each way, a false alarm in more
     * than 10,000 changes of the streams.
     */
    @Slow
    @Test
    void lossesFallLikeTheRootOfTheSampleSizeAndTheoryIsSilent() {
        Study study = study(
                TWO_TANH,
                UNIFORM,
                "gate = [softmax], expert = [linear], fitted-experts = [1, 2], sample-sizes = [500, 2000, 8000, 32000],"
                        + " seeds = 20");
        List<FitRow> rows = SmallStudy.inAPlainLoop(study);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.target()).isEqualTo(Target.PROJECTION);
            assertThat(row.targetStatus()).isEqualTo("CONVERGED");
            assertThat(row.message()).isEmpty();
            assertThat(row.losses()).containsKeys(LossName.REGRESSION_L2, LossName.D1);
        });
        List<RateRow> rates = Rates.compute(rows, 2);
        assertThat(rates).allSatisfy(rate -> {
            assertThat(rate.predicted().slope()).isNaN();
            assertThat(rate.predicted().source()).contains("mis-specified");
        });
        assertThat(rates)
                .filteredOn(rate -> rate.metric().equals(LossName.REGRESSION_L2)
                        || rate.metric().equals(LossName.D1))
                .hasSize(4)
                .allSatisfy(rate -> assertThat(rate.slope())
                        .as(rate.setting() + " " + rate.metric())
                        .isBetween(-0.7, -0.3));
    }

    @Test
    void aTargetThatIsNotCertifiedHasNoLosses() {
        Study study = StudyParser.standard()
                .parse(
                        text(
                                "regression",
                                TWO_TANH,
                                UNIFORM,
                                "0.04",
                                "gate = [softmax], expert = [linear], fitted-experts = [2], sample-sizes = [500],"
                                        + " seeds = 1"),
                        "p.conf",
                        List.of("fit.stop.max-iterations=1", "fit.stop.warm-up-iterations=0"));
        FitRow row = SmallStudy.inAPlainLoop(study).get(0);
        assertThat(row.target()).isEqualTo(Target.PROJECTION);
        assertThat(row.targetStatus()).isEqualTo("MAX_ITERATIONS");
        assertThat(row.losses()).isEmpty();
        assertThat(row.message())
                .isEqualTo(
                        "no losses: the search for the projection of the truth on the fitted family ended MAX_ITERATIONS");
    }

    /** A hinge that moves over the rows makes many local minima; here the lowest end points have no certificate. */
    @Test
    void aCertifiedPointIsNotTheProjectionIfAnotherIsBetter() {
        Study study = study(
                TWO_TANH,
                UNIFORM,
                "gate = [softmax], expert = [relu], fitted-experts = [1], sample-sizes = [100], seeds = 1");
        Projection projection = Projection.of(
                study.truth(),
                study.settings().get(0).model(study.truth()),
                ParameterBounds.none(),
                new StopRule(1e-6, 50, 20, 0),
                OptionalInt.empty());
        assertThat(projection.status().certified()).isTrue();
        assertThat(projection.estimate().uncertifiedGain()).isGreaterThan(Projection.GAIN);
        assertThat(projection.found()).isFalse();
        assertThat(projection.outcome()).isEqualTo(Projection.BETTER_UNCERTIFIED);
        assertThat(projection.message()).contains("no losses").contains("BETTER_UNCERTIFIED");
    }

    @Test
    void theRegressionFunctionIsTheResponseWithoutNoise() {
        Study study = study(
                ONE_TANH,
                UNIFORM,
                "gate = [softmax], expert = [tanh], fitted-experts = [1], sample-sizes = [100], seeds = 1");
        double[] y = Generator.regressionFunction(study.truth(), new double[][] {{-1, 0.25, 2}});
        assertThat(y)
                .containsExactly(
                        new double[] {StrictMath.tanh(-0.5), StrictMath.tanh(1.375), StrictMath.tanh(4)},
                        within(1e-14));
    }
}
