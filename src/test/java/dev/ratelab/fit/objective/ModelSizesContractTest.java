package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Sample;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.Problem;
import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.ReferenceModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Value, gate weights, derivatives, permutation and invariances of every gate with every expert at every size; the models are those of
 * {@link ModelCase#crosses}.
 *
 * <p>{@link ModelContractTest} and {@link ModelInformationContractTest} take derivatives parameter by parameter, at one size for each
 * pair. Here few directions move all parameters together. With {@code D} the differences along a direction {@code v}:
 *
 * <ul>
 *   <li>gradient: {@code g'v = D(value)},
 *   <li>observed Hessian: {@code H v = D(g)}, in all entries,
 *   <li>complete-data information and Gauss-Newton: {@code v'H w} is the sum over rows of products of the differences of scores,
 *       means and regression functions along {@code v} and {@code w}.
 * </ul>
 *
 * <p>Steps have the same length whatever the direction, so that one parameter is moved by less where many move.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelSizesContractTest {
    private static final int ROWS = 60;
    private static final int MOST_DIRECTIONS = 3;
    private static final double STEP = 1e-5;

    /** Shorter, for third derivatives of perturbed cosines of small weights. */
    private static final double GRADIENT_STEP = 2e-6;

    private static final double FIRST = 1e-7;
    private static final double SECOND = 1e-6;

    /** Pairs with all their sizes; {@link EveryModelSizesContractTest} has all. */
    Stream<ModelCase.Cross> crosses() {
        return ModelCase.fewCrosses();
    }

    @ParameterizedTest
    @MethodSource("crosses")
    void holdsAtEverySize(ModelCase.Cross cross) {
        cross.cases().forEach(c -> new Check(c).all());
    }

    /** The checks of one model, which share what they evaluate. */
    private static final class Check {
        private final ModelCase c;
        private final MixtureOfExperts model;
        private final double[] theta;
        private final double[][] directions;
        private final Sample sample;
        private final ReferenceModel reference;
        private final Objective objective;
        private final Evaluation observed;
        private final Evaluation complete;

        Check(ModelCase c) {
            this.c = c;
            model = c.model();
            theta = c.theta(41);
            directions = c.fewDirections(MOST_DIRECTIONS);
            sample = c.regular(c.sample(ROWS), theta, List.of(directions));
            reference = new ReferenceModel(model, theta, sample);
            objective = Objective.of(model, sample);
            observed = Evaluation.of(model);
            complete = Evaluation.of(model);
            objective.evaluate(theta, Order.OBSERVED, observed);
            objective.evaluate(theta, Order.COMPLETE, complete);
        }

        void all() {
            assertThat(sample.size()).as("%s: rows away from kinks", c).isGreaterThan(ROWS / 2);
            valueAndWeights();
            permutation();
            invariances();
            firstAndSecondDerivatives();
            information();
        }

        private void valueAndWeights() {
            close("value", observed.logLikelihood, reference.value(), 1e-11 * Math.abs(reference.value()));
            objective.evaluate(theta, Order.COMPLETE, complete);
            double[][] expected = model.problem() == Problem.DENSITY ? reference.responsibilities() : reference.weights;
            double[][] actual = objective.masses();
            for (int row = 0; row < sample.size(); row++) {
                double total = 0;
                for (int i = 0; i < model.atoms(); i++) {
                    close("weight", actual[i][row], expected[row][i], 1e-10);
                    total += actual[i][row];
                }
                if (model.gate().normaliser() != Normaliser.NONE) {
                    close("sum of weights", total, 1, 1e-13);
                }
            }
        }

        private void permutation() {
            List<Atom> exchanged = c.exchanged(model.toAtoms(theta));
            close(
                    "value with exchanged atoms",
                    value(model.toParameters(exchanged)),
                    observed.logLikelihood,
                    1e-11 * (1 + Math.abs(observed.logLikelihood)));
        }

        private void invariances() {
            double[][] invariances = model.invariances(theta);
            double[][] elsewhere = model.invariances(c.theta(42));
            assertThat(elsewhere).as("%s: invariances", c).hasSameDimensionsAs(invariances);
            double size = 1 + Math.abs(observed.logLikelihood);
            double[] translated = theta;
            for (int v = 0; v < invariances.length; v++) {
                double largest = largest(invariances[v]);
                close("slope of invariance " + v, dot(observed.gradient, invariances[v]), 0, 1e-12 * largest * size);
                if (Arrays.equals(invariances[v], elsewhere[v])) {
                    // The same direction everywhere: a translation, which can go any distance. All go together, each
                    // its own.
                    translated = ModelCase.moved(translated, 0.7 - 0.1 * v, invariances[v]);
                }
            }
            close("value after translations", value(translated), observed.logLikelihood, 1e-11 * size);
        }

        private void firstAndSecondDerivatives() {
            double gradientScale = largest(observed.gradient);
            double hessianScale = largest(observed.hessian);
            Evaluation up = Evaluation.of(model);
            Evaluation down = Evaluation.of(model);
            for (double[] direction : directions) {
                double length = ModelCase.length(direction);
                // Extrapolated, because third derivatives are large where cosines of small weights meet steep experts.
                double difference =
                        (4 * difference(direction, STEP / (2 * length)) - difference(direction, STEP / length)) / 3;
                close("gradient", dot(observed.gradient, direction), difference, FIRST * gradientScale);
                close(
                        "gradient with information",
                        dot(complete.gradient, direction),
                        difference,
                        FIRST * gradientScale);
                double step = GRADIENT_STEP / length;
                objective.evaluate(ModelCase.moved(theta, step, direction), Order.COMPLETE, up);
                objective.evaluate(ModelCase.moved(theta, -step, direction), Order.COMPLETE, down);
                for (int a = 0; a < theta.length; a++) {
                    close(
                            "Hessian",
                            dot(observed.hessian[a], direction),
                            (up.gradient[a] - down.gradient[a]) / (2 * step),
                            SECOND * hessianScale);
                }
            }
            for (int a = 0; a < theta.length; a++) {
                for (int b = 0; b < a; b++) {
                    close("symmetry", observed.hessian[a][b], observed.hessian[b][a], 1e-12 * hessianScale);
                    close("symmetry", complete.hessian[a][b], complete.hessian[b][a], 1e-12 * hessianScale);
                }
            }
        }

        private void information() {
            Slopes[] slopes = new Slopes[directions.length];
            for (int v = 0; v < slopes.length; v++) {
                slopes[v] = new Slopes(directions[v]);
            }
            double[][] tau = reference.responsibilities();
            double scale = largest(complete.hessian);
            for (int v = 0; v < slopes.length; v++) {
                for (int w = 0; w <= v; w++) {
                    double actual = 0;
                    for (int a = 0; a < theta.length; a++) {
                        actual += directions[v][a] * dot(complete.hessian[a], directions[w]);
                    }
                    double expected = model.problem() == Problem.REGRESSION
                            ? -dot(slopes[v].function, slopes[w].function)
                                    / model.noise().variance()
                            : informationOfDensity(slopes[v], slopes[w], tau);
                    close("information", actual, expected, FIRST * scale);
                }
            }
        }

        private double informationOfDensity(Slopes v, Slopes w, double[][] tau) {
            boolean joint = model.gate().normaliser() == Normaliser.JOINT;
            double sum = joint ? curvature(v.direction, w.direction, tau) : 0;
            for (int row = 0; row < tau.length; row++) {
                double[] weights = reference.weights[row];
                double product = 0;
                double meanOfV = 0;
                double meanOfW = 0;
                for (int i = 0; i < weights.length; i++) {
                    product += weights[i] * v.scores[row][i] * w.scores[row][i];
                    meanOfV += weights[i] * v.scores[row][i];
                    meanOfW += weights[i] * w.scores[row][i];
                    sum -= tau[row][i] * v.means[row][i] * w.means[row][i] / reference.variances[i];
                    int variance = model.logVarianceOffset() + (model.noise().kind() == Noise.Kind.OWN ? i : 0);
                    sum -= tau[row][i] / 2 * v.direction[variance] * w.direction[variance];
                }
                sum -= joint ? 0 : product - meanOfV * meanOfW;
            }
            return sum;
        }

        /** The second derivative of {@code sum_n sum_i tau_ni u_i(x_n)} with {@code tau} fixed, by two directions. */
        private double curvature(double[] v, double[] w, double[][] tau) {
            double step = STEP / ModelCase.length(v);
            double[] up = scoreGradient(ModelCase.moved(theta, step, v), tau);
            double[] down = scoreGradient(ModelCase.moved(theta, -step, v), tau);
            double sum = 0;
            for (int a = 0; a < up.length; a++) {
                sum += w[a] * (up[a] - down[a]) / (2 * step);
            }
            return sum;
        }

        private double[] scoreGradient(double[] at, double[][] tau) {
            double[] gradient = new double[model.expertOffset()];
            double[][][] columns = new double[model.atoms()][][];
            for (int i = 0; i < columns.length; i++) {
                int count = model.gate().parametersOf(i, model.atoms(), model.dimension()).length;
                columns[i] = new double[count][Block.LENGTH];
            }
            model.gate().jacobian(at, model.gateOffset(), sample.block(0), columns);
            for (int i = 0; i < columns.length; i++) {
                int[] parameters = model.gate().parametersOf(i, model.atoms(), model.dimension());
                for (int p = 0; p < parameters.length; p++) {
                    for (int row = 0; row < tau.length; row++) {
                        gradient[parameters[p]] += tau[row][i] * columns[i][p][row];
                    }
                }
            }
            return gradient;
        }

        private double difference(double[] direction, double step) {
            return (value(ModelCase.moved(theta, step, direction)) - value(ModelCase.moved(theta, -step, direction)))
                    / (2 * step);
        }

        private double value(double[] at) {
            Evaluation evaluation = new Evaluation(0, model.atoms());
            objective.evaluate(at, Order.VALUE, evaluation);
            return evaluation.logLikelihood;
        }

        /** Compares as doubles and asserts only what fails: an assertion for each number would take longer than the numbers. */
        private void close(String what, double actual, double expected, double tolerance) {
            if (!(Math.abs(actual - expected) <= tolerance)) {
                throw new AssertionError(String.format(
                        "%s: %s is %.12g, expected %.12g within %.3g", c, what, actual, expected, tolerance));
            }
        }

        /** Differences of scores, means and the regression function along a direction, by row. */
        private final class Slopes {
            final double[] direction;
            final double[][] scores;
            final double[][] means;
            final double[] function;

            Slopes(double[] direction) {
                this.direction = direction;
                double step = STEP / ModelCase.length(direction);
                ReferenceModel up = new ReferenceModel(model, ModelCase.moved(theta, step, direction), sample);
                ReferenceModel down = new ReferenceModel(model, ModelCase.moved(theta, -step, direction), sample);
                scores = new double[sample.size()][];
                means = new double[sample.size()][];
                for (int row = 0; row < scores.length; row++) {
                    scores[row] = slope(up.scores[row], down.scores[row], step);
                    means[row] = slope(up.means[row], down.means[row], step);
                }
                function = slope(up.function, down.function, step);
            }
        }
    }

    private static double[] slope(double[] up, double[] down, double step) {
        double[] slope = new double[up.length];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (up[i] - down[i]) / (2 * step);
        }
        return slope;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static double largest(double[][] rows) {
        return Arrays.stream(rows)
                .mapToDouble(ModelSizesContractTest::largest)
                .max()
                .orElse(0);
    }
}
