package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.GaussianGate;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.ReferenceDensity;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.ToyExpert;
import dev.ratelab.testing.ToyGate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values against the definition, derivatives against differences, for every combination of two gates and two experts. */
class ObjectiveTest {
    private static final double STEP = 1e-5;

    static Stream<Arguments> models() {
        List<Gate> gates = List.of(new SoftmaxGate(), new ToyGate());
        List<Expert> experts = List.of(new LinearExpert(), new ToyExpert());
        return gates.stream().flatMap(gate -> experts.stream()
                .flatMap(expert -> Stream.of(1, 2, 3, 4).flatMap(atoms -> Stream.of(1, 3, 8)
                        .map(dimension -> Arguments.of(
                                gate.id() + " " + expert.id() + " k=" + atoms + " d=" + dimension,
                                new MixtureOfExperts(gate, expert, atoms, dimension))))));
    }

    /** The same families with variances of their own, one shared variance, and a known one, which makes it regression. */
    static Stream<Arguments> problems() {
        return Stream.of(Noise.OWN, Noise.SHARED, Noise.known(0.5)).flatMap(noise -> models().map(arguments -> {
            MixtureOfExperts own = (MixtureOfExperts) arguments.get()[1];
            return Arguments.of(
                    arguments.get()[0] + " " + noise.kind(),
                    new MixtureOfExperts(own.gate(), own.expert(), noise, own.atoms(), own.dimension()));
        }));
    }

    @Slow
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void valueIsTheSumOfLogDensities(String name, MixtureOfExperts model) {
        Sample sample = Simulated.sample(1300, model.dimension(), 5);
        double[] theta = Simulated.parameters(model.parameterCount(), 6);
        double expected = 0;
        List<Atom> atoms = model.toAtoms(theta);
        for (int n = 0; n < sample.size(); n++) {
            double[] x = new double[model.dimension()];
            for (int j = 0; j < x.length; j++) {
                x[j] = sample.x(j, n);
            }
            expected += ReferenceDensity.logDensity(model, atoms, x, sample.y(n));
        }
        assertThat(Estimator.logLikelihood(model, sample, theta))
                .isCloseTo(expected, within(1e-11 * Math.abs(expected)));
    }

    @Slow
    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void gradientAgreesWithDifferencesOfTheValue(String name, MixtureOfExperts model) {
        Sample sample = Simulated.sample(700, model.dimension(), 7);
        double[] theta = Simulated.parameters(model.parameterCount(), 8);
        for (Order order : List.of(Order.COMPLETE, Order.OBSERVED)) {
            Evaluation at = evaluate(model, sample, theta, order);
            double scale = largest(at.gradient);
            for (int a = 0; a < theta.length; a++) {
                double difference =
                        (value(model, sample, theta, a, STEP) - value(model, sample, theta, a, -STEP)) / (2 * STEP);
                assertThat(at.gradient[a]).as("parameter %d", a).isCloseTo(difference, within(1e-7 * scale));
            }
        }
    }

    @Slow
    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void hessianAgreesWithDifferencesOfTheGradient(String name, MixtureOfExperts model) {
        Sample sample = Simulated.sample(700, model.dimension(), 9);
        double[] theta = Simulated.parameters(model.parameterCount(), 10);
        Evaluation at = evaluate(model, sample, theta, Order.OBSERVED);
        double scale = 0;
        for (double[] row : at.hessian) {
            scale = Math.max(scale, largest(row));
        }
        for (int a = 0; a < theta.length; a++) {
            double[] up = gradient(model, sample, theta, a, STEP);
            double[] down = gradient(model, sample, theta, a, -STEP);
            for (int b = 0; b < theta.length; b++) {
                assertThat(at.hessian[a][b])
                        .as("entry %d, %d", a, b)
                        .isCloseTo((up[b] - down[b]) / (2 * STEP), within(1e-7 * scale));
                assertThat(at.hessian[a][b]).isEqualTo(at.hessian[b][a], within(1e-12 * scale));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void invarianceDirectionsLeaveTheValueAlone(String name, MixtureOfExperts model) {
        Sample sample = Simulated.sample(200, model.dimension(), 11);
        double[] theta = Simulated.parameters(model.parameterCount(), 12);
        double value = Estimator.logLikelihood(model, sample, theta);
        for (double[] direction : model.invariances(theta)) {
            double[] moved = theta.clone();
            for (int a = 0; a < theta.length; a++) {
                moved[a] += 0.3 * direction[a];
            }
            assertThat(Estimator.logLikelihood(model, sample, moved)).isCloseTo(value, within(1e-11 * Math.abs(value)));
        }
    }

    /** The sums over rows with whole weights are those over as many copies of each row, in every order. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void weightsStandForCopiesOfRows(String name, MixtureOfExperts model) {
        assertWeightsStandForCopies(model);
    }

    /** As above for a gate that models the inputs. */
    @Test
    void weightsStandForCopiesOfRowsWhereTheInputsAreModelled() {
        assertWeightsStandForCopies(new MixtureOfExperts(new GaussianGate(), new LinearExpert(), 3, 2));
    }

    private static void assertWeightsStandForCopies(MixtureOfExperts model) {
        Sample sample = Simulated.sample(600, model.dimension(), 13);
        double[] theta = Simulated.parameters(model.parameterCount(), 14);
        int total = 0;
        double[] weights = new double[sample.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = 1 + row % 3;
            total += 1 + row % 3;
        }
        double[][] x = new double[model.dimension()][sample.size()];
        double[] y = new double[sample.size()];
        double[][] copiesOfX = new double[model.dimension()][total];
        double[] copiesOfY = new double[total];
        int to = 0;
        for (int row = 0; row < weights.length; row++) {
            y[row] = sample.y(row);
            for (int j = 0; j < x.length; j++) {
                x[j][row] = sample.x(j, row);
            }
            for (int copy = 0; copy < weights[row]; copy++) {
                copiesOfY[to] = y[row];
                for (int j = 0; j < x.length; j++) {
                    copiesOfX[j][to] = x[j][row];
                }
                to++;
            }
        }
        Sample weighted = Sample.of(x, y, weights);
        Sample copied = Sample.of(copiesOfX, copiesOfY);
        assertThat(Objective.of(model, weighted).rootInformation())
                .isEqualTo(Objective.of(model, copied).rootInformation());
        for (Order order : Order.values()) {
            Evaluation actual = evaluate(model, weighted, theta, order);
            Evaluation expected = evaluate(model, copied, theta, order);
            assertThat(actual.logLikelihood)
                    .isCloseTo(expected.logLikelihood, within(1e-12 * Math.abs(expected.logLikelihood)));
            assertSame(actual.gradient, expected.gradient);
            assertSame(actual.mass, expected.mass);
            assertSame(actual.squaredResiduals, expected.squaredResiduals);
            for (int a = 0; a < theta.length; a++) {
                assertSame(actual.hessian[a], expected.hessian[a]);
            }
            for (int i = 0; i < actual.moments.length; i++) {
                for (int a = 0; a < actual.moments[i].length; a++) {
                    assertSame(actual.moments[i][a], expected.moments[i][a]);
                }
            }
        }
    }

    private static void assertSame(double[] actual, double[] expected) {
        double scale = Math.max(1, largest(expected));
        for (int a = 0; a < expected.length; a++) {
            assertThat(actual[a]).as("entry %d", a).isCloseTo(expected[a], within(1e-10 * scale));
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static Evaluation evaluate(MixtureOfExperts model, Sample sample, double[] theta, Order order) {
        Evaluation evaluation = Evaluation.of(model);
        Objective.of(model, sample).evaluate(theta, order, evaluation);
        return evaluation;
    }

    private static double value(MixtureOfExperts model, Sample sample, double[] theta, int parameter, double step) {
        double[] moved = theta.clone();
        moved[parameter] += step;
        return Estimator.logLikelihood(model, sample, moved);
    }

    private static double[] gradient(
            MixtureOfExperts model, Sample sample, double[] theta, int parameter, double step) {
        double[] moved = theta.clone();
        moved[parameter] += step;
        return evaluate(model, sample, moved, Order.OBSERVED).gradient;
    }
}
