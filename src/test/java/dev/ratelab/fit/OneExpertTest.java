package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With one expert the maximum-likelihood estimate is ordinary least squares. */
class OneExpertTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 16})
    void oneExpertEqualsOrdinaryLeastSquares(int dimension) {
        Sample sample = Simulated.sample(900, dimension, 21);
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 1, dimension);
        Estimate estimate = new Estimator(model, ParameterBounds.none(), StopRule.defaults())
                .fit(sample, Starts.random(2, model, sample, "ols"));
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        double[][] x = new double[sample.size()][dimension];
        double[] y = new double[sample.size()];
        for (int n = 0; n < y.length; n++) {
            for (int j = 0; j < dimension; j++) {
                x[n][j] = sample.x(j, n);
            }
            y[n] = sample.y(n);
        }
        regression.newSampleData(y, x);
        double[] expected = regression.estimateRegressionParameters();
        Atom atom = model.toAtoms(estimate.parameters()).get(0);
        for (int c = 0; c <= dimension; c++) {
            assertThat(atom.expert()[c]).isCloseTo(expected[c], within(1e-10));
        }
        double variance = regression.calculateResidualSumOfSquares() / y.length;
        assertThat(atom.variance()).isCloseTo(variance, within(1e-10 * variance));
        assertThat(estimate.logLikelihood())
                .isCloseTo(-0.5 * y.length * (1 + Math.log(2 * Math.PI * variance)), within(1e-8));
        assertThat(estimate.certificate().status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(estimate.startsAtOptimum()).isEqualTo(2);
    }
}
