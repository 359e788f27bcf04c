package dev.ratelab.data;

import dev.ratelab.model.Block;

/** Rows that this machine has, or can make, chunk by chunk. Safe for use by several threads. */
public interface ChunkedRows extends Rows {

    /**
     * The blocks of a chunk: {@link ChunkTree#CHUNK_BLOCKS} of {@link Block#ROWS} rows; the last block and the last chunk may be
     * shorter.
     *
     * @param chunk from 0, below {@link ChunkTree#chunks}
     * @return an array of the caller's own, of blocks that are shared and must not be modified
     */
    Block[] chunk(int chunk);

    @Override
    default double[] fold(RowFold fold) {
        RowFold.Worker worker = fold.worker(this);
        ChunkTree tree = new ChunkTree(fold, 0);
        int chunks = ChunkTree.chunks(size());
        for (int c = 0; c < chunks; c++) {
            tree.add(worker.chunk(chunk(c)));
        }
        return tree.total();
    }
}
