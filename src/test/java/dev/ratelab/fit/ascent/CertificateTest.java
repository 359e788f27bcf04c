package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;

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
}
