package dev.ratelab.fit.quadratic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.math.Vectors;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class QuadraticModelTest {

    @Property(tries = 300)
    void inTwoDimensionsNoPointOfTheDiscIsHigher(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] hessian = symmetric(2, random);
        double[] gradient = {random.nextGaussian(), random.nextGaussian()};
        double radius = Math.pow(10, 2 * random.nextDouble() - 1);
        double[] step = new QuadraticModel(gradient, hessian).maximiser(radius);
        assertThat(Vectors.norm(step)).isLessThanOrEqualTo(radius * (1 + 1e-9));
        double reached = gain(gradient, hessian, step);
        for (int ring = 0; ring <= 40; ring++) {
            for (int angle = 0; angle < 360; angle++) {
                double length = radius * ring / 40;
                double[] other = {length * Math.cos(Math.toRadians(angle)), length * Math.sin(Math.toRadians(angle))};
                assertThat(gain(gradient, hessian, other))
                        .isLessThanOrEqualTo(reached + 1e-9 * (1 + Math.abs(reached)));
            }
        }
    }

    @Property(tries = 300)
    void stepMeetsTheConditionsOfTheGlobalMaximum(@ForAll @IntRange(min = 1, max = 12) int size, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] hessian = symmetric(size, random);
        double[] gradient = random.doubles(size, -1, 1).toArray();
        double radius = Math.pow(10, 4 * random.nextDouble() - 2);
        QuadraticModel model = new QuadraticModel(gradient, hessian);
        double[] step = model.maximiser(radius);
        // (-H + mu I) s = g with mu >= 0, -H + mu I positive semidefinite, mu = 0 inside the ball.
        double[] residual = Vectors.multiply(hessian, step);
        for (int a = 0; a < size; a++) {
            residual[a] += gradient[a];
        }
        double mu = Vectors.dot(residual, step) / Vectors.dot(step, step);
        double scale = Vectors.norm(gradient) + Math.abs(mu) * radius;
        for (int a = 0; a < size; a++) {
            assertThat(residual[a]).isCloseTo(mu * step[a], within(1e-8 * scale));
        }
        assertThat(mu).isGreaterThanOrEqualTo(-1e-8 * (1 + scale));
        assertThat(model.smallestCurvature() + mu).isGreaterThanOrEqualTo(-1e-8 * (1 + Math.abs(mu)));
        double length = Vectors.norm(step);
        assertThat(length).isLessThanOrEqualTo(radius * (1 + 1e-9));
        if (length < radius * (1 - 1e-6)) {
            assertThat(mu).isCloseTo(0, within(1e-8 * (1 + scale / length)));
        }
    }

    @Test
    void aConcaveQuadraticWhoseMaximumLiesInsideGivesTheNewtonStep() {
        double[] step = new QuadraticModel(new double[] {2, -3}, new double[][] {{-4, 1}, {1, -2}}).maximiser(100);
        // Solves {{4, -1}, {-1, 2}} s = (2, -3).
        assertThat(step[0]).isCloseTo(1.0 / 7, within(1e-14));
        assertThat(step[1]).isCloseTo(-10.0 / 7, within(1e-14));
    }

    @Test
    void inTheHardCaseTheStepReachesTheBoundaryAlongTheAscentDirection() {
        // The gradient is orthogonal to the direction of positive curvature.
        double[][] hessian = {{1, 0}, {0, -3}};
        double[] step = new QuadraticModel(new double[] {0, 1}, hessian).maximiser(2);
        assertThat(Vectors.norm(step)).isCloseTo(2, within(1e-9));
        assertThat(step[1]).isCloseTo(0.25, within(1e-9));
        // A saddle with no gradient at all: the whole radius goes along the ascent direction.
        double[] fromRest = new QuadraticModel(new double[2], hessian).maximiser(2);
        assertThat(Math.abs(fromRest[0])).isCloseTo(2, within(1e-9));
        assertThat(fromRest[1]).isCloseTo(0, within(1e-9));
    }

    @Test
    void newtonStepsLeaveOutWhatIsFlatAndMirrorsTurnTheAscent() {
        QuadraticModel model = new QuadraticModel(new double[] {2, 1}, new double[][] {{-4, 0}, {0, -0.5}});
        assertThat(model.newtonStep(0)).containsExactly(new double[] {0.5, 2}, within(1e-14));
        assertThat(model.newtonStep(0.5))
                .as("a curvature of the threshold is flat")
                .containsExactly(new double[] {0.5, 0}, within(1e-14));
        assertThat(model.smallestCurvature()).isCloseTo(0.5, within(1e-15));
        assertThat(model.largestCurvature()).isCloseTo(4, within(1e-15));
        QuadraticModel rising = new QuadraticModel(new double[3], new double[][] {{-1, 0, 0}, {0, 2, 0}, {0, 0, 1}});
        assertThat(rising.mirrored(new double[] {3, 5, 7})).containsExactly(new double[] {3, -5, 7}, within(1e-13));
    }

    @Test
    void flatDirectionsWithoutSlopeTakeNoStep() {
        double[] step = new QuadraticModel(new double[] {0, 1}, new double[][] {{0, 0}, {0, -2}}).maximiser(10);
        assertThat(gain(new double[] {0, 1}, new double[][] {{0, 0}, {0, -2}}, step))
                .isCloseTo(0.25, within(1e-12));
    }

    @Test
    void extremeAndUndefinedNumbersEnd() {
        double[][] tiny = {{-1e-300, 0, 0}, {0, -1, 0}, {0, 0, -0.0}};
        for (double slope : new double[] {1e-200, 1e200, Double.NaN, Double.POSITIVE_INFINITY}) {
            for (double radius : new double[] {1e-12, 1, 1e12}) {
                QuadraticModel model = new QuadraticModel(new double[] {slope, slope, slope}, tiny);
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> model.maximiser(radius));
            }
        }
    }

    @Test
    void anEmptyProblemHasAnEmptyStep() {
        assertThat(new QuadraticModel(new double[0], new double[0][]).maximiser(1))
                .isEmpty();
    }

    private static double[][] symmetric(int size, Random random) {
        double[][] matrix = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                matrix[a][b] = random.nextGaussian();
                matrix[b][a] = matrix[a][b];
            }
        }
        return matrix;
    }

    private static double gain(double[] gradient, double[][] hessian, double[] step) {
        return Vectors.dot(gradient, step) + 0.5 * Vectors.dot(Vectors.multiply(hessian, step), step);
    }
}
