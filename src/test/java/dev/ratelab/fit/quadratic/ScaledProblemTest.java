package dev.ratelab.fit.quadratic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.LinearConstraint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code 4 x + 8 y - x^2 - 4 y^2} with its maximum 8 at (2, 1), with lengths {@code (4 x^2 + y^2)^(1 / 2)}. */
class ScaledProblemTest {
    private static final double[] GRADIENT = {4, 8};
    private static final double[][] HESSIAN = {{-2, 0}, {0, -8}};
    private static final double[] METRIC = {2, 1};

    private static ScaledProblem problem(double[][] invariances, LinearConstraint... constraints) {
        return new ScaledProblem(
                new FeasibleSet(List.of(constraints)), new double[2], GRADIENT, HESSIAN, METRIC, invariances);
    }

    private static ScaledProblem problem(LinearConstraint... constraints) {
        return problem(new double[0][2], constraints);
    }

    private static LinearConstraint below(String name, double x, double y, double limit) {
        return new LinearConstraint(name, new double[] {x, y}, limit);
    }

    private static void assertStep(ScaledProblem.Step step, double x, double y, double gain) {
        assertThat(step.delta()).containsExactly(new double[] {x, y}, within(1e-9));
        assertThat(step.gain()).isCloseTo(gain, within(1e-9));
        assertThat(step.length()).isCloseTo(Math.sqrt(4 * x * x + y * y), within(1e-9));
    }

    @Test
    void withoutConstraintsItIsTheNewtonStepOrItIsAsLongAsTheRadius() {
        ScaledProblem problem = problem();
        assertStep(problem.maximise(10), 2, 1, 8);
        assertThat(problem.newtonStep(1e-10)).containsExactly(new double[] {2, 1}, within(1e-12));
        assertThat(problem.maximise(1).length()).isCloseTo(1, within(1e-9));
        assertThat(problem.projectedGradient())
                .as("of the gradient (4 / 2, 8 / 1) of scaled coordinates")
                .isCloseTo(Math.sqrt(4 + 64), within(1e-12));
        assertThat(problem.activeNames()).isEmpty();
    }

    /** {@code x <= 1} is met on the way; along it y goes on to its own maximum. */
    @Test
    void aConstraintThatIsMetOnTheWayIsFollowed() {
        ScaledProblem.Step step = problem(below("x", 1, 0, 1)).maximise(10);
        assertStep(step, 1, 1, 4 - 1 + 4);
    }

    /** At {@code x <= 0} the multiplier is 4: what is left is y. A bound in the other sense does not hold. */
    @Test
    void anActiveConstraintWithAMultiplierHolds() {
        ScaledProblem held = problem(below("x", 1, 0, 0));
        assertStep(held.maximise(10), 0, 1, 4);
        assertThat(held.projectedGradient()).isCloseTo(8, within(1e-12));
        assertThat(held.freeModel().size()).isEqualTo(1);
        assertThat(held.freeModel().curvature(0)).isCloseTo(8, within(1e-12));
        ScaledProblem free = problem(below("-x", -1, 0, 0));
        assertStep(free.maximise(10), 2, 1, 8);
        assertThat(free.freeModel().size()).isEqualTo(2);
        assertThat(problem(below("b", 1, 0, 0), below("c", 1, 1, 5), below("a", 0, -1, 0))
                        .activeNames())
                .as("sorted, without what is not active")
                .containsExactly("a", "b");
    }

    /** Both bounds hold the point: nothing is left, and nothing is promised. */
    @Test
    void aVertexThatHoldsHasNoStep() {
        ScaledProblem vertex = problem(below("x", 1, 0, 0), below("y", 0, 1, 0));
        assertStep(vertex.maximise(10), 0, 0, 0);
        assertThat(vertex.projectedGradient()).isCloseTo(0, within(1e-12));
        assertThat(vertex.freeModel().size()).isZero();
    }

    /** Steps along (1, 1) are held: what is left are multiples of (1, -4), orthogonal to it in the metric. */
    @Test
    void invariancesAreHeldInTheMetric() {
        ScaledProblem.Step step = problem(new double[][] {{1, 1}}).maximise(100);
        // 4 t - 32 t - t^2 - 64 t^2 is largest at t = -14 / 65, where it is 14^2 / 65.
        double t = -14 / 65.0;
        assertStep(step, t, -4 * t, 14 * 14 / 65.0);
    }

    @Test
    void whatIsNotFiniteHasNoStep() {
        assertThat(problem().isFinite()).isTrue();
        assertThat(new ScaledProblem(
                                new FeasibleSet(List.of()),
                                new double[2],
                                new double[] {Double.NaN, 0},
                                HESSIAN,
                                METRIC,
                                new double[0][2])
                        .isFinite())
                .isFalse();
        assertThat(new ScaledProblem(
                                new FeasibleSet(List.of()),
                                new double[2],
                                GRADIENT,
                                new double[][] {{-2, 0}, {0, Double.NEGATIVE_INFINITY}},
                                METRIC,
                                new double[0][2])
                        .isFinite())
                .isFalse();
    }
}
