package dev.ratelab.loss;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.Gate;
import dev.ratelab.model.LinearConstraint;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import java.util.List;

/** The gate {@code u_i(x) = bias_i - |x - centre_i|} (one input), of which only the bias can be translated. */
final class DistanceGate implements Gate {

    @Override
    public String id() {
        return "distance";
    }

    @Override
    public String formula() {
        return "u_i = bias_i - |x - centre_i|";
    }

    @Override
    public String source() {
        return "test";
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind("gate-centre", 0, 1), new ParameterKind("gate-bias", 1, 1));
    }

    @Override
    public int parameterCount(int atoms, int dimension) {
        return 2 * atoms;
    }

    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        return new int[] {2 * atom, 2 * atom + 1};
    }

    @Override
    public boolean affine() {
        return false;
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        for (int i = 0; i < out.length; i++) {
            for (int row = 0; row < Block.ROWS; row++) {
                out[i][row] = theta[offset + 2 * i + 1] - Math.abs(block.columns()[0][row] - theta[offset + 2 * i]);
            }
        }
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        double[][] directions = new double[1][2 * atoms];
        for (int i = 0; i < atoms; i++) {
            directions[0][2 * i + 1] = 1;
        }
        return directions;
    }

    @Override
    public String invarianceText() {
        return "the same t0 added to all biases";
    }

    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        return List.of();
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        double[][] gates = new double[atoms][];
        for (int i = 0; i < atoms; i++) {
            gates[i] = new double[] {theta[offset + 2 * i], theta[offset + 2 * i + 1]};
        }
        return gates;
    }

    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        for (int i = 0; i < atoms.size(); i++) {
            System.arraycopy(atoms.get(i).gate(), 0, theta, offset + 2 * i, 2);
        }
    }

    @Override
    public double logMass(double[] gate, int dimension) {
        return gate[1];
    }

    @Override
    public void split(double[] gate, int copies) {
        gate[1] -= Math.log(copies);
    }
}
