package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimate;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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

    /**
     * A fit may stop at 1e-6 nats, a thousandth of a standard error, and then takes one more Newton step, which squares that: the paths to
     * an optimum may differ by rounding, its place by about 1e-6 standard errors.
     */
    private static final double SQUARED_STOP = 1e-6;

    /** Up to the translation of the gate and the labels: which of two starts that end at one optimum wins is a matter of rounding. */
    private static void assertSame(MixtureOfExperts model, Estimate actual, Estimate expected) {
        assertThat(actual.certificate().status().certified()).isTrue();
        assertThat(actual.certificate().activeBounds())
                .isEqualTo(expected.certificate().activeBounds());
        List<Atom> atoms = sorted(model, actual);
        List<Atom> expectedAtoms = sorted(model, expected);
        for (int i = 0; i < atoms.size(); i++) {
            for (int c = 0; c < atoms.get(i).gate().length; c++) {
                double gauge = atoms.get(0).gate()[c] - expectedAtoms.get(0).gate()[c];
                assertThat(atoms.get(i).gate()[c] - gauge)
                        .isCloseTo(expectedAtoms.get(i).gate()[c], within(SQUARED_STOP));
            }
            assertThat(atoms.get(i).expert())
                    .containsExactly(expectedAtoms.get(i).expert(), within(SQUARED_STOP));
            assertThat(atoms.get(i).variance()).isCloseTo(expectedAtoms.get(i).variance(), within(SQUARED_STOP));
        }
    }

    private static List<Atom> sorted(MixtureOfExperts model, Estimate estimate) {
        List<Atom> atoms = new ArrayList<>(model.toAtoms(estimate.parameters()));
        atoms.sort(Comparator.comparingDouble(atom -> atom.expert()[0]));
        return atoms;
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
