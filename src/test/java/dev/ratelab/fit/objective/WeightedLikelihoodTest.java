package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.Deadline;
import dev.ratelab.fit.ascent.ExpectationMaximisation;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Simulated;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with weights in the mixture likelihood: a row of weight w is that row w times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeightedLikelihoodTest {
    private static final int ROWS = 90;
    private static final double STEP = 1e-5;

    /** Rows with the weights 1, 2, 3 in turn, and the same rows repeated. */
    private record Pair(Sample weighted, Sample repeated) {
        static Pair of(Sample sample) {
            int[] rows = IntStream.range(0, sample.size())
                    .flatMap(row -> IntStream.generate(() -> row).limit(1 + row % 3))
                    .toArray();
            int[] once = IntStream.range(0, sample.size()).toArray();
            double[] weights =
                    Arrays.stream(once).mapToDouble(row -> 1 + row % 3).toArray();
            return new Pair(
                    Sample.of(columns(sample, once), responses(sample, once), weights),
                    Sample.of(columns(sample, rows), responses(sample, rows)));
        }
    }

    private static double[][] columns(Sample sample, int[] rows) {
        double[][] x = new double[sample.dimension()][];
        for (int j = 0; j < x.length; j++) {
            int column = j;
            x[j] = Arrays.stream(rows).mapToDouble(row -> sample.x(column, row)).toArray();
        }
        return x;
    }

    private static double[] responses(Sample sample, int[] rows) {
        return Arrays.stream(rows).mapToDouble(sample::y).toArray();
    }

    private static Sample withWeights(Sample sample, double factor) {
        int[] rows = IntStream.range(0, sample.size()).toArray();
        double[] weights =
                Arrays.stream(rows).mapToDouble(row -> factor * (0.3 + row % 7)).toArray();
        return Sample.of(columns(sample, rows), responses(sample, rows), weights);
    }

    private static Evaluation evaluate(MixtureOfExperts model, Sample sample, double[] theta, Order order) {
        Evaluation evaluation = Evaluation.of(model);
        Objective.of(model, sample).evaluate(theta, order, evaluation);
        return evaluation;
    }

    /** All numbers of an evaluation in one array. */
    private static double[] numbers(Evaluation evaluation) {
        Stream<double[]> matrices = Stream.concat(
                Arrays.stream(evaluation.hessian),
                Arrays.stream(evaluation.moments).flatMap(Arrays::stream));
        Stream<double[]> vectors = Stream.of(
                new double[] {evaluation.logLikelihood},
                evaluation.gradient,
                evaluation.mass,
                evaluation.squaredResiduals);
        return Stream.concat(vectors, matrices).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Compared as doubles: an assertion for each of the many numbers takes longer than the computation. */
    private static void requireClose(double[] actual, double[] expected, double factor, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double scale = 1 + Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - factor * expected[i]) <= tolerance * factor * scale)) {
                assertThat(actual[i]).as("number %d", i).isCloseTo(factor * expected[i], within(tolerance));
            }
        }
    }

    /** The models; {@link EveryWeightedLikelihoodTest} has all. */
    Stream<ModelCase> densities() {
        return ModelCase.densities(ModelCase.few());
    }

    @ParameterizedTest
    @MethodSource("densities")
    void wholeWeightsAreRepetitions(ModelCase c) {
        Pair pair = Pair.of(c.sample(ROWS));
        double[] theta = c.theta(21);
        for (Order order : List.of(Order.VALUE, Order.COMPLETE, Order.OBSERVED)) {
            requireClose(
                    numbers(evaluate(c.model(), pair.weighted(), theta, order)),
                    numbers(evaluate(c.model(), pair.repeated(), theta, order)),
                    1,
                    1e-12);
        }
        assertThat(Objective.of(c.model(), pair.weighted()).rootInformation())
                .isEqualTo(Objective.of(c.model(), pair.repeated()).rootInformation());
    }

    @ParameterizedTest
    @MethodSource("densities")
    void theObjectiveIsProportionalToTheWeights(ModelCase c) {
        double[] theta = c.theta(22);
        Sample once = withWeights(c.sample(ROWS), 1);
        Sample more = withWeights(c.sample(ROWS), 1e6);
        for (Order order : List.of(Order.COMPLETE, Order.OBSERVED)) {
            requireClose(
                    numbers(evaluate(c.model(), more, theta, order)),
                    numbers(evaluate(c.model(), once, theta, order)),
                    1e6,
                    1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "softmax, linear, 3, 2",
        "gaussian, linear, 2, 2",
        "laplace, tanh, 2, 1",
        "cosine, gelu, 3, 2",
        "hierarchical(groups=2), linear, 4, 1",
    })
    void derivativesAreThoseOfTheWeightedValue(String gate, String expert, int atoms, int dimension) {
        for (Noise noise : List.of(Noise.OWN, Noise.SHARED)) {
            MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of(expert), noise, atoms, dimension);
            // More rows than a block holds, so that the last one is not full.
            Sample sample = withWeights(Simulated.sample(700, dimension, 5), 1);
            double[] theta = Simulated.parameters(model.parameterCount(), 6);
            Evaluation at = evaluate(model, sample, theta, Order.OBSERVED);
            double scale = Arrays.stream(at.hessian)
                    .flatMapToDouble(Arrays::stream)
                    .map(Math::abs)
                    .max()
                    .orElseThrow();
            for (int a = 0; a < theta.length; a++) {
                double[] direction = new double[theta.length];
                direction[a] = 1;
                Evaluation up = evaluate(model, sample, ModelCase.moved(theta, STEP, direction), Order.COMPLETE);
                Evaluation down = evaluate(model, sample, ModelCase.moved(theta, -STEP, direction), Order.COMPLETE);
                assertThat(at.gradient[a])
                        .isCloseTo((up.logLikelihood - down.logLikelihood) / (2 * STEP), within(1e-7 * scale));
                for (int b = 0; b < theta.length; b++) {
                    assertThat(at.hessian[a][b])
                            .isCloseTo((up.gradient[b] - down.gradient[b]) / (2 * STEP), within(1e-6 * scale));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "softmax, linear, 3, 2",
        "gaussian, linear, 2, 2",
        "laplace, tanh, 2, 1",
        "hierarchical(groups=2), linear, 4, 1",
    })
    void oneStepOfExpectationMaximisationIsTheSame(String gate, String expert, int atoms, int dimension) {
        for (Noise noise : List.of(Noise.OWN, Noise.SHARED)) {
            MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of(expert), noise, atoms, dimension);
            Pair pair = Pair.of(Simulated.sample(500, dimension, 7));
            double[] start = Simulated.parameters(model.parameterCount(), 8);
            requireClose(step(model, pair.weighted(), start), step(model, pair.repeated(), start), 1, 1e-9);
        }
    }

    private static double[] step(MixtureOfExperts model, Sample sample, double[] start) {
        Standardisation units = Standardisation.of(model, sample);
        Objective objective = Objective.of(model, units.apply(sample));
        return units.toUser(
                new ExpectationMaximisation(model, objective, ParameterBounds.none(), units, sample.totalWeight())
                        .run(units.toStandard(start), 1, 0, new Deadline(0))
                        .theta());
    }

    @Test
    void aWeightedFitIsTheFitOfTheRepeatedRows() {
        // In standard units, and in the user's.
        for (String gate : List.of("softmax", "gaussian")) {
            MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of("linear"), 2, 1);
            Pair pair = Pair.of(Simulated.sample(400, 1, 9));
            List<Start> starts = Starts.random(1, model, pair.repeated(), "fit");
            Estimator estimator = new Estimator(model, ParameterBounds.none(), StopRule.defaults());
            Estimate weighted = estimator.fit(pair.weighted(), starts);
            Estimate repeated = estimator.fit(pair.repeated(), starts);
            assertThat(weighted.certificate().status()).isEqualTo(FitStatus.CONVERGED);
            assertThat(repeated.certificate().status()).isEqualTo(FitStatus.CONVERGED);
            requireClose(weighted.parameters(), repeated.parameters(), 1, 1e-8);
            assertThat(weighted.logLikelihood())
                    .isCloseTo(repeated.logLikelihood(), within(1e-10 * Math.abs(repeated.logLikelihood())));
            assertThat(weighted.certificate().smallestEigenvalue())
                    .isCloseTo(repeated.certificate().smallestEigenvalue(), within(1e-7));
            assertThat(weighted.oracleLogLikelihood()).isNaN();
        }
    }

    /** Standard units are those of the observations, not of the rows: a fit far from the origin ends where one near it does. */
    @Test
    void aWeightedFitDoesNotDependOnTheOrigin() {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), 2, 1);
        Sample near = withWeights(Simulated.sample(400, 1, 10), 1);
        int[] rows = IntStream.range(0, near.size()).toArray();
        double[] far =
                Arrays.stream(rows).mapToDouble(row -> 2000 + near.x(0, row)).toArray();
        Sample moved = Sample.of(
                new double[][] {far},
                responses(near, rows),
                Arrays.stream(rows).mapToDouble(near::weight).toArray());
        Estimator estimator = new Estimator(model, ParameterBounds.none(), StopRule.defaults());
        Estimate first = estimator.fit(near, Starts.random(4, model, near, "origin"));
        Estimate second = estimator.fit(moved, Starts.random(4, model, moved, "origin"));
        assertThat(first.certificate().status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(second.certificate().status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(second.logLikelihood()).isCloseTo(first.logLikelihood(), within(1e-6));
        assertThat(second.parameters()[model.expertOffset() + 1])
                .isCloseTo(first.parameters()[model.expertOffset() + 1], within(1e-6));
    }
}
