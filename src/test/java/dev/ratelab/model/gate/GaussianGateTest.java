package dev.ratelab.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.JointGate;
import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.junit.jupiter.api.Test;

class GaussianGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(new Variant("gaussian", References.each(GaussianGateTest::logDensity)));
    }

    private static double logDensity(double[] atom, double[] x) {
        int d = x.length;
        double[] centre = new double[d];
        System.arraycopy(atom, 1, centre, 0, d);
        double[][] covariance = TriangularFactor.readCovariance(atom, 1 + d, d);
        return atom[0] + Math.log(new MultivariateNormalDistribution(centre, covariance).density(x));
    }

    @Test
    void theMStepIsTheWeightedMeanAndCovarianceAndLeavesNoGradient() {
        GateCase c = new GateCase(null, new GaussianGate(), 2, 3);
        Block block = c.block(1);
        Random random = new Random(2);
        double[][] tau = new double[2][block.columns()[0].length];
        double[][][] moments = new double[2][4][4];
        for (int row = 0; row < GateCase.ROWS; row++) {
            tau[0][row] = random.nextDouble();
            tau[1][row] = 1 - tau[0][row];
            double[] x = GateCase.row(block, row);
            double[] z = {1, x[0], x[1], x[2]};
            for (int i = 0; i < 2; i++) {
                for (int a = 0; a < 4; a++) {
                    for (int b = 0; b < 4; b++) {
                        moments[i][a][b] += tau[i][row] * z[a] * z[b];
                    }
                }
            }
        }
        double[] theta = c.theta(3);
        ((JointGate) c.gate()).maximise(moments, theta, GateCase.OFFSET);
        double[][][] jacobian = c.jacobian(theta, block);
        for (int a = 0; a < c.count(); a++) {
            double sum = 0;
            for (int i = 0; i < 2; i++) {
                for (int row = 0; row < GateCase.ROWS; row++) {
                    sum += tau[i][row] * jacobian[i][a][row];
                }
            }
            assertThat(sum).as("parameter %d", a).isCloseTo(0, within(1e-10));
        }
        List<Atom> atoms = c.toAtoms(theta);
        assertThat(Math.exp(atoms.get(0).gate()[0])).isCloseTo(moments[0][0][0] / GateCase.ROWS, within(1e-14));
        assertThat(atoms.get(1).gate()[2]).isCloseTo(moments[1][0][2] / moments[1][0][0], within(1e-13));
    }

    @Test
    void aCovarianceMustBePositiveDefinite() {
        GateCase c = new GateCase(null, new GaussianGate(), 2, 2);
        List<Atom> atoms = List.of(
                new Atom(new double[] {0, 0, 0, 1, 0.2, 1}, new double[0], 1),
                new Atom(new double[] {0, 0, 0, 1, 2, 1}, new double[0], 1));
        assertThatThrownBy(() -> c.fromAtoms(atoms)).hasMessage("gate-covariance of expert 2 is not positive definite");
    }
}
