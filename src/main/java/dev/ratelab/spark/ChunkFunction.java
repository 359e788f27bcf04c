package dev.ratelab.spark;

import dev.ratelab.data.GeneratedRows;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What an executor does to have the chunks of a range: it makes them, each when it is asked for. */
final class ChunkFunction implements FlatMapFunction<ChunkRange, ChunkBlocks> {
    private static final long serialVersionUID = 1L;

    private final SpreadKey key;

    ChunkFunction(SpreadKey key) {
        this.key = key;
    }

    @Override
    public Iterator<ChunkBlocks> call(ChunkRange range) {
        GeneratedRows rows = key.rows();
        return new Iterator<>() {
            private int next = range.from();

            @Override
            public boolean hasNext() {
                return next < range.to();
            }

            @Override
            public ChunkBlocks next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int chunk = next++;
                return new ChunkBlocks(chunk, rows.chunk(chunk));
            }
        };
    }
}
