package dev.ratelab.model;

/** Block kernels of affine functions. */
final class AffineKernels {
    private AffineKernels() {}

    /**
     * {@code out[row] = theta[offset] + sum_j theta[offset + 1 + j] x_j[row]} for a whole block, {@code j} ascending.
     *
     * @param out modified
     */
    static void values(double[] theta, int offset, Block block, double[] out) {
        double[][] columns = block.columns();
        affine(theta[offset], theta[offset + 1], columns[0], out);
        for (int j = 1; j < columns.length; j++) {
            addScaled(theta[offset + 1 + j], columns[j], out);
        }
    }

    private static void affine(double intercept, double slope, double[] x, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] = intercept + slope * x[i];
        }
    }

    private static void addScaled(double factor, double[] x, double[] out) {
        for (int i = 0; i < Block.ROWS; i++) {
            out[i] += factor * x[i];
        }
    }
}
