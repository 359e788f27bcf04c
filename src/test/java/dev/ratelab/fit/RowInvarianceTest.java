package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate is a function of the set of rows, with multiplicity. */
class RowInvarianceTest {
    private static final ParameterBounds BOUNDS = new ParameterBounds(1.5, 4, 0.3, 50);

    private final Sample sample = Simulated.sample(1100, 2, 8);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyRowTwiceDoublesTheLikelihoodAndLeavesTheOptimum(int atoms) {
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), atoms, 2);
        List<Start> starts = Starts.random(6, model, sample, "rows");
        Estimate once = fit(model, sample, starts);
        List<Integer> order = order();
        order.addAll(order());
        Estimate twice = fit(model, rows(order), starts);
        assertThat(twice.logLikelihood()).isCloseTo(2 * once.logLikelihood(), within(1e-8));
        assertSame(model, twice, once);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theOrderOfTheRowsDoesNotMatter(int atoms) {
        MixtureOfExperts model = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), atoms, 2);
        List<Start> starts = Starts.random(6, model, sample, "rows");
        Estimate sorted = fit(model, sample, starts);
        List<Integer> order = order();
        Collections.shuffle(order, new Random(1));
        Estimate shuffled = fit(model, rows(order), starts);
        assertThat(shuffled.logLikelihood()).isCloseTo(sorted.logLikelihood(), within(1e-8));
        assertSame(model, shuffled, sorted);
    }

    /** Up to the translation of the gate, which the path may change. */
    private static void assertSame(MixtureOfExperts model, Estimate actual, Estimate expected) {
        assertThat(actual.certificate().status().certified()).isTrue();
        assertThat(actual.certificate().activeBounds())
                .isEqualTo(expected.certificate().activeBounds());
        for (int a = 0; a < model.parameterCount(); a++) {
            double gauge = 0;
            if (a < model.expertOffset()) {
                int component = a % (1 + model.dimension());
                gauge = actual.parameters()[component] - expected.parameters()[component];
            }
            assertThat(actual.parameters()[a] - gauge).isCloseTo(expected.parameters()[a], within(1e-8));
        }
    }

    private static Estimate fit(MixtureOfExperts model, Sample data, List<Start> starts) {
        return new Estimator(model, BOUNDS, StopRule.defaults()).fit(data, starts);
    }

    private List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        for (int n = 0; n < sample.size(); n++) {
            order.add(n);
        }
        return order;
    }

    private Sample rows(List<Integer> order) {
        double[][] x = new double[2][order.size()];
        double[] y = new double[order.size()];
        for (int n = 0; n < y.length; n++) {
            for (int j = 0; j < 2; j++) {
                x[j][n] = sample.x(j, order.get(n));
            }
            y[n] = sample.y(order.get(n));
        }
        return Sample.of(x, y);
    }
}
