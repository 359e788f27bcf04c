package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Generator;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Streams;
import dev.ratelab.study.Truths;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RidgeLeapsTest {

    @Test
    void leapsBeginLateAndGoOnInTheDirectionOfTheWay() {
        RidgeLeaps leaps = new RidgeLeaps();
        assertThat(leaps.isDue(39, new double[] {0, 0})).isFalse();
        assertThat(leaps.isDue(40, new double[] {1, 1})).as("the way begins").isFalse();
        assertThat(leaps.isDue(43, new double[] {2, 1})).isFalse();
        assertThat(leaps.isDue(44, new double[] {3, 1})).isTrue();
        assertThat(leaps.target(new double[] {3, 1})).containsExactly(3 + 2 * 2, 1);
    }

    @Test
    void aSuccessMeasuresTheWayFromTheDeparture() {
        RidgeLeaps leaps = new RidgeLeaps();
        leaps.isDue(40, new double[] {1});
        leaps.isDue(44, new double[] {3});
        leaps.target(new double[] {3});
        leaps.tell(true, 46);
        assertThat(leaps.isDue(48, new double[] {8})).isFalse();
        assertThat(leaps.isDue(49, new double[] {8})).isTrue();
        assertThat(leaps.target(new double[] {8})).containsExactly(8 + 2 * (8 - 3));
    }

    @Test
    void aFailureHalvesTheLeapAndMeasuresAnew() {
        RidgeLeaps leaps = new RidgeLeaps();
        leaps.isDue(40, new double[] {1});
        leaps.isDue(44, new double[] {3});
        leaps.target(new double[] {3});
        leaps.tell(false, 49);
        assertThat(leaps.isDue(50, new double[] {4})).as("the way begins").isFalse();
        assertThat(leaps.isDue(54, new double[] {6})).isTrue();
        assertThat(leaps.target(new double[] {6})).containsExactly(6 + 1 * (6 - 4));
    }

    /** With leaps they take 532 and 555 Newton iterations, without 1,206 and 994. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void twoSurplusExpertsReachTheirMaximum(int seed) {
        Truth truth = new Truths.Named(Problem.REGRESSION, 4, 1, OptionalDouble.of(1e-6), OptionalLong.empty())
                .of(Gates.of("softmax"), Experts.of("tanh"));
        MixtureOfExperts model = new MixtureOfExperts(
                truth.model().gate(), truth.model().expert(), truth.model().noise(), 6, 1);
        ParameterBounds bounds = new ParameterBounds(6, 12, 0, Double.POSITIVE_INFINITY, 12, 0);
        String key = "ridge-leaps;seed=" + seed;
        Sample sample = Generator.quadrature(truth, 10_000, 120, key);
        Start start = Starts.oracle(truth, model, 0.2, Streams.of(key, "oracle-start"));
        Estimate estimate = new Estimator(model, bounds, new StopRule(1e-6, 800, 50, 0)).fit(sample, List.of(start));
        assertThat(estimate.certificate().status().certified()).isTrue();
    }
}
