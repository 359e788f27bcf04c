package dev.ratelab.fit.ascent;

import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.fit.objective.FamilyIds;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;

/**
 * Counts, sums and sums of products of standardised input and residual in the bins of a {@link BinGrid}. A row belongs to the expert
 * whose mean at a given point is nearest, in standard deviations of that expert.
 */
final class BinFold implements RowFold {
    private static final long serialVersionUID = 1L;

    /** Numbers of a bin: rows, sums of input and residual, of the square of the input, the product, and the square of the residual. */
    static final int NUMBERS = 6;

    private final transient MixtureOfExperts own;
    private final FamilyIds family;
    private final BinGrid grid;
    private final double[] theta;
    private final double[] deviations;

    /**
     * Sets up the fold.
     *
     * @param own the model of whoever asks
     * @param theta flat parameter vector; not modified
     * @param deviations noise standard deviations of the experts there
     */
    BinFold(MixtureOfExperts own, BinGrid grid, double[] theta, double[] deviations) {
        this.own = own;
        this.family = FamilyIds.of(own);
        this.grid = grid;
        this.theta = theta;
        this.deviations = deviations;
    }

    @Override
    public Worker worker(Rows rows) {
        MixtureOfExperts model = own == null ? family.family() : own;
        double[][] means = new double[model.atoms()][Block.LENGTH];
        return blocks -> {
            double[] sums = new double[NUMBERS * grid.bins()];
            for (Block block : blocks) {
                model.expert().values(theta, model.expertOffset(), block, means);
                add(block, means, sums);
            }
            return sums;
        };
    }

    /** Deviations are summed from the middles of bins, so that variances do not cancel. */
    private void add(Block block, double[][] means, double[] sums) {
        double[] inputs = block.columns()[0];
        double[] response = block.response();
        for (int row = 0; row < block.rows(); row++) {
            int nearest = 0;
            double residual = (response[row] - means[0][row]) / deviations[0];
            for (int i = 1; i < means.length; i++) {
                double other = (response[row] - means[i][row]) / deviations[i];
                if (Math.abs(other) < Math.abs(residual)) {
                    nearest = i;
                    residual = other;
                }
            }
            double input = (inputs[row] - grid.centre()) / grid.deviation();
            int bin = grid.bin(nearest, input, residual);
            double x = input - grid.input(bin);
            double r = residual - grid.residual(bin);
            int at = NUMBERS * bin;
            sums[at]++;
            sums[at + 1] += x;
            sums[at + 2] += r;
            sums[at + 3] += x * x;
            sums[at + 4] += x * r;
            sums[at + 5] += r * r;
        }
    }
}
