package dev.ratelab.spark;

import dev.ratelab.data.ChunkTree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive chunks of a data set: the work of one task in a pass.
 *
 * @param from first chunk, from 0
 * @param to end, above {@code from}
 */
record ChunkRange(int from, int to) implements Serializable {
    /** Chunks of a range at most: two million rows, whose work is much more than what a task costs. */
    static final int MOST_CHUNKS = 64;

    /** Ranges for each core, if there are as many chunks: cores that are slow for a while take fewer. */
    private static final int RANGES_PER_CORE = 4;

    /**
     * Divides the chunks of a data set. Ranges have the length of a node of the {@link ChunkTree}, and begin with one, so that each
     * sends one array.
     *
     * @param rows number of rows
     * @param cores number of cores, at least 1
     */
    static List<ChunkRange> of(int rows, int cores) {
        int chunks = ChunkTree.chunks(rows);
        int length = MOST_CHUNKS;
        while (length > 1 && chunks < (long) RANGES_PER_CORE * cores * length) {
            length /= 2;
        }
        List<ChunkRange> ranges = new ArrayList<>();
        for (int from = 0; from < chunks; from += length) {
            ranges.add(new ChunkRange(from, Math.min(from + length, chunks)));
        }
        return ranges;
    }
}
