package dev.ratelab.loss;

import dev.ratelab.model.Block;
import dev.ratelab.model.Expert;
import dev.ratelab.model.ParameterKind;
import java.util.Arrays;
import java.util.List;

/** The expert {@code h(x, eta) = eta}, for which D2 is undefined. */
final class ConstantExpert implements Expert {

    @Override
    public String id() {
        return "level";
    }

    @Override
    public String formula() {
        return "h(x) = intercept";
    }

    @Override
    public String source() {
        return "test";
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return List.of(new ParameterKind("intercept", 0, 1));
    }

    @Override
    public int parameterCount(int dimension) {
        return 1;
    }

    @Override
    public boolean affine() {
        return false;
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        for (int i = 0; i < out.length; i++) {
            Arrays.fill(out[i], theta[offset + i]);
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
}
