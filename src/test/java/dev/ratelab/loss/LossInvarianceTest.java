package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.testing.LossTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LossInvarianceTest {

    private static void assertSame(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, value) -> {
            if (!name.endsWith("-unprofiled")) {
                assertThat(actual.get(name)).as(name).isCloseTo(value, within(1e-9 * (1 + value)));
            }
        });
    }

    private static double[] shift(int dimension, double t0, double t1) {
        double[] shift = new double[1 + dimension];
        shift[0] = t0;
        for (int c = 1; c <= dimension; c++) {
            shift[c] = t1 / c;
        }
        return shift;
    }

    @Property(tries = 200, seed = "1")
    void losses_do_not_depend_on_labels_or_gauge(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @IntRange(min = 1, max = 3) int trueAtoms,
            @ForAll @IntRange(min = 1, max = 5) int fitted,
            @ForAll @DoubleRange(min = 0.01, max = 1) double radius,
            @ForAll @DoubleRange(min = -4, max = 4) double t0,
            @ForAll @DoubleRange(min = -4, max = 4) double t1,
            @ForAll int seed) {
        Truth truth = Cases.truth(Cases.random("t" + seed, trueAtoms, dimension), dimension);
        List<Atom> estimate = Cases.near(truth.atoms(), fitted, radius, "e" + seed);
        List<Atom> shuffled = new ArrayList<>(estimate);
        Collections.shuffle(shuffled, new Random(seed));
        LossEvaluator evaluator = LossEvaluator.of(truth);
        Map<String, Double> losses = LossTexts.of(
                evaluator.evaluate(Cases.model(fitted, dimension), estimate).losses());
        assertSame(
                LossTexts.of(evaluator
                        .evaluate(Cases.model(fitted, dimension), shuffled)
                        .losses()),
                losses);
        List<Atom> moved = Cases.translated(estimate, shift(dimension, t0, t1));
        assertSame(
                LossTexts.of(evaluator
                        .evaluate(Cases.model(fitted, dimension), moved)
                        .losses()),
                losses);
    }

    @Property(tries = 100, seed = "2")
    void the_truth_split_into_equal_copies_has_no_loss_in_any_gauge(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @IntRange(min = 1, max = 3) int trueAtoms,
            @ForAll @IntRange(min = 0, max = 4) int extra,
            @ForAll @DoubleRange(min = -4, max = 4) double t0,
            @ForAll @DoubleRange(min = -4, max = 4) double t1,
            @ForAll int seed) {
        Truth truth = Cases.truth(Cases.random("t" + seed, trueAtoms, dimension), dimension);
        int fitted = trueAtoms + extra;
        List<Atom> estimate =
                Cases.translated(Cases.near(truth.atoms(), fitted, 0, "copies"), shift(dimension, t0, t1));
        Map<String, Double> losses = LossTexts.compute(truth, Cases.model(fitted, dimension), estimate);
        losses.forEach((name, value) -> {
            if (name.equals("D1") || name.equals("D2") || name.contains("-error-") || name.equals("gate-l2")) {
                assertThat(value).as(name).isCloseTo(0, within(1e-11));
            }
        });
        assertThat(losses.get("hellinger")).isLessThan(1e-13);
        assertThat(losses.get("empty-cells")).isZero();
    }

    /** No translation of the estimate that a random search finds gives less than the infimum with the kept cells. */
    @Property(tries = 60, seed = "3")
    void the_infimum_is_below_the_loss_at_any_translation(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @IntRange(min = 2, max = 3) int trueAtoms,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double radius,
            @ForAll int seed) {
        MixingMeasure truth =
                new MixingMeasure(Cases.model(trueAtoms, dimension), Cases.random("t" + seed, trueAtoms, dimension));
        MixingMeasure estimate = new MixingMeasure(
                Cases.model(trueAtoms, dimension),
                Cases.near(Cases.random("t" + seed, trueAtoms, dimension), trueAtoms, radius, "e" + seed));
        VoronoiLoss.Value value = VoronoiLoss.first(truth).of(estimate);
        Random random = new Random(seed);
        for (int trial = 0; trial < 200; trial++) {
            double scale = Math.exp(radius * random.nextGaussian());
            double[] shift = new double[dimension];
            for (int c = 0; c < dimension; c++) {
                shift[c] = radius * random.nextGaussian();
            }
            assertThat(value.value()).isLessThanOrEqualTo(direct(truth, estimate, value.cells(), scale, shift) + 1e-12);
        }
    }

    private static double direct(
            MixingMeasure truth, MixingMeasure estimate, VoronoiCells cells, double scale, double[] shift) {
        double sum = 0;
        double[] cellMass = new double[truth.atoms];
        for (int i = 0; i < estimate.atoms; i++) {
            int j = cells.cellOf()[i];
            double mass = scale * Math.exp(estimate.logMass[i]);
            double square = estimate.squaredExpertDistance(i, truth, j);
            for (int c = 0; c < shift.length; c++) {
                double difference = estimate.location[i][c] - truth.location[j][c] - shift[c];
                square += difference * difference;
            }
            cellMass[j] += mass;
            sum += mass * Math.sqrt(square);
        }
        for (int j = 0; j < truth.atoms; j++) {
            sum += Math.abs(cellMass[j] - Math.exp(truth.logMass[j]));
        }
        return sum;
    }
}
