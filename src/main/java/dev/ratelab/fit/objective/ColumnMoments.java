package dev.ratelab.fit.objective;

import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import java.util.Arrays;

/**
 * Weighted means and variances of the columns of a data set; the response is the last column.
 *
 * <p>Each chunk gives its total weight, and by column its mean {@code m} and its sum of squares {@code s} about that. Two ranges
 * with weights {@code a} and {@code b} have the mean {@code m_a + (m_b - m_a) b / (a + b)} and the squares
 * {@code s_a + s_b + (m_b - m_a)^2 a b / (a + b)} (Chan, Golub and LeVeque, The American Statistician 37 (1983) 242-247), so
 * that a mean far from zero costs no digits.
 */
public final class ColumnMoments {
    private final double[] entries;

    private ColumnMoments(double[] entries) {
        this.entries = entries;
    }

    /** One pass over the rows. */
    public static ColumnMoments of(Rows rows) {
        return new ColumnMoments(rows.fold(new Fold()));
    }

    public double mean(int column) {
        return entries[1 + 2 * column];
    }

    /** The mean squared distance from the mean. */
    public double variance(int column) {
        return entries[2 + 2 * column] / entries[0];
    }

    private static final class Fold implements RowFold {
        private static final long serialVersionUID = 1L;

        @Override
        public Worker worker(Rows rows) {
            int columns = rows.dimension() + 1;
            return blocks -> {
                double[] entries = new double[1 + 2 * columns];
                for (int c = 0; c < columns; c++) {
                    measure(blocks, c, entries);
                }
                return entries;
            };
        }

        /** Sums of deviations from a mean that is rounded mend it: its error enters neither the mean nor the squares. */
        private static void measure(Block[] blocks, int column, double[] entries) {
            double[] weights = partialSums();
            double[] first = partialSums();
            for (Block block : blocks) {
                BlockKernels.addMoments1(weights, first, block.weight(), values(block, column));
            }
            double total = BlockKernels.fold(weights);
            double mean = BlockKernels.fold(first) / total;
            double[] deviation = Block.newArray();
            double[] second = partialSums();
            Arrays.fill(weights, 0);
            Arrays.fill(first, 0);
            for (Block block : blocks) {
                BlockKernels.subtract(values(block, column), mean, deviation);
                BlockKernels.addMoments2(weights, first, second, block.weight(), deviation);
            }
            double rest = BlockKernels.fold(first) / total;
            entries[0] = total;
            entries[1 + 2 * column] = mean + rest;
            entries[2 + 2 * column] = BlockKernels.fold(second) - rest * rest * total;
        }

        private static double[] partialSums() {
            return new double[BlockKernels.HALF + BlockKernels.PADDING];
        }

        private static double[] values(Block block, int column) {
            return column < block.columns().length ? block.columns()[column] : block.response();
        }

        @Override
        public void combine(double[] sums, double[] next) {
            double total = sums[0] + next[0];
            for (int mean = 1; mean < sums.length; mean += 2) {
                double difference = next[mean] - sums[mean];
                sums[mean] += difference * next[0] / total;
                sums[mean + 1] += next[mean + 1] + difference * difference * (sums[0] / total) * next[0];
            }
            sums[0] = total;
        }
    }
}
