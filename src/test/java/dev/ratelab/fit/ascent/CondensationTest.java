package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Generator;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.Atom;
import dev.ratelab.model.CanonicalExperts;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Streams;
import dev.ratelab.testing.Slow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CondensationTest {
    private static Truth truth(String gate, String expert) {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of(expert), Noise.OWN, 2, 1);
        double[][] gates = model.gate().canonical(2, 1).orElseThrow();
        CanonicalExperts canonical = model.expert().canonical(2, 1).orElseThrow();
        double[][] experts = canonical.parameters();
        double variance = canonical.variance();
        return new Truth(
                model,
                List.of(new Atom(gates[0], experts[0], variance), new Atom(gates[1], experts[1], variance)),
                InputDistribution.uniform(-3, 3));
    }

    /** Sums over nodes of functions up to the second degree within bins are those over rows. */
    @Test
    void nodesHaveTheCountMeansAndSquaresOfTheRows() {
        Truth truth = truth("softmax", "linear");
        Sample sample = Generator.generate(truth, 40_000, "condensation");
        Sample nodes = Condensation.of(Objective.of(truth.model(), sample), Condensation.COARSE, truth.parameters());
        assertThat(nodes.size()).isLessThan(sample.size() / 8);
        assertThat(nodes.totalWeight()).isCloseTo(40_000, within(1e-6));
        assertThat(sum(nodes, 1, 0)).isCloseTo(sum(sample, 1, 0), within(1e-6));
        assertThat(sum(nodes, 0, 1)).isCloseTo(sum(sample, 0, 1), within(1e-6));
        assertThat(sum(nodes, 2, 0)).isCloseTo(sum(sample, 2, 0), within(1e-6));
        assertThat(sum(nodes, 1, 1)).isCloseTo(sum(sample, 1, 1), within(1e-6));
        assertThat(sum(nodes, 0, 2)).isCloseTo(sum(sample, 0, 2), within(1e-6));
    }

    private static double sum(Sample sample, int ofInput, int ofResponse) {
        double sum = 0;
        for (int row = 0; row < sample.size(); row++) {
            double product = sample.weight(row);
            for (int factor = 0; factor < ofInput; factor++) {
                product *= sample.x(0, row);
            }
            for (int factor = 0; factor < ofResponse; factor++) {
                product *= sample.y(row);
            }
            sum += product;
        }
        return sum;
    }

    /** The gradient is off by a small part of a standard error: so is the maximum. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "softmax | linear",
                "softmax | tanh",
                "dense-to-sparse | linear",
                "sigmoid | gelu",
                "gaussian | linear",
            })
    void theGradientOfTheNodesIsThatOfTheRows(String gate, String expert) {
        Truth truth = truth(gate, expert);
        MixtureOfExperts model = truth.model();
        Sample sample = Generator.generate(truth, 50_000, "condensation");
        Objective ofRows = Objective.of(model, sample);
        Objective ofNodes = Objective.of(model, Condensation.of(ofRows, Condensation.FINE, truth.parameters()));
        // Not where the nodes were made, but a few standard errors away.
        double[] near = truth.parameters();
        for (int a = 0; a < near.length; a++) {
            near[a] += (a % 2 == 0 ? 0.01 : -0.01);
        }
        Evaluation rows = Evaluation.of(model);
        Evaluation nodes = Evaluation.of(model);
        ofRows.evaluate(near, Order.COMPLETE, rows);
        ofNodes.evaluate(near, Order.COMPLETE, nodes);
        for (int a = 0; a < near.length; a++) {
            double standardError = Math.sqrt(Math.abs(rows.hessian[a][a]));
            assertThat(nodes.gradient[a])
                    .as("derivative by parameter " + a)
                    .isCloseTo(rows.gradient[a], within(0.05 * standardError));
        }
    }

    @Test
    void onlyLargeUnweightedSamplesOfOneInputInTheDensityProblemAreCondensed() {
        MixtureOfExperts model = truth("softmax", "linear").model();
        MixtureOfExperts regression = new MixtureOfExperts(model.gate(), model.expert(), Noise.known(1), 2, 1);
        double[][] x = new double[1][Condensation.FEWEST_CONDENSED_ROWS];
        double[] ones = ones(Condensation.FEWEST_CONDENSED_ROWS);
        Sample sample = Sample.of(x, ones);
        assertThat(Condensation.serves(model, sample)).isTrue();
        assertThat(Condensation.serves(regression, sample)).isFalse();
        assertThat(Condensation.serves(model, Sample.of(x, ones, ones))).isFalse();
        assertThat(Condensation.serves(model, sample.pick(new int[100]))).isFalse();
        double[][] two = {x[0], x[0]};
        assertThat(Condensation.serves(
                        new MixtureOfExperts(model.gate(), model.expert(), Noise.OWN, 2, 2), Sample.of(two, ones)))
                .isFalse();
    }

    /** Where no input and no response differs from another, there is one bin, and one node in it. */
    @Test
    void equalRowsAreOneNode() {
        Truth truth = truth("softmax", "linear");
        double[][] x = new double[1][Condensation.FEWEST_CONDENSED_ROWS];
        Sample equal = Sample.of(x, new double[Condensation.FEWEST_CONDENSED_ROWS]);
        Sample nodes = Condensation.of(Objective.of(truth.model(), equal), Condensation.FINE, truth.parameters());
        assertThat(nodes.size()).isEqualTo(1);
        assertThat(nodes.weight(0)).isEqualTo(Condensation.FEWEST_CONDENSED_ROWS);
        assertThat(nodes.x(0, 0)).isCloseTo(0, within(1e-12));
        assertThat(nodes.y(0)).isCloseTo(0, within(1e-12));
    }

    /**
     * Climbs of four experts for the two of arXiv 2305.03288, from a tenth off the truth. Rows that each have the weight one are not
     * condensed: the same data without shortcuts.
     */
    @Slow
    @Test
    void shortcutsSpareMostOfTheIterationsAndLeadAsHigh() {
        MixtureOfExperts two = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), Noise.OWN, 2, 1);
        Truth truth = new Truth(
                two,
                List.of(
                        new Atom(new double[] {-8, 25}, new double[] {15, -20}, 0.09),
                        new Atom(new double[] {0, 0}, new double[] {-5, 20}, 0.16)),
                InputDistribution.uniform(0, 1));
        MixtureOfExperts model = two.withAtoms(4);
        FeasibleSet feasible = new FeasibleSet(model.constraints(new ParameterBounds(12, 40, 0.03, 50)));
        int iterations = 0;
        int iterationsWithout = 0;
        double gain = 0;
        for (int seed = 1; seed <= 6; seed++) {
            String key = "shortcut;seed=" + seed;
            Sample sample = Generator.generate(truth, 50_000, key);
            Sample weighted = Sample.of(columns(sample), response(sample), ones(sample.size()));
            double[] start = feasible.project(
                    Starts.oracle(truth, model, 0.1, Streams.of(key, "start")).parameters());
            NewtonPolish.Result end = climb(model, sample, feasible, start);
            NewtonPolish.Result without = climb(model, weighted, feasible, start);
            assertThat(end.certificate().status().certified()).isTrue();
            assertThat(without.certificate().status().certified()).isTrue();
            iterations += end.iterations();
            iterationsWithout += without.iterations();
            gain += end.logLikelihood() - without.logLikelihood();
        }
        assertThat(iterations).isLessThan(iterationsWithout / 3);
        // Maxima of one data set differ by some nats; which of them is reached is chance, with and without shortcuts.
        assertThat(gain / 6).isBetween(-2.0, 2.0);
    }

    private static NewtonPolish.Result climb(
            MixtureOfExperts model, Sample sample, FeasibleSet feasible, double[] start) {
        return new NewtonPolish(model, Objective.of(model, sample), feasible)
                .run(start, StopRule.defaults(), new Deadline(0));
    }

    private static double[][] columns(Sample sample) {
        double[][] x = new double[1][sample.size()];
        for (int row = 0; row < sample.size(); row++) {
            x[0][row] = sample.x(0, row);
        }
        return x;
    }

    private static double[] response(Sample sample) {
        double[] y = new double[sample.size()];
        for (int row = 0; row < y.length; row++) {
            y[row] = sample.y(row);
        }
        return y;
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }
}
