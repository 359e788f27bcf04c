package dev.ratelab.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.QuadratureDesign;
import dev.ratelab.data.ResponseQuadrature;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.loss.LossEvaluator;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.rates.RateRow;
import dev.ratelab.rates.Rates;
import dev.ratelab.run.FitRow;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.StudyTexts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits of densities by families that do not hold the truth: their projection in Kullback-Leibler divergence. */
class DensityProjectionTest {
    private static final String UNIFORM = "{ type = uniform, low = -2, high = 2 }";
    private static final String OF_GATE = "{ type = gate }";

    private static final String LINEAR = """
            expert = { type = linear, intercept = [1, -1], slope = [[2], [-1]] }
            variance = [1, 0.5]
            """;

    private static final String SOFTMAX_LINEAR = """
            gate = { type = softmax, bias = [0, 0.5], weight = [[2], [0]] }
            """ + LINEAR;

    private static final String GAUSSIAN_LINEAR = """
            gate = { type = gaussian, bias = [0, 0.5], centre = [[1], [-1]], covariance = [[0.5], [0.5]] }
            """ + LINEAR;

    private static final String LAPLACE_LINEAR = """
            gate = { type = laplace, bias = [0, 0.5], centre = [[1], [-1]] }
            """ + LINEAR;

    private static final String SOFTMAX_TANH = """
            gate = { type = softmax, bias = [0, 0.5], weight = [[2], [0]] }
            expert = { type = tanh, expert-bias = [1, -1], expert-weight = [[2], [-1]] }
            variance = [0.1, 0.05]
            """;

    private static Study study(String truth, String input, String grid) {
        return StudyParser.standard().parse(text(truth, input, grid), "p.conf", List.of());
    }

    private static String text(String truth, String input, String grid) {
        return "study = p\ntruth {\nproblem = density\ninput = " + input + "\n" + truth + "}\ngrid { " + grid
                + " }\nfit { starts = { oracle = 2, random = 2 } }\n";
    }

    private static Truth truth(String truth, String input) {
        return study(
                        truth,
                        input,
                        "gate = [softmax], expert = [linear], fitted-experts = [1], sample-sizes = [100], seeds = 1")
                .truth();
    }

    private static MixtureOfExperts model(Truth truth, String gate, String expert, int experts) {
        return new MixtureOfExperts(
                Gates.of(gate),
                Experts.of(expert),
                truth.model().noise(),
                experts,
                truth.model().dimension());
    }

    private static Projection projection(Truth truth, MixtureOfExperts model) {
        return Projection.of(truth, model, ParameterBounds.none(), StopRule.defaults(), OptionalInt.empty());
    }

    private static double mean(Sample sample, ToDoubleFunction<double[]> function) {
        double sum = 0;
        for (int row = 0; row < sample.size(); row++) {
            double[] values = new double[sample.dimension() + 1];
            for (int j = 0; j < sample.dimension(); j++) {
                values[j] = sample.x(j, row);
            }
            values[sample.dimension()] = sample.y(row);
            sum += sample.weight(row) * function.applyAsDouble(values);
        }
        return sum / sample.totalWeight();
    }

    @Slow
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                UNIFORM + " | false",
                "{ type = normal, mean = 0, standard-deviation = 1 } | false",
                "{ type = grid, low = -2, high = 2 } | false",
                "{ type = mixture, components = [{ weight = 1, type = uniform, low = -2, high = 0 }, { weight = 2, type ="
                        + " normal, mean = 1, standard-deviation = 0.5 }] } | false",
                "{ type = empirical, rows = [[-2], [-1.5], [-1], [-0.5], [0], [0.5], [1], [1.5], [2]] } | false",
                OF_GATE + " | true"
            })
    void theProjectionOfADensityOfTheFamilyIsTheDensity(String input, boolean gaussian) {
        Truth truth = truth(gaussian ? GAUSSIAN_LINEAR : SOFTMAX_LINEAR, input);
        Projection projection = projection(truth, truth.model());
        assertThat(projection.outcome()).isEqualTo("CONVERGED");
        assertThat(projection.message()).isEmpty();
        assertThat(projection.distance()).isCloseTo(0, within(1e-12));
        Truth found = projection.inPlaceOf(truth);
        assertThat(found.model()).isEqualTo(truth.model());
        assertThat(LossEvaluator.of(truth)
                        .evaluate(found.model(), found.atoms())
                        .losses())
                .hasEntrySatisfying(LossName.D1, loss -> assertThat(loss).isLessThan(1e-6))
                .hasEntrySatisfying(LossName.HELLINGER, loss -> assertThat(loss).isLessThan(1e-6));
    }

    /** One expert: its mean is the line of least squares, its variance what that leaves. */
    @ParameterizedTest
    @ValueSource(strings = {UNIFORM, "{ type = normal, mean = 0.5, standard-deviation = 1 }"})
    void theProjectionOnOneLineIsThatOfLeastSquares(String input) {
        Truth truth = truth(SOFTMAX_TANH, input);
        // A rule of its own: 20,000 midpoints of the inputs within eight standard deviations, moments of y in closed
        // form.
        boolean uniform = input.equals(UNIFORM);
        double total = 0;
        double[] sums = new double[5];
        for (int i = 0; i < 20_000; i++) {
            double u = (2 * i + 1.0) / 20_000 - 1;
            double x = uniform ? 2 * u : 0.5 + 8 * u;
            double weight = uniform ? 1 : StrictMath.exp(-32 * u * u);
            double first = 1 / (1 + StrictMath.exp(0.5 - 2 * x));
            double h = StrictMath.tanh(1 + 2 * x);
            double g = StrictMath.tanh(-1 - x);
            double y = first * h + (1 - first) * g;
            double square = first * (h * h + 0.1) + (1 - first) * (g * g + 0.05);
            double[] terms = {x, x * x, y, x * y, square};
            for (int m = 0; m < terms.length; m++) {
                sums[m] += weight * terms[m];
            }
            total += weight;
        }
        for (int m = 0; m < sums.length; m++) {
            sums[m] /= total;
        }
        double slope = (sums[3] - sums[0] * sums[2]) / (sums[1] - sums[0] * sums[0]);
        double intercept = sums[2] - slope * sums[0];
        double variance = sums[4] - intercept * sums[2] - slope * sums[3];
        Projection projection = projection(truth, model(truth, "softmax", "linear", 1));
        Atom atom = projection.inPlaceOf(truth).atoms().get(0);
        assertThat(projection.outcome()).isEqualTo("CONVERGED");
        assertThat(projection.estimate().startKind()).isEqualTo(Start.Kind.RANDOM);
        assertThat(atom.expert()).containsExactly(new double[] {intercept, slope}, within(1e-6));
        assertThat(atom.variance()).isCloseTo(variance, within(1e-6));
        assertThat(projection.distance()).isPositive();
    }

    /** Given x, a Gaussian gate with one variance is a softmax gate: weight = centre / variance. */
    @Test
    void theProjectionOfAGaussianGateWithOneVarianceIsTheSoftmaxGateOfItsConditionalDensity() {
        Truth truth = truth(GAUSSIAN_LINEAR, OF_GATE);
        Projection projection = projection(truth, model(truth, "softmax", "linear", 2));
        assertThat(projection.outcome()).isEqualTo("CONVERGED");
        assertThat(projection.distance()).isCloseTo(0, within(1e-12));
        List<Atom> atoms = new ArrayList<>(projection.inPlaceOf(truth).atoms());
        atoms.sort(Comparator.comparingDouble(atom -> -atom.expert()[0]));
        assertThat(atoms.get(0).expert()).containsExactly(new double[] {1, 2}, within(1e-6));
        assertThat(atoms.get(1).expert()).containsExactly(new double[] {-1, -1}, within(1e-6));
        assertThat(atoms.get(0).variance()).isCloseTo(1, within(1e-6));
        assertThat(atoms.get(1).variance()).isCloseTo(0.5, within(1e-6));
        // log p_1 - log p_2 - (centre_1^2 - centre_2^2) / (2 variance) = -0.5, (centre_1 - centre_2) / variance = 4.
        assertThat(atoms.get(0).gate()[0] - atoms.get(1).gate()[0]).isCloseTo(-0.5, within(1e-6));
        assertThat(atoms.get(0).gate()[1] - atoms.get(1).gate()[1]).isCloseTo(4, within(1e-6));
    }

    /** The optimum has the moments of the truth: proportions, centres and variances of components, with their experts. */
    @Test
    void aGateThatModelsTheInputsKeepsTheirMoments() {
        Truth truth = truth(SOFTMAX_LINEAR, UNIFORM);
        Projection projection = projection(truth, model(truth, "gaussian", "linear", 2));
        assertThat(projection.outcome()).isEqualTo("CONVERGED");
        double total = 0;
        double mean = 0;
        double square = 0;
        for (Atom atom : projection.inPlaceOf(truth).atoms()) {
            double proportion = StrictMath.exp(atom.gate()[0]);
            total += proportion;
            mean += proportion * atom.gate()[1];
            square += proportion * (atom.gate()[2] + atom.gate()[1] * atom.gate()[1]);
        }
        assertThat(total).isCloseTo(1, within(1e-12));
        assertThat(mean).isCloseTo(0, within(1e-6));
        assertThat(square).isCloseTo(4.0 / 3, within(1e-6));
    }

    @Slow
    @Test
    void aGateWithKinksIsProjectedToo() {
        Truth truth = truth(LAPLACE_LINEAR, UNIFORM);
        Projection projection = projection(truth, model(truth, "softmax", "linear", 2));
        assertThat(projection.outcome()).isEqualTo("CONVERGED");
        assertThat(projection.distance()).isBetween(1e-3, 1e-2);
    }

    /** Twice the nodes change nothing that an estimate from 1e8 observations could tell. */
    @Test
    void twiceTheNodesGiveTheSameExpectations() {
        Truth truth = truth(SOFTMAX_TANH, UNIFORM);
        MixtureOfExperts model = model(truth, "softmax", "linear", 2);
        double[] theta = projection(truth, model).estimate().parameters();
        assertThat(projection(truth, model).estimate().parameters()).isEqualTo(theta);
        QuadratureDesign design = QuadratureDesign.of(truth.input(), 1, 160);
        Sample fine = new ResponseQuadrature(129, 8).of(truth, design.x(), design.weights(), 1);
        Sample used = DensityProjection.sample(truth, model, 1, "doubling");
        assertThat(fine.size()).isGreaterThan(3 * used.size());
        double expected = DensityProjection.meanLogDensity(model, theta, fine);
        assertThat(DensityProjection.meanLogDensity(model, theta, used)).isCloseTo(expected, within(1e-9));
        // The truth has less noise than its projection, which asks more of the rule.
        double entropy = DensityProjection.meanLogDensity(truth.model(), truth.parameters(), fine);
        assertThat(DensityProjection.meanLogDensity(truth.model(), truth.parameters(), used))
                .isCloseTo(entropy, within(1e-8));
        QuadratureDesign usual = QuadratureDesign.of(truth.input(), 1, 80);
        Sample coarse = ResponseQuadrature.COARSE.of(truth, usual.x(), usual.weights(), 1);
        assertThat(DensityProjection.meanLogDensity(model, theta, coarse)).isCloseTo(expected, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // E x1, E x1 x2 with a tolerance
                "{ type = uniform, low = 0, high = 2 } | 1 | 1 | 1e-9",
                "{ type = normal, mean = 1, standard-deviation = 2 } | 1 | 1 | 1e-9",
                "{ type = correlated-normal, mean = [1, 2], covariance = [[2, 0.5], [0.5, 1]] } | 1 | 2.5 | 1e-9",
                "{ type = mixture, components = [{ weight = 3, type = uniform, low = 0, high = 2 }, { weight = 1, type ="
                        + " correlated-normal, mean = [1, 2], covariance = [[2, 0.5], [0.5, 1]] }] } | 1 | 1.375 | 1e-9",
                "{ type = student, location = 1, scale = 1, degrees-of-freedom = 20 } | 1 | 1 | 0.1",
                "{ type = empirical, rows = [[0, 1], [2, 2]] } | 1 | 2 | 1e-9",
            })
    void expectationsAreThoseOfTheTruth(String input, double mean, double product, double tolerance) {
        Truth truth = truth("""
                gate = { type = softmax, bias = [0, 0.5], weight = [[0, 0], [0, 0]] }
                expert = { type = linear, intercept = [1, 2], slope = [[2, -1], [2, -1]] }
                variance = [1, 3]
                """, input);
        Sample sample = DensityProjection.sample(truth, truth.model(), 1e8, "moments");
        double first = 1 / (1 + StrictMath.exp(0.5));
        assertThat(sample.totalWeight()).isCloseTo(1e8, within(1e-2));
        assertThat(mean(sample, v -> v[0])).isCloseTo(mean, within(tolerance));
        assertThat(mean(sample, v -> v[0] * v[1])).isCloseTo(product, within(tolerance));
        assertThat(mean(sample, v -> v[2] - 2 * v[0] + v[1])).isCloseTo(2 - first, within(tolerance));
        // The variance of a mixture of two normals with the means 1 and 2.
        assertThat(mean(sample, v -> {
                    double residual = v[2] - 2 * v[0] + v[1] - (2 - first);
                    return residual * residual;
                }))
                .isCloseTo(first + 3 * (1 - first) + first * (1 - first), within(1e-6));
    }

    @Test
    void varianceThatDependsOnTheInputsIsThatOfTheNodes() {
        Truth truth = truth(SOFTMAX_LINEAR + "noise = { type = heteroscedastic, slope = [1.5] }\n", UNIFORM);
        Sample sample = DensityProjection.sample(truth, truth.model(), 1, "noise");
        double square = mean(sample, v -> {
            double first = 1 / (1 + StrictMath.exp(0.5 - 2 * v[0]));
            return (1 + 2.25 * v[0] * v[0]) * (first + 0.5 * (1 - first))
                    + first * (1 + 2 * v[0]) * (1 + 2 * v[0])
                    + (1 - first) * (1 + v[0]) * (1 + v[0]);
        });
        assertThat(mean(sample, v -> v[1] * v[1])).isCloseTo(square, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[softmax] | [linear] | [1] | is below the 2 experts of the truth",
                "[softmax] | [tanh] | [2] | is not the truth's expert family 'linear'",
                "[laplace] | [linear] | [2] | is not the truth's gate 'softmax'",
            })
    void otherNoiseIsRefusedWithTheReason(String gate, String expert, String fitted, String message) {
        String grid = "gate = " + gate + ", expert = " + expert + ", fitted-experts = " + fitted
                + ", sample-sizes = [100], seeds = 1";
        String noise = "noise = { type = student, degrees-of-freedom = 5 }\n";
        assertThat(StudyTexts.refusal(text(SOFTMAX_LINEAR + noise, UNIFORM, grid)))
                .contains(message)
                .contains(
                        "its target the projection of the truth, which needs noise that is normal given the inputs, not"
                                + " student noise");
        Study allowed = StudyTexts.parse(text(SOFTMAX_LINEAR, UNIFORM, grid));
        assertThat(allowed.misSpecified(allowed.settings().get(0))).isTrue();
    }

    @Test
    void gatesWithoutADensityAreRefusedAsBefore() {
        assertThat(StudyTexts.refusal(text(
                        SOFTMAX_LINEAR,
                        UNIFORM,
                        "gate = [sigmoid], expert = [linear], fitted-experts = [2], sample-sizes = [100], seeds = 1")))
                .contains("gate sigmoid cannot be used here");
    }

    /**
     * The logarithm of a loss of a fit of a few parameters has a standard deviation of about 0.5, so the slope over 15
     * seeds and four sizes in steps of 4 one of about 0.05: the interval is four of those each way.
     */
    @Slow
    @Test
    void lossesFallLikeTheRootOfTheSampleSizeToTheProjectionOnly() {
        Study study = study(
                SOFTMAX_TANH,
                UNIFORM,
                "gate = [softmax], expert = [linear], fitted-experts = [1, 2], sample-sizes = [500, 2000, 8000, 32000],"
                        + " seeds = 15");
        List<FitRow> rows = SmallStudy.inAPlainLoop(study);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.target()).isEqualTo(Target.PROJECTION);
            assertThat(row.targetStatus()).isEqualTo("CONVERGED");
            assertThat(row.message()).isEmpty();
            assertThat(row.status()).isEqualTo(FitStatus.CONVERGED);
            assertThat(row.losses()).containsKeys(LossName.HELLINGER, LossName.REGRESSION_L2, LossName.D1);
        });
        List<RateRow> rates = Rates.compute(rows, 2);
        assertThat(rates).allSatisfy(rate -> {
            assertThat(rate.predicted().slope()).isNaN();
            assertThat(rate.predicted().source()).contains("mis-specified");
        });
        assertThat(rates)
                .filteredOn(rate -> List.of(LossName.HELLINGER, LossName.REGRESSION_L2, LossName.D1)
                        .contains(rate.metric()))
                .hasSize(6)
                .allSatisfy(rate -> assertThat(rate.slope())
                        .as(rate.setting() + " " + rate.metric())
                        .isBetween(-0.7, -0.3));
        LossEvaluator toTruth = LossEvaluator.of(study.truth());
        for (Setting setting : study.settings()) {
            MixtureOfExperts model = setting.model(study.truth());
            double small = 0;
            double large = 0;
            for (FitRow row : rows) {
                if (row.setting().equals(setting.id())) {
                    double loss = toTruth.evaluate(model, atoms(row)).losses().get(LossName.HELLINGER);
                    small += row.sampleSize() == 500 ? loss : 0;
                    large += row.sampleSize() == 32000 ? loss : 0;
                }
            }
            assertThat(large / small).as(setting.id()).isBetween(0.8, 1.1);
        }
    }

    private static List<Atom> atoms(FitRow row) {
        return row.atoms().stream()
                .map(stored -> new Atom(
                        values(stored.gate(), "gate-bias", "gate-weight"),
                        values(stored.expert(), "intercept", "slope"),
                        stored.variance()))
                .toList();
    }

    private static double[] values(Map<String, List<Double>> kinds, String first, String second) {
        return new double[] {kinds.get(first).get(0), kinds.get(second).get(0)};
    }

    /** A third expert on a line of nodes: its variance goes to the bound, the divergence at the nodes below zero. */
    @Test
    void anExpertBetweenTheNodesIsNoProjection() {
        Truth truth = truth(LAPLACE_LINEAR, UNIFORM);
        MixtureOfExperts model = model(truth, "softmax", "linear", 3);
        Sample sample = DensityProjection.sample(truth, model, Projection.PRECISION, "projection");
        Atom first = new Atom(new double[] {0, 1}, new double[] {1, 2}, 1);
        Atom second = new Atom(new double[] {0, -1}, new double[] {-1, -1}, 0.5);
        Atom onNodes = new Atom(new double[] {-2, 1}, new double[] {1, 2}, 1e-3);
        Start start = new Start(Start.Kind.ORACLE, model.toParameters(List.of(first, second, onNodes)));
        ParameterBounds bounds = new ParameterBounds(10, 20, 1e-3, Double.POSITIVE_INFINITY);
        Estimate estimate = new Estimator(model, bounds, StopRule.defaults()).fit(sample, List.of(start));
        Projection end = Projection.ofDensity(truth, model, sample, estimate);
        assertThat(end.status().certified()).isTrue();
        assertThat(end.distance()).as("divergence at the nodes").isNegative();
        assertThat(end.found()).isFalse();
        assertThat(end.outcome()).isEqualTo(Projection.BETWEEN_NODES);
        assertThat(end.message()).contains(Projection.BETWEEN_NODES);
    }
}
