package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Input distributions for tests, and the test that numbers follow a distribution. */
final class Inputs {
    private Inputs() {}

    /** One distribution of every kind that there is for this many inputs. */
    static List<InputDistribution> ofEveryKind(int dimension) {
        StudentInput student = new StudentInput(1, 2, 2.5);
        CorrelatedNormalInput correlated = correlated(dimension);
        double[][] rows = new double[dimension][1400];
        for (int j = 0; j < dimension; j++) {
            for (int row = 0; row < rows[j].length; row++) {
                rows[j][row] = (row + 10.0 * j) / 1400;
            }
        }
        List<InputDistribution> inputs = new ArrayList<>(List.of(
                InputDistribution.uniform(-1, 1.5),
                InputDistribution.normal(-1, 1.5),
                student,
                correlated,
                new MixtureInput(List.of(
                        new MixtureInput.Component(1, student),
                        new MixtureInput.Component(2, InputDistribution.uniform(0, 1)),
                        new MixtureInput.Component(0.5, correlated))),
                EmpiricalInput.of(rows, true),
                EmpiricalInput.of(rows, false)));
        if (dimension == 1) {
            inputs.add(InputDistribution.grid(-1, 1.5));
        }
        return inputs;
    }

    /** Mean 1, variances 2 and covariances 1. */
    static CorrelatedNormalInput correlated(int dimension) {
        double[] mean = new double[dimension];
        double[][] covariance = new double[dimension][dimension];
        Arrays.fill(mean, 1);
        for (int i = 0; i < dimension; i++) {
            Arrays.fill(covariance[i], 1);
            covariance[i][i] = 2;
        }
        return CorrelatedNormalInput.of(mean, covariance);
    }

    /**
     * Asserts that numbers follow a distribution. By the Dvoretzky-Kiefer-Wolfowitz inequality the largest distance of
     * the distribution functions exceeds {@code sqrt(log(2 / a) / (2 n))} with probability at most {@code a = 1e-6}.
     */
    static void assertDistributed(double[] values, DoubleUnaryOperator distribution) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double expected = distribution.applyAsDouble(sorted[i]);
            worst = Math.max(worst, Math.max(expected - (double) i / n, (i + 1.0) / n - expected));
        }
        assertThat(worst).isLessThan(Math.sqrt(Math.log(2e6) / (2.0 * n)));
    }
}
