package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.math.Elementary;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast ways through a pass against the general ones, which a sample with row weights of one takes. */
class PassPathsTest {

    static Stream<Arguments> sizes() {
        return Stream.of(1, 2, 3, 4, 6).flatMap(atoms -> Stream.of(1, 2, 3, 5, 8)
                .flatMap(dimension -> Stream.of(1, 511, 513, 1536).flatMap(rows -> Stream.of(Noise.OWN, Noise.SHARED)
                        .map(noise -> Arguments.of(atoms, dimension, rows, noise)))));
    }

    @ParameterizedTest(name = "k={0} d={1} n={2} {3}")
    @MethodSource("sizes")
    void directSumsAreThoseByPredictorsAndPairs(int atoms, int dimension, int rows, Noise noise) {
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), noise, atoms, dimension);
        Sample sample = Simulated.sample(rows, dimension, 21);
        double[] theta = Simulated.parameters(model.parameterCount(), 22);
        for (Order order : Order.values()) {
            Evaluation direct = evaluate(model, sample, theta, order);
            Evaluation general = evaluate(model, withUnitWeights(sample), theta, order);
            assertThat(direct.logLikelihood)
                    .isCloseTo(general.logLikelihood, within(1e-13 * Math.abs(general.logLikelihood)));
            assertClose(direct.gradient, general.gradient, rows);
            assertClose(direct.mass, general.mass, rows);
            assertClose(direct.squaredResiduals, general.squaredResiduals, 100.0 * rows);
            for (int a = 0; a < theta.length; a++) {
                assertClose(direct.hessian[a], general.hessian[a], 100.0 * rows);
            }
        }
    }

    /** Scores 1e3 and 1e5 apart: the exponentials relative to the first atom would overflow. */
    @Test
    void farScoresTakeTheGeneralWay() {
        for (double scale : new double[] {1e3, 1e5}) {
            MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 3, 1);
            double[] theta = Simulated.parameters(model.parameterCount(), 23);
            for (int a = model.gateOffset(); a < model.expertOffset(); a++) {
                theta[a] *= scale;
            }
            assertValueIsThatOfTheDefinition(model, Simulated.sample(1300, 1, 24), theta);
        }
    }

    /** Only the third block has a response so far off that its joint scores are: the ways are changed within a chunk. */
    @Test
    void theWayIsChangedWithinAChunk() {
        Sample near = Simulated.sample(3000, 1, 25);
        double[][] x = new double[1][near.size()];
        double[] y = new double[near.size()];
        for (int row = 0; row < y.length; row++) {
            x[0][row] = near.x(0, row);
            y[row] = near.y(row) + (row == 1100 ? 100 : 0);
        }
        Sample sample = Sample.of(x, y);
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 3, 1);
        double[] theta = Simulated.parameters(model.parameterCount(), 26);
        assertValueIsThatOfTheDefinition(model, sample, theta);
        Evaluation direct = evaluate(model, sample, theta, Order.COMPLETE);
        Evaluation general = evaluate(model, withUnitWeights(sample), theta, Order.COMPLETE);
        assertClose(direct.gradient, general.gradient, 1e4);
    }

    /** Joint scores that differ by up to 170 nats on every row: the lanes' products would overflow after a few blocks. */
    @Test
    void ratiosOfManyBlocksDoNotOverflow() {
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 2, 1);
        Random random = new Random(27);
        double[][] x = new double[1][64 * 512 + 700];
        double[] y = new double[x[0].length];
        for (int row = 0; row < y.length; row++) {
            x[0][row] = random.nextDouble();
            y[row] = row < 20_000 ? 18 : 0;
        }
        // Both experts constant, at 0 and 18 with unit variance: the second atom is e^162 times the first or the
        // reverse.
        double[] theta = new double[model.parameterCount()];
        theta[model.expertOffset() + 2] = 18;
        assertValueIsThatOfTheDefinition(model, Sample.of(x, y), theta);
    }

    @Test
    void anAtomWithoutWeightAddsNothing() {
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 3, 1);
        for (int empty = 0; empty < 3; empty++) {
            for (double bias : new double[] {-150, -2000}) {
                double[] theta = Simulated.parameters(model.parameterCount(), 28);
                theta[model.gateOffset() + 2 * empty] = bias;
                Evaluation at = evaluate(model, Simulated.sample(900, 1, 29), theta, Order.OBSERVED);
                assertThat(at.isFinite()).isTrue();
                assertThat(at.mass[empty]).isBetween(0.0, 1e-20);
                assertThat(at.mass[0] + at.mass[1] + at.mass[2]).isCloseTo(900, within(1e-9));
            }
        }
    }

    /** Against log-sum-exp row by row; each row may be off by the rounding error of its largest score. */
    private static void assertValueIsThatOfTheDefinition(MixtureOfExperts model, Sample sample, double[] theta) {
        int atoms = model.atoms();
        double expected = 0;
        double largest = 1;
        for (int row = 0; row < sample.size(); row++) {
            double[] scores = new double[atoms];
            double[] joint = new double[atoms];
            for (int i = 0; i < atoms; i++) {
                int gate = model.gateOffset() + 2 * i;
                int expert = model.expertOffset() + 2 * i;
                double logVariance = theta[model.logVarianceIndex(i)];
                double residual = sample.y(row) - theta[expert] - theta[expert + 1] * sample.x(0, row);
                scores[i] = theta[gate] + theta[gate + 1] * sample.x(0, row);
                joint[i] = scores[i] - 0.5 * (logVariance + residual * residual * Math.exp(-logVariance));
                largest = Math.max(largest, Math.abs(joint[i]));
            }
            expected += Elementary.logSumExp(joint) - Elementary.logSumExp(scores) - 0.5 * Math.log(2 * Math.PI);
        }
        assertThat(Estimator.logLikelihood(model, sample, theta))
                .isCloseTo(expected, within(1e-12 * Math.abs(expected) + 1e-15 * largest * sample.size()));
    }

    private static Sample withUnitWeights(Sample sample) {
        double[][] x = new double[sample.dimension()][sample.size()];
        double[] y = new double[sample.size()];
        for (int row = 0; row < y.length; row++) {
            y[row] = sample.y(row);
            for (int j = 0; j < x.length; j++) {
                x[j][row] = sample.x(j, row);
            }
        }
        double[] weights = new double[y.length];
        Arrays.fill(weights, 1);
        return Sample.of(x, y, weights);
    }

    /** Sums of so many terms of order one agree to thirteen digits of their number. */
    private static void assertClose(double[] actual, double[] expected, double terms) {
        for (int a = 0; a < expected.length; a++) {
            assertThat(actual[a])
                    .as("entry %d", a)
                    .isCloseTo(expected[a], within(1e-13 * Math.max(terms, Math.abs(expected[a]))));
        }
    }

    private static Evaluation evaluate(MixtureOfExperts model, Sample sample, double[] theta, Order order) {
        Evaluation evaluation = Evaluation.of(model);
        Objective.of(model, sample).evaluate(theta, order, evaluation);
        return evaluation;
    }
}
