package dev.ratelab.testing;

import dev.ratelab.math.Elementary;
import dev.ratelab.math.LinearConstraint;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores {@code -log(1 + exp(-(b0 + b1'x)))}: nonlinear, without any invariance. Weights are normalised sigmoids. Its kinds have names
 * of their own, one of which there is with several inputs only.
 */
public final class ToyGate implements Gate {

    @Override
    public String id() {
        return "toy";
    }

    @Override
    public Description description() {
        return new Description(
                "u_i = log sigmoid(bias_i + tilt_i x_1 + twist_i'(x_2, ...))", "for tests", Description.NO_INVARIANCES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        ParameterKind bias = new ParameterKind("gate-bias", 0, 1);
        ParameterKind tilt = new ParameterKind("tilt", 1, 1);
        return dimension == 1 ? List.of(bias, tilt) : List.of(bias, tilt, new ParameterKind("twist", 2, dimension - 1));
    }

    @Override
    public int parameterCount(int atoms, int dimension) {
        return atoms * (1 + dimension);
    }

    @Override
    public int[] parametersOf(int atom, int atoms, int dimension) {
        int[] indices = new int[1 + dimension];
        for (int c = 0; c <= dimension; c++) {
            indices[c] = atom * (1 + dimension) + c;
        }
        return indices;
    }

    @Override
    public boolean affine() {
        return false;
    }

    private static double argument(double[] theta, int first, Block block, int row) {
        double z = theta[first];
        for (int j = 0; j < block.columns().length; j++) {
            z += theta[first + 1 + j] * block.columns()[j][row];
        }
        return z;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Elementary.exp(-z));
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        int count = 1 + block.columns().length;
        for (int i = 0; i < out.length; i++) {
            for (int row = 0; row < Block.ROWS; row++) {
                out[i][row] = Elementary.log(sigmoid(argument(theta, offset + i * count, block, row)));
            }
        }
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        int count = 1 + block.columns().length;
        for (int i = 0; i < columns.length; i++) {
            for (int row = 0; row < Block.ROWS; row++) {
                double slope = 1 - sigmoid(argument(theta, offset + i * count, block, row));
                columns[i][0][row] = slope;
                for (int j = 1; j < count; j++) {
                    columns[i][j][row] = slope * block.columns()[j - 1][row];
                }
            }
        }
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        int count = 1 + block.columns().length;
        for (int i = 0; i < weight.length; i++) {
            int first = offset + i * count;
            for (int row = 0; row < block.rows(); row++) {
                double s = sigmoid(argument(theta, first, block, row));
                double second = -s * (1 - s) * weight[i][row];
                for (int a = 0; a < count; a++) {
                    for (int b = 0; b < count; b++) {
                        double left = a == 0 ? 1 : block.columns()[a - 1][row];
                        double right = b == 0 ? 1 : block.columns()[b - 1][row];
                        hessian[first + a][first + b] += second * left * right;
                    }
                }
            }
        }
    }

    @Override
    public double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        return new double[0][];
    }

    @Override
    public List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension) {
        List<LinearConstraint> constraints = new ArrayList<>();
        int count = parameterCount(atoms, dimension);
        for (int a = 0; a < count; a++) {
            boolean bias = a % (1 + dimension) == 0;
            double limit = bias ? bounds.gateBiasDifference() : bounds.gateWeightDifference();
            for (int sign = -1; sign <= 1 && limit < Double.POSITIVE_INFINITY; sign += 2) {
                double[] row = new double[count];
                row[a] = sign;
                constraints.add(new LinearConstraint(
                        bias ? ParameterBounds.GATE_BIAS_DIFFERENCE : ParameterBounds.GATE_WEIGHT_DIFFERENCE,
                        row,
                        limit));
            }
        }
        return constraints;
    }

    @Override
    public double[][] toAtoms(double[] theta, int offset, int atoms, int dimension) {
        int count = 1 + dimension;
        double[][] gates = new double[atoms][count];
        for (int i = 0; i < atoms; i++) {
            System.arraycopy(theta, offset + i * count, gates[i], 0, count);
        }
        return gates;
    }

    @Override
    public void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset) {
        for (int i = 0; i < atoms.size(); i++) {
            System.arraycopy(atoms.get(i).gate(), 0, theta, offset + i * (1 + dimension), 1 + dimension);
        }
    }
}
