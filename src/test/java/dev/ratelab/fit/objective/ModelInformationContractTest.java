package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.ReferenceModel;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Hessian of order {@link Order#COMPLETE} of every model against its definition, in plain loops over differences of scores, means
 * and regression functions; the models are those of {@link ModelCase#all}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelInformationContractTest {
    private static final int ROWS = 60;
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    /** The models; {@link EveryModelInformationContractTest} has all. */
    Stream<ModelCase> models() {
        return ModelCase.few();
    }

    Stream<ModelCase> densities() {
        return ModelCase.densities(models());
    }

    Stream<ModelCase> regressions() {
        return ModelCase.regressions(models());
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void gaussNewtonIsMinusTheProductsOfTheSlopesOfTheFunction(ModelCase c) {
        MixtureOfExperts model = c.model();
        double[] theta = c.theta(31);
        Sample sample = c.regular(c.sample(ROWS), theta);
        int count = theta.length;
        double[][] slopes = new double[count][];
        for (int a = 0; a < count; a++) {
            double[] up = reference(model, theta, a, STEP, sample).function;
            double[] down = reference(model, theta, a, -STEP, sample).function;
            slopes[a] = new double[sample.size()];
            for (int row = 0; row < sample.size(); row++) {
                slopes[a][row] = (up[row] - down[row]) / (2 * STEP);
            }
        }
        double[][] expected = new double[count][count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                for (int row = 0; row < sample.size(); row++) {
                    expected[a][b] -=
                            slopes[a][row] * slopes[b][row] / model.noise().variance();
                }
            }
        }
        assertSame(complete(model, theta, sample).hessian, expected);
    }

    @ParameterizedTest
    @MethodSource("densities")
    void informationIsThatOfTheCompleteData(ModelCase c) {
        MixtureOfExperts model = c.model();
        double[] theta = c.theta(32);
        Sample sample = c.regular(c.sample(ROWS), theta);
        ReferenceModel at = new ReferenceModel(model, theta, sample);
        double[][] tau = at.responsibilities();
        double[][][] scoreSlopes = new double[model.expertOffset()][][];
        double[][][] meanSlopes = new double[model.logVarianceOffset()][][];
        for (int a = 0; a < meanSlopes.length; a++) {
            ReferenceModel up = reference(model, theta, a, STEP, sample);
            ReferenceModel down = reference(model, theta, a, -STEP, sample);
            if (a < scoreSlopes.length) {
                scoreSlopes[a] = slopes(up.scores, down.scores);
            } else {
                meanSlopes[a] = slopes(up.means, down.means);
            }
        }
        double[][] expected = new double[theta.length][theta.length];
        if (model.gate().normaliser() == Normaliser.JOINT) {
            addCurvature(model, theta, sample, tau, expected);
        } else {
            addFisherInformation(scoreSlopes, at.weights, expected);
        }
        int size = model.expert().parameterCount(model.dimension());
        double[] squares = new double[model.atoms()];
        for (int row = 0; row < sample.size(); row++) {
            for (int i = 0; i < model.atoms(); i++) {
                int first = model.expertOffset() + i * size;
                for (int a = first; a < first + size; a++) {
                    for (int b = first; b < first + size; b++) {
                        expected[a][b] -= tau[row][i] * meanSlopes[a][row][i] * meanSlopes[b][row][i] / at.variances[i];
                    }
                }
                int variance = model.logVarianceOffset() + (model.noise().kind() == Noise.Kind.OWN ? i : 0);
                expected[variance][variance] -= tau[row][i] / 2;
                double residual = sample.y(row) - at.means[row][i];
                squares[i] += tau[row][i] * residual * residual;
            }
        }
        Evaluation actual = complete(model, theta, sample);
        assertSame(actual.hessian, expected);
        double scale = 1e-10 * (1 + Arrays.stream(squares).sum());
        assertThat(actual.squaredResiduals).containsExactly(squares, within(scale));
        assertMoments(actual.moments, tau, sample);
    }

    /** Minus {@code sum_n J'(diag(pi) - pi pi')J}. */
    private static void addFisherInformation(double[][][] slopes, double[][] weights, double[][] expected) {
        for (int row = 0; row < weights.length; row++) {
            double[] average = new double[slopes.length];
            for (int a = 0; a < slopes.length; a++) {
                for (int i = 0; i < weights[row].length; i++) {
                    average[a] += weights[row][i] * slopes[a][row][i];
                }
            }
            for (int a = 0; a < slopes.length; a++) {
                for (int b = 0; b < slopes.length; b++) {
                    double product = 0;
                    for (int i = 0; i < weights[row].length; i++) {
                        product += weights[row][i] * slopes[a][row][i] * slopes[b][row][i];
                    }
                    expected[a][b] -= product - average[a] * average[b];
                }
            }
        }
    }

    /** Second derivatives of {@code sum_n sum_i tau_ni u_i(x_n)} with {@code tau} fixed: differences of its gradient. */
    private static void addCurvature(
            MixtureOfExperts model, double[] theta, Sample sample, double[][] tau, double[][] expected) {
        for (int b = 0; b < model.expertOffset(); b++) {
            double[] up = scoreGradient(model, moved(theta, b, STEP), sample, tau);
            double[] down = scoreGradient(model, moved(theta, b, -STEP), sample, tau);
            for (int a = 0; a < up.length; a++) {
                expected[a][b] += (up[a] - down[a]) / (2 * STEP);
            }
        }
    }

    private static double[] scoreGradient(MixtureOfExperts model, double[] theta, Sample sample, double[][] tau) {
        double[] gradient = new double[model.expertOffset()];
        int[][] parameters = new int[model.atoms()][];
        double[][][] columns = new double[model.atoms()][][];
        for (int i = 0; i < model.atoms(); i++) {
            parameters[i] = model.gate().parametersOf(i, model.atoms(), model.dimension());
            columns[i] = new double[parameters[i].length][Block.LENGTH];
        }
        model.gate().jacobian(theta, model.gateOffset(), sample.block(0), columns);
        for (int row = 0; row < sample.size(); row++) {
            for (int i = 0; i < model.atoms(); i++) {
                for (int c = 0; c < parameters[i].length; c++) {
                    gradient[parameters[i][c]] += tau[row][i] * columns[i][c][row];
                }
            }
        }
        return gradient;
    }

    private static void assertMoments(double[][][] actual, double[][] tau, Sample sample) {
        for (int i = 0; i < actual.length; i++) {
            double[][] expected = new double[1 + sample.dimension()][1 + sample.dimension()];
            for (int row = 0; row < sample.size(); row++) {
                for (int a = 0; a < expected.length; a++) {
                    for (int b = 0; b < expected.length; b++) {
                        expected[a][b] +=
                                tau[row][i] * (a == 0 ? 1 : sample.x(a - 1, row)) * (b == 0 ? 1 : sample.x(b - 1, row));
                    }
                }
            }
            for (int a = 0; a < expected.length; a++) {
                assertThat(actual[i][a]).containsExactly(expected[a], within(1e-11 * sample.size()));
            }
        }
    }

    private static void assertSame(double[][] actual, double[][] expected) {
        double scale = 0;
        for (double[] row : expected) {
            for (double entry : row) {
                scale = Math.max(scale, Math.abs(entry));
            }
        }
        for (int a = 0; a < expected.length; a++) {
            for (int b = 0; b < expected.length; b++) {
                // Compared as doubles: an assertion for each of the many entries takes longer than the computation.
                if (!(Math.abs(actual[a][b] - expected[a][b]) <= TOLERANCE * scale)) {
                    assertThat(actual[a][b])
                            .as("entry %d, %d", a, b)
                            .isCloseTo(expected[a][b], within(TOLERANCE * scale));
                }
            }
        }
    }

    private static double[][] slopes(double[][] up, double[][] down) {
        double[][] slopes = new double[up.length][up[0].length];
        for (int row = 0; row < up.length; row++) {
            for (int i = 0; i < up[row].length; i++) {
                slopes[row][i] = (up[row][i] - down[row][i]) / (2 * STEP);
            }
        }
        return slopes;
    }

    private static Evaluation complete(MixtureOfExperts model, double[] theta, Sample sample) {
        Evaluation evaluation = Evaluation.of(model);
        Objective.of(model, sample).evaluate(theta, Order.COMPLETE, evaluation);
        return evaluation;
    }

    private static ReferenceModel reference(
            MixtureOfExperts model, double[] theta, int parameter, double step, Sample sample) {
        return new ReferenceModel(model, moved(theta, parameter, step), sample);
    }

    private static double[] moved(double[] theta, int parameter, double step) {
        double[] moved = theta.clone();
        moved[parameter] += step;
        return moved;
    }
}
