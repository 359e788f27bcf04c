package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.ScaledProblem;
import dev.ratelab.math.LinearConstraint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final double[][] SHIFT = {{1, 1, 1, 1}};
    private static final double[] UNIT = {1, 1, 1, 1};

    @Test
    void multipliersThatAreNotUniqueDoNotHideThatAVertexHoldsThePoint() {
        // Four of the pairwise differences are active, of which any three imply the fourth. Two multipliers explain the
        // gradient, but the direction that they leave free, (1, -1, 1, -1), is blocked both ways by the other two.
        double[] gradient = {1, 1, -1, -1};
        double[] point = {0.5, 0.5, -0.5, -0.5};
        ScaledProblem problem =
                new ScaledProblem(differences(1), point, gradient, hessian(new double[] {1, -1, 1, -1}), UNIT, SHIFT);
        Certificate certificate = Certificate.of(problem, 1e-6, 1, FitStatus.MAX_ITERATIONS);
        assertThat(certificate.status()).isEqualTo(FitStatus.CONVERGED_AT_BOUND);
        assertThat(certificate.activeBounds()).hasSize(4);
        assertThat(problem.maximise(1).gain()).isLessThan(1e-12);
    }

    @Test
    void anAscentThatIsBlockedOneWayIsTakenTheOtherWay() {
        // The constraint x <= 0 is active without a multiplier; the objective x^2 rises both ways.
        for (double sense : new double[] {1, -1}) {
            FeasibleSet half = new FeasibleSet(List.of(new LinearConstraint("half", new double[] {sense, 0}, 0)));
            ScaledProblem problem = new ScaledProblem(
                    half,
                    new double[2],
                    new double[2],
                    hessian(new double[] {1, 0}),
                    new double[] {1, 1},
                    new double[0][]);
            ScaledProblem.Step step = problem.maximise(1);
            assertThat(step.gain()).isGreaterThan(0.4);
            assertThat(sense * step.delta()[0]).isLessThan(-0.9);
            assertThat(Certificate.of(problem, 1e-6, 1, FitStatus.MAX_ITERATIONS)
                            .status())
                    .isEqualTo(FitStatus.SADDLE);
        }
    }

    @Test
    void curvatureThatPromisesNothingIsFlat() {
        double[][] hessian = hessian(new double[2]);
        hessian[0][0] = 1e-8;
        ScaledProblem problem = new ScaledProblem(
                new FeasibleSet(List.of()),
                new double[2],
                new double[2],
                hessian,
                new double[] {1, 1},
                new double[0][]);
        Certificate certificate = Certificate.of(problem, 1e-6, 2, FitStatus.MAX_ITERATIONS);
        assertThat(certificate.status()).isEqualTo(FitStatus.FLAT);
        assertThat(certificate.flatDimensions()).isEqualTo(1);
    }

    /** The Hessian {@code -I + 2 u u'}. */
    private static double[][] hessian(double[] u) {
        double[][] hessian = new double[u.length][u.length];
        for (int a = 0; a < u.length; a++) {
            for (int b = 0; b < u.length; b++) {
                hessian[a][b] = (a == b ? -1 : 0) + 2 * u[a] * u[b];
            }
        }
        return hessian;
    }

    private static FeasibleSet differences(double limit) {
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int l = 0; l < 4; l++) {
                if (i != l) {
                    double[] row = new double[4];
                    row[i] = 1;
                    row[l] = -1;
                    constraints.add(new LinearConstraint("difference", row, limit));
                }
            }
        }
        return new FeasibleSet(constraints);
    }

    private static Certificate certificate(double[] gradient, double[] curvature, double predictedGain, double radius) {
        double[][] hessian = new double[curvature.length][curvature.length];
        double[] metric = new double[curvature.length];
        for (int a = 0; a < curvature.length; a++) {
            hessian[a][a] = -curvature[a];
            metric[a] = 1;
        }
        ScaledProblem problem = new ScaledProblem(
                new FeasibleSet(List.of()),
                new double[curvature.length],
                gradient,
                hessian,
                metric,
                new double[0][curvature.length]);
        return Certificate.of(problem, predictedGain, radius, FitStatus.MAX_ITERATIONS);
    }

    /** The Newton decrement of {@code g = (3, 1)} and curvatures 2 and 4 is {@code 9 / 4 + 1 / 8}. */
    @Test
    void theDecrementIsWhatTheNewtonStepPromises() {
        Certificate open = certificate(new double[] {3, 1}, new double[] {2, 4}, 1e-6, 10);
        assertThat(open.status()).isEqualTo(FitStatus.MAX_ITERATIONS);
        assertThat(open.newtonDecrement()).isCloseTo(9 / 4.0 + 1 / 8.0, within(1e-12));
        assertThat(open.projectedGradient()).isCloseTo(Math.sqrt(10), within(1e-12));
        assertThat(open.smallestEigenvalue()).isCloseTo(2, within(1e-12));
        assertThat(open.largestEigenvalue()).isCloseTo(4, within(1e-12));
        assertThat(open.flatDimensions()).isZero();
        Certificate closed = certificate(new double[] {3e-4, 1e-4}, new double[] {2, 4}, 1e-6, 10);
        assertThat(closed.status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(closed.newtonDecrement()).isCloseTo((9 / 4.0 + 1 / 8.0) * 1e-8, within(1e-16));
        assertThat(certificate(new double[] {3, 1}, new double[] {2, 4}, 2.4, 10)
                        .status())
                .as("a promise of 2.375 nats is within 2.4")
                .isEqualTo(FitStatus.CONVERGED);
        assertThat(certificate(new double[] {3, 1}, new double[] {2, 4}, 2.3, 10)
                        .status())
                .isEqualTo(FitStatus.MAX_ITERATIONS);
    }

    /** A direction of no curvature is flat if it has no slope; with one it promises its slope times the radius. */
    @Test
    void aFlatDirectionMayHaveNoSlope() {
        Certificate flat = certificate(new double[] {0, 0}, new double[] {1, 0}, 1e-6, 2);
        assertThat(flat.status()).isEqualTo(FitStatus.FLAT);
        assertThat(flat.flatDimensions()).isEqualTo(1);
        assertThat(flat.smallestEigenvalue()).isCloseTo(0, within(1e-15));
        for (double sense : new double[] {1, -1}) {
            Certificate sloping = certificate(new double[] {0, sense * 0.01}, new double[] {1, 0}, 1e-6, 2);
            assertThat(sloping.status()).isEqualTo(FitStatus.MAX_ITERATIONS);
            assertThat(sloping.newtonDecrement()).isCloseTo(0.02, within(1e-9));
        }
        assertThat(certificate(new double[] {0, 0.5e-4}, new double[] {1, 0}, 1e-6, 2)
                        .status())
                .as("a slope that rounding may leave")
                .isEqualTo(FitStatus.FLAT);
    }

    /** Upward curvature of 1 promises {@code radius^2 / 2}; with a slope beside it the point is no saddle, but on its way. */
    @Test
    void aSaddleHasNothingToGainButByItsAscent() {
        Certificate saddle = certificate(new double[] {0, 0}, new double[] {1, -1}, 1e-6, 2);
        assertThat(saddle.status()).isEqualTo(FitStatus.SADDLE);
        assertThat(saddle.newtonDecrement()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(saddle.smallestEigenvalue()).isCloseTo(-1, within(1e-12));
        assertThat(certificate(new double[] {1, 0}, new double[] {1, -1}, 1e-6, 2)
                        .status())
                .isEqualTo(FitStatus.MAX_ITERATIONS);
    }

    @Test
    void anotherStatusLeavesTheNumbersAsTheyAre() {
        Certificate certificate = certificate(new double[] {3, 1}, new double[] {2, 4}, 1e-6, 10);
        Certificate other = certificate.withStatus(FitStatus.DEGENERATE);
        assertThat(other.status()).isEqualTo(FitStatus.DEGENERATE);
        assertThat(other.newtonDecrement()).isEqualTo(certificate.newtonDecrement());
        assertThat(other.projectedGradient()).isEqualTo(certificate.projectedGradient());
        Certificate none = Certificate.none(FitStatus.NON_FINITE);
        assertThat(none.status()).isEqualTo(FitStatus.NON_FINITE);
        assertThat(none.newtonDecrement()).isNaN();
        assertThat(none.activeBounds()).isEmpty();
    }
}
