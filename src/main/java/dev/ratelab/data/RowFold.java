package dev.ratelab.data;

import dev.ratelab.model.Block;
import java.io.Serializable;

/**
 * A fold over the rows of a data set: each chunk of rows gives an array of numbers, and arrays of neighbouring chunks are combined in
 * the order of {@link ChunkTree}.
 *
 * <p>A fold is used by one thread at a time, as its workers may share work space. Other threads and other machines use copies of it,
 * which is why it is serialisable.
 */
public interface RowFold extends Serializable {

    /**
     * What turns chunks into numbers.
     *
     * @param rows the data set, of which the worker may ask what holds for all of its rows, such as their number
     */
    Worker worker(Rows rows);

    /**
     * Combines the arrays of two neighbouring ranges of rows: adds them, unless the fold says otherwise.
     *
     * @param sums the array of the first range; becomes that of both
     * @param next the array of the range that follows; not modified
     */
    default void combine(double[] sums, double[] next) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += next[i];
        }
    }

    /** Turns chunks of one data set into numbers. Not safe for use by several threads. */
    interface Worker {
        /**
         * The numbers of one chunk.
         *
         * @param blocks the blocks of the chunk, in order; not modified
         * @return of the same length for all chunks; owned by the caller
         */
        double[] chunk(Block[] blocks);
    }
}
