package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.ToyExpert;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardisationTest {
    private static final MixtureOfExperts MODEL = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 3, 2);

    private final Sample sample = moved(Simulated.sample(700, 2, 12), 2000, 6, -5e3, 1e3);
    private final Standardisation units = Standardisation.of(MODEL, sample);

    @Test
    void theDensityIsTheSameFunction() {
        double[] standard = Simulated.parameters(MODEL.parameterCount(), 3);
        double[] user = units.toUser(standard);
        assertThat(Estimator.logLikelihood(MODEL, sample, user))
                .isCloseTo(
                        Estimator.logLikelihood(MODEL, units.apply(sample), standard)
                                - sample.size() * units.logScale(),
                        within(1e-6));
        double[] back = units.toStandard(user);
        for (int a = 0; a < back.length; a++) {
            assertThat(back[a]).isCloseTo(standard[a], within(1e-10));
        }
    }

    @Test
    void aConstantColumnKeepsItsUnitsWhateverTheWeights() {
        Random random = new Random(8);
        for (int trial = 0; trial < 40; trial++) {
            double[][] x = new double[2][30_000];
            Arrays.fill(x[1], 5 * random.nextDouble());
            x[0] = random.doubles(x[0].length).toArray();
            double[] weights = random.doubles(x[0].length, 0.5, 2).toArray();
            Standardisation of = Standardisation.of(MODEL, Sample.of(x, x[0], weights));
            double[] standard = Simulated.parameters(MODEL.parameterCount(), 3);
            // The last weight of the first atom's gate is that of the constant input.
            assertThat(of.toUser(standard)[2]).isEqualTo(standard[2]);
        }
    }

    @Test
    void constraintsCutOffTheSamePoints() {
        List<LinearConstraint> user = MODEL.constraints(new ParameterBounds(1.5, 4, 0.3, 20));
        List<LinearConstraint> standard = units.constraints(user);
        double[] point = Simulated.parameters(MODEL.parameterCount(), 4);
        double[] theta = units.toUser(point);
        for (int i = 0; i < user.size(); i++) {
            double excess = user.get(i).excess(theta);
            assertThat(standard.get(i).name()).isEqualTo(user.get(i).name());
            assertThat(standard.get(i).excess(point)).isCloseTo(excess, within(1e-9 * (1 + Math.abs(excess))));
        }
    }

    @Test
    void standardColumnsHaveMeanZeroAndADeviationFromOneToTwo() {
        Sample standard = (Sample) units.apply(sample);
        for (int j = 0; j < 2; j++) {
            double sum = 0;
            double squares = 0;
            for (int n = 0; n < standard.size(); n++) {
                sum += standard.x(j, n);
                squares += standard.x(j, n) * standard.x(j, n);
            }
            assertThat(sum / standard.size()).isCloseTo(0, within(1e-12));
            assertThat(Math.sqrt(squares / standard.size())).isBetween(1.0, 2.0);
        }
    }

    @Test
    void familiesThatAreNotAffineKeepTheirUnits() {
        MixtureOfExperts toy = new MixtureOfExperts(new SoftmaxGate(), new ToyExpert(), 2, 2);
        Standardisation none = Standardisation.of(toy, sample);
        double[] theta = Simulated.parameters(toy.parameterCount(), 1);
        assertThat(none.apply(sample)).isSameAs(sample);
        assertThat(none.toStandard(theta)).isEqualTo(theta);
        assertThat(none.toUser(theta)).isEqualTo(theta);
        assertThat(none.logScale()).isZero();
        assertThat(none.variance(3)).isEqualTo(3);
    }

    private static Sample moved(Sample sample, double origin, double unit, double offset, double factor) {
        double[][] x = new double[sample.dimension()][sample.size()];
        double[] y = new double[sample.size()];
        for (int n = 0; n < y.length; n++) {
            for (int j = 0; j < x.length; j++) {
                x[j][n] = origin + unit * sample.x(j, n);
            }
            y[n] = offset + factor * sample.y(n);
        }
        return Sample.of(x, y);
    }
}
