package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ratelab.data.ChunkedRows;
import dev.ratelab.data.GeneratedRows;
import dev.ratelab.data.Generator;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.fit.ascent.Start;
import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.objective.ColumnMoments;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.testing.DividedRows;
import dev.ratelab.testing.Simulated;
import dev.ratelab.testing.Slow;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits have the same bits wherever their rows are and however they are divided. */
class DividedFitTest {
    private static final ParameterBounds BOUNDS = new ParameterBounds(1.5, 4, 0.3, 50);

    private static final Truth TRUTH = truth(Noise.OWN);

    private static Truth truth(Noise noise) {
        double variance = noise.kind() == Noise.Kind.KNOWN ? noise.variance() : 1;
        MixtureOfExperts model = new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), noise, 2, 1);
        return new Truth(
                model,
                List.of(
                        new Atom(new double[] {0, 1}, new double[] {3, 1}, variance),
                        new Atom(new double[] {0, 0}, new double[] {-3, -1}, variance)),
                InputDistribution.uniform(-1.7, 1.7));
    }

    private static void assertSame(Estimate actual, Estimate expected) {
        assertThat(actual.parameters()).containsExactly(expected.parameters());
        assertThat(actual.logLikelihood()).isEqualTo(expected.logLikelihood());
        assertThat(actual.certificate()).isEqualTo(expected.certificate());
        assertThat(actual.totalIterations()).isEqualTo(expected.totalIterations());
        assertThat(actual.randomParameters()).containsExactly(expected.randomParameters());
    }

    /** Gates with parameters of their own and shared ones, with stages, without a softmax, and with a model of the inputs. */
    @Slow
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "softmax | linear | OWN",
                "softmax | tanh | SHARED",
                "softmax | linear | KNOWN",
                "dense-to-sparse(temperature=2:0.5) | linear | OWN",
                "hierarchical(groups=2,outer=dense-to-sparse(temperature=3:0.7)) | linear | OWN",
                "top-k(k=1) | linear | OWN",
                "sigmoid | sigmoid | KNOWN",
                "gaussian | linear | OWN",
            })
    void everyFamilyGivesTheSameBitsInMemoryGeneratedAndDivided(String gate, String expert, Noise.Kind kind) {
        Noise noise = kind == Noise.Kind.KNOWN ? Noise.known(0.5) : new Noise(kind, Double.NaN);
        Truth truth = truth(kind == Noise.Kind.KNOWN ? noise : Noise.OWN);
        MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of(expert), noise, 2, 1);
        Sample sample = Generator.generate(truth, 101_000, "data");
        GeneratedRows rows = GeneratedRows.of(truth, 101_000, "data", 40_000);
        List<Start> starts = Starts.random(1, model, sample, "starts");
        StopRule stop = new StopRule(1e-6, 6, 10, 0);
        Estimator estimator = new Estimator(model, ParameterBounds.none(), stop);
        Estimate expected = estimator.fit(sample, starts);
        assertThat(expected.totalIterations()).isPositive();
        assertSame(estimator.fit(rows, starts), expected);
        assertSame(estimator.fit(new DividedRows(sample, 3), starts), expected);
        assertSame(estimator.fit(new DividedRows(rows, 2), starts), expected);
    }

    @Property(tries = 60)
    void anEvaluationDoesNotDependOnTheNumberOfParts(
            @ForAll @IntRange(min = 1, max = 30) int parts,
            @ForAll @IntRange(min = 1, max = 700_000) int size,
            @ForAll long seed) {
        MixtureOfExperts model = TRUTH.model().withAtoms(3);
        // The same rows over and over: what counts is the order of sums.
        Sample some = Generator.generate(TRUTH, 1000, "data " + seed);
        int[] numbers = new int[size];
        for (int n = 0; n < size; n++) {
            numbers[n] = n % 1000;
        }
        ChunkedRows rows = some.pick(numbers);
        double[] theta = Simulated.parameters(model.parameterCount(), seed);
        Order order = List.of(Order.values()).get(new Random(seed).nextInt(3));
        Evaluation expected = Evaluation.of(model);
        Objective.of(model, rows).evaluate(theta, order, expected);
        Evaluation actual = Evaluation.of(model);
        Objective divided = Objective.of(model, new DividedRows(rows, parts));
        divided.evaluate(theta, order, actual);
        assertThat(actual.entries(Order.OBSERVED)).containsExactly(expected.entries(Order.OBSERVED));
        assertThat(divided.meanSquaredResponse())
                .isEqualTo(Objective.of(model, rows).meanSquaredResponse());
    }

    @Test
    void startsFromTheDataAreThoseOfTheSampleInMemory() {
        MixtureOfExperts model = TRUTH.model().withAtoms(3);
        List<Start> expected = Starts.random(3, model, Generator.generate(TRUTH, 70_000, "data"), "key");
        List<Start> actual = Starts.random(3, model, GeneratedRows.of(TRUTH, 70_000, "data", 0), "key");
        for (int s = 0; s < expected.size(); s++) {
            assertThat(actual.get(s).parameters())
                    .containsExactly(expected.get(s).parameters());
        }
    }

    /** The radius of the identified set passes over the rows in ways of its own. */
    @Test
    void theIdentifiedSetHasTheSameBits() {
        MixtureOfExperts model = TRUTH.model().withAtoms(3);
        Sample sample = Generator.generate(TRUTH, 40_000, "data");
        List<Start> starts = Starts.of(new StartOptions(1, List.of(0.1), 0), TRUTH, model, sample, "starts");
        Estimate estimate = new Estimator(model, BOUNDS, StopRule.defaults()).fit(sample, starts);
        IdentifiedSet.Radius expected = radius(model, sample, estimate);
        IdentifiedSet.Radius actual = radius(model, new DividedRows(sample, 2), estimate);
        assertThat(expected.loss()).isPositive();
        assertThat(actual.parameters()).containsExactly(expected.parameters());
        assertThat(actual.deficit()).isEqualTo(expected.deficit());
    }

    private static IdentifiedSet.Radius radius(MixtureOfExperts model, Rows rows, Estimate estimate) {
        return new IdentifiedSet(model, BOUNDS, rows, estimate, 1)
                .radius(theta -> Math.abs(theta[model.expertOffset()]), TRUTH, 2, "key")
                .orElseThrow();
    }

    /** Far from zero, where sums of squares would lose all digits, and with a variance that differs between chunks. */
    @Test
    void momentsOfManyChunksAreThoseOfTheColumns() {
        int size = 100_000;
        double[][] x = new double[1][size];
        double[] y = new double[size];
        double mean = 0;
        for (int n = 0; n < size; n++) {
            x[0][n] = 1e6 + (n < 50_000 ? n % 2 : n % 7);
            y[n] = n;
            mean += (x[0][n] - 1e6) / size;
        }
        double squares = 0;
        for (int n = 0; n < size; n++) {
            squares += (x[0][n] - 1e6 - mean) * (x[0][n] - 1e6 - mean) / size;
        }
        ColumnMoments moments = ColumnMoments.of(Sample.of(x, y));
        assertThat(moments.mean(0) - 1e6).isCloseTo(mean, within(1e-7));
        assertThat(moments.variance(0)).isCloseTo(squares, withinPercentage(1e-4));
        assertThat(moments.mean(1)).isCloseTo(49_999.5, within(1e-9));
        assertThat(moments.variance(1)).isCloseTo((1e10 - 1) / 12, withinPercentage(1e-10));
    }
}
