package dev.ratelab.testing;

import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.Expert;
import dev.ratelab.model.ParameterKind;
import java.util.List;

/** Nonlinear experts {@code h(x) = height / (1 + width^2 x_1^2)}. */
public final class ToyExpert implements Expert {

    @Override
    public String id() {
        return "toy";
    }

    @Override
    public Description description() {
        return new Description("h(x) = height / (1 + width^2 x_1^2)", "for tests", Description.NO_INVARIANCES);
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind("height", 0, 1), new ParameterKind("width", 1, 1));
    }

    @Override
    public int parameterCount(int dimension) {
        return 2;
    }

    @Override
    public boolean affine() {
        return false;
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        double[] x = block.columns()[0];
        for (int i = 0; i < out.length; i++) {
            double height = theta[offset + 2 * i];
            double width = theta[offset + 2 * i + 1];
            for (int row = 0; row < Block.ROWS; row++) {
                out[i][row] = height / (1 + width * width * x[row] * x[row]);
            }
        }
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        double[] x = block.columns()[0];
        for (int i = 0; i < columns.length; i++) {
            double height = theta[offset + 2 * i];
            double width = theta[offset + 2 * i + 1];
            for (int row = 0; row < Block.ROWS; row++) {
                double inverse = 1 / (1 + width * width * x[row] * x[row]);
                columns[i][0][row] = inverse;
                columns[i][1][row] = -2 * height * width * x[row] * x[row] * inverse * inverse;
            }
        }
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        double[] x = block.columns()[0];
        for (int i = 0; i < weight.length; i++) {
            int first = offset + 2 * i;
            double height = theta[first];
            double width = theta[first + 1];
            for (int row = 0; row < block.rows(); row++) {
                double square = x[row] * x[row];
                double inverse = 1 / (1 + width * width * square);
                double mixed = -2 * width * square * inverse * inverse * weight[i][row];
                double second = (-2 * height * square * inverse * inverse
                                + 8 * height * width * width * square * square * inverse * inverse * inverse)
                        * weight[i][row];
                hessian[first][first + 1] += mixed;
                hessian[first + 1][first] += mixed;
                hessian[first + 1][first + 1] += second;
            }
        }
    }
}
