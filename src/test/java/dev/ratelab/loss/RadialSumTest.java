package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadialSumTest {
    private static final int[] POWERS = {1, 1, 4, 6, 7};

    private static RadialSum sum(int terms, int dimension, int seed) {
        Stream stream = Streams.of("sum " + dimension + " " + seed, "test");
        double[] coefficient = new double[terms];
        double[][] centre = new double[terms][dimension];
        double[] offset = new double[terms];
        int[] power = new int[terms];
        for (int i = 0; i < terms; i++) {
            coefficient[i] = stream.uniform(i, 0);
            power[i] = seed % 3 == 0 ? 1 : POWERS[stream.integer(i, 1, POWERS.length)];
            // Offsets from none through tiny to one: kinks, near kinks and smooth terms.
            int exponent = stream.integer(i, 2, 10);
            offset[i] = exponent == 9 ? 0 : Math.pow(10, -2 * exponent);
            for (int c = 0; c < dimension; c++) {
                centre[i][c] = stream.normal(i, 3 + c);
            }
        }
        return new RadialSum(coefficient, centre, offset, power);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void no_restarted_nelder_mead_search_finds_a_lower_value(int dimension) {
        for (int seed = 0; seed < 60; seed++) {
            RadialSum sum = sum(2 + seed % 4, dimension, seed);
            double[] found = sum.minimise();
            double[] point = found;
            MultivariateFunction function = sum::value;
            for (double side : new double[] {1, 1e-2, 1e-5}) {
                point = new SimplexOptimizer(new SimpleValueChecker(1e-14, 1e-18))
                        .optimize(
                                new MaxEval(20_000),
                                GoalType.MINIMIZE,
                                new ObjectiveFunction(function),
                                new InitialGuess(point),
                                new NelderMeadSimplex(dimension, side))
                        .getPoint();
            }
            assertThat(sum.value(found)).as("seed " + seed).isLessThanOrEqualTo(sum.value(point) * (1 + 1e-9));
        }
    }

    /** For a convex function of one variable, golden section brackets the minimum to rounding. */
    @Test
    void the_minimum_is_that_of_golden_section_in_one_dimension() {
        for (int seed = 0; seed < 300; seed++) {
            RadialSum sum = sum(2 + seed % 4, 1, seed);
            double low = -6;
            double high = 6;
            double lowest = Double.POSITIVE_INFINITY;
            for (int step = 0; step < 120; step++) {
                double a = low + 0.382 * (high - low);
                double b = low + 0.618 * (high - low);
                double atA = sum.value(new double[] {a});
                double atB = sum.value(new double[] {b});
                lowest = Math.min(lowest, Math.min(atA, atB));
                if (atA < atB) {
                    high = b;
                } else {
                    low = a;
                }
            }
            double found = sum.value(sum.minimise());
            assertThat(found).as("seed " + seed).isLessThanOrEqualTo(lowest * (1 + 1e-9));
        }
    }

    @Test
    void a_kink_that_outweighs_the_rest_is_the_minimum() {
        RadialSum sum = new RadialSum(
                new double[] {0.7, 0.3}, new double[][] {{1, 2}, {-4, 0}}, new double[] {0, 0}, new int[] {1, 1});
        assertThat(sum.minimise()).containsExactly(1, 2);
    }

    @Test
    void equal_centres_are_the_minimum() {
        RadialSum sum = new RadialSum(
                new double[] {0.7, 0.3}, new double[][] {{1, 2}, {1, 2}}, new double[] {0, 1}, new int[] {4, 1});
        assertThat(sum.value(sum.minimise())).isEqualTo(0.3);
    }

    @Test
    void half_powers_are_exact_for_squares() {
        assertThat(RadialSum.halfPower(9, 1)).isEqualTo(3);
        assertThat(RadialSum.halfPower(9, 4)).isEqualTo(81);
        assertThat(RadialSum.halfPower(4, 7)).isEqualTo(128);
    }
}
