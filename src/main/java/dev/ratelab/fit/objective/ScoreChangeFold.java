package dev.ratelab.fit.objective;

import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.model.Block;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;

/** The largest change of scores between two points, see {@link Objective#largestScoreChange}. */
final class ScoreChangeFold implements RowFold {
    private static final long serialVersionUID = 1L;

    private final transient MixtureOfExperts own;
    private final FamilyIds family;
    private final double[] from;
    private final double[] to;

    ScoreChangeFold(MixtureOfExperts own, FamilyIds family, double[] from, double[] to) {
        this.own = own;
        this.family = family;
        this.from = from;
        this.to = to;
    }

    @Override
    public Worker worker(Rows rows) {
        MixtureOfExperts model = own == null ? family.family() : own;
        double[][] before = new double[model.atoms()][Block.LENGTH];
        double[][] after = new double[model.atoms()][Block.LENGTH];
        boolean differences = model.gate().normaliser() == Normaliser.SOFTMAX;
        return blocks -> {
            double largest = 0;
            for (Block block : blocks) {
                model.gate().values(from, model.gateOffset(), block, before);
                model.gate().values(to, model.gateOffset(), block, after);
                for (int row = 0; row < block.rows(); row++) {
                    largest = Math.max(largest, change(before, after, row, differences));
                }
            }
            return new double[] {largest};
        };
    }

    private static double change(double[][] before, double[][] after, int row, boolean differences) {
        double low = differences ? Double.POSITIVE_INFINITY : 0;
        double high = differences ? Double.NEGATIVE_INFINITY : 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i][row] > Gate.EXCLUDED && after[i][row] > Gate.EXCLUDED) {
                double change = after[i][row] - before[i][row];
                low = Math.min(low, change);
                high = Math.max(high, change);
            }
        }
        return high - low;
    }

    @Override
    public void combine(double[] sums, double[] next) {
        sums[0] = Math.max(sums[0], next[0]);
    }
}
