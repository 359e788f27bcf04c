package dev.ratelab.data;

import dev.ratelab.model.Block;
import java.io.Serializable;

/**
 * Units of the columns of a data set: a value {@code v} of column {@code c} is {@code (v - centre[c]) / scale[c]} in them; the
 * response is the last column.
 *
 * @param centre d + 1 numbers; not modified
 * @param scale d + 1 powers of two; not modified
 */
public record Units(double[] centre, double[] scale) implements Serializable {

    /** Blocks in these units. Weights are kept. */
    public Block[] of(Block[] blocks) {
        Block[] out = new Block[blocks.length];
        for (int b = 0; b < out.length; b++) {
            out[b] = of(blocks[b]);
        }
        return out;
    }

    private Block of(Block block) {
        double[][] columns = new double[block.columns().length][];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = of(block.columns()[j], j, block.rows());
        }
        return new Block(columns, of(block.response(), columns.length, block.rows()), block.weight(), block.rows());
    }

    private double[] of(double[] values, int column, int rows) {
        double[] out = Block.newArray();
        for (int row = 0; row < rows; row++) {
            out[row] = (values[row] - centre[column]) / scale[column];
        }
        return out;
    }
}
