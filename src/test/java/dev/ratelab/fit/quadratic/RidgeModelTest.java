package dev.ratelab.fit.quadratic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RidgeModelTest {

    /** A concave quadratic with curvatures over six orders of magnitude, in a metric of ones. */
    private static final class Case {
        final Evaluation evaluation;
        final Random random;

        Case(int size, long seed) {
            random = new Random(seed);
            evaluation = new Evaluation(size, 1);
            for (int v = 0; v < size; v++) {
                double curvature = Math.pow(10, -6 * random.nextDouble());
                double[] axis = random.doubles(size, -1, 1).toArray();
                for (int a = 0; a < size; a++) {
                    for (int b = 0; b < size; b++) {
                        evaluation.hessian[a][b] -= curvature * axis[a] * axis[b];
                    }
                }
            }
            for (int a = 0; a < size; a++) {
                // Axes that nearly coincide would leave a curvature of rounding error.
                evaluation.hessian[a][a] -= 1e-6;
                evaluation.gradient[a] = 0.1 * random.nextGaussian();
            }
        }

        int size() {
            return evaluation.gradient.length;
        }

        RidgeModel model(List<LinearConstraint> constraints) {
            double[] ones = new double[size()];
            Arrays.fill(ones, 1);
            return new RidgeModel(
                    new FeasibleSet(constraints),
                    new double[size()],
                    evaluation.gradient,
                    evaluation.hessian,
                    ones,
                    new double[0][size()]);
        }

        double change(double[] step) {
            return Vectors.dot(evaluation.gradient, step)
                    + 0.5 * Vectors.dot(step, Vectors.multiply(evaluation.hessian, step));
        }

        double[] numbers(double scale) {
            double[] numbers = new double[size()];
            for (int a = 0; a < numbers.length; a++) {
                numbers[a] = scale * random.nextGaussian();
            }
            return numbers;
        }
    }

    @Property(tries = 200)
    void anAscentKeepsTheLevelAndTheRadiusAndNoOtherPointIsHigher(
            @ForAll @IntRange(min = 1, max = 6) int size, @ForAll long seed) {
        Case given = new Case(size, seed);
        double[] slope = given.numbers(1);
        double room = 3 * given.random.nextDouble();
        double radius = Math.pow(10, 3 * given.random.nextDouble() - 1);
        RidgeModel.Step step = given.model(List.of()).ascend(slope, room, radius);
        assertThat(step.length()).isLessThanOrEqualTo(radius * (1 + 1e-6));
        assertThat(given.change(step.delta())).isGreaterThanOrEqualTo(-room - 1e-6 * (1 + room));
        assertThat(step.rise()).isGreaterThanOrEqualTo(0);
        for (int trial = 0; trial < 300; trial++) {
            double[] other = step.delta().clone();
            double[] change = given.numbers(radius * Math.pow(10, -3 * given.random.nextDouble()));
            for (int a = 0; a < size; a++) {
                other[a] = trial % 2 == 0 ? change[a] : other[a] + change[a];
            }
            if (Vectors.norm(other) <= radius && given.change(other) >= -room) {
                assertThat(Vectors.dot(slope, other)).isLessThanOrEqualTo(step.rise() + 1e-4 * Math.abs(step.rise()));
            }
        }
    }

    @Property(tries = 200)
    void aStepBackReachesTheLevelAndNoShorterOneDoes(@ForAll @IntRange(min = 1, max = 6) int size, @ForAll long seed) {
        Case given = new Case(size, seed);
        RidgeModel model = given.model(List.of());
        double most = given.change(model.restore(Double.MAX_VALUE, 1e30).delta());
        double gain = most * (0.1 + 0.8 * given.random.nextDouble());
        RidgeModel.Step step = model.restore(gain, 1e30);
        assertThat(given.change(step.delta())).isGreaterThanOrEqualTo(gain * (1 - 1e-5));
        for (int trial = 0; trial < 300; trial++) {
            double[] other = given.numbers(1);
            double scale = 0.999 * step.length() / Vectors.norm(other);
            for (int a = 0; a < size; a++) {
                other[a] *= scale;
            }
            assertThat(given.change(other)).isLessThan(gain);
        }
    }

    @Property(tries = 200)
    void stepsStayWithinTheConstraints(@ForAll @IntRange(min = 2, max = 6) int size, @ForAll long seed) {
        Case given = new Case(size, seed);
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int i = 0; i < 2 * size; i++) {
            constraints.add(
                    new LinearConstraint("c" + i, given.numbers(1), i % 3 == 0 ? 0 : given.random.nextDouble()));
        }
        RidgeModel model = given.model(constraints);
        double[] slope = given.numbers(1);
        for (RidgeModel.Step step : List.of(model.ascend(slope, 1, 10), model.restore(0.1, 10))) {
            assertThat(step.length()).isLessThanOrEqualTo(10 * (1 + 1e-6));
            for (LinearConstraint constraint : constraints) {
                assertThat(constraint.excess(step.delta())).isLessThan(1e-7);
            }
        }
    }
}
