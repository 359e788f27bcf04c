package dev.ratelab.spark;

import dev.ratelab.data.ChunkTree;
import dev.ratelab.data.GeneratedRows;
import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.data.RowsLostException;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Units;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * The data set of a fit, spread over the executors: each makes the chunks of its ranges from their coordinates. The first chunks, as
 * many as there is memory for, are kept between passes. A pass is one job, which sends a few arrays for each range; they are combined in the order of {@link ChunkTree},
 * so that the bits are those of a plain loop. An executor that is lost takes its chunks with it; others make them again.
 *
 * <p>Only the driver uses it.
 */
final class SpreadRows implements Rows {
    /** Share of the executors' storage memory that kept rows may take: they are not divided evenly, and results need room too. */
    private static final double KEPT_SHARE = 0.5;

    private final SpreadKey key;
    private final GeneratedRows here;

    /** The first chunks, which executors keep after the first pass. */
    private final JavaRDD<ChunkBlocks> kept;

    /** All chunks, in order. */
    private final JavaRDD<ChunkBlocks> chunks;

    private final Optional<Units> units;

    /** Passes so far, in whatever units. */
    private final AtomicInteger passes;

    private SpreadRows(
            SpreadKey key,
            GeneratedRows here,
            JavaRDD<ChunkBlocks> kept,
            JavaRDD<ChunkBlocks> chunks,
            Optional<Units> units,
            AtomicInteger passes) {
        this.key = key;
        this.here = here;
        this.kept = kept;
        this.chunks = chunks;
        this.units = units;
        this.passes = passes;
    }

    /** The data set of a fit, of which nothing has been made yet. */
    static SpreadRows of(JavaSparkContext context, SpreadKey key) {
        GeneratedRows here = key.rows();
        // After a job an executor at least has registered: cores and memory of the executors are known.
        context.parallelize(List.of(0), 1).count();
        List<ChunkRange> ranges = ChunkRange.of(here.size(), context.defaultParallelism());
        long bytesOfRow = (here.dimension() + 1L) * Double.BYTES;
        int keptChunks = (int) Math.min(
                Integer.MAX_VALUE,
                (long) (KEPT_SHARE * StorageMemory.bytes(context)) / (bytesOfRow * ChunkTree.CHUNK_ROWS));
        int keptRanges = 0;
        while (keptRanges < ranges.size() && ranges.get(keptRanges).to() <= keptChunks) {
            keptRanges++;
        }
        JavaRDD<ChunkBlocks> kept = chunks(context, key, ranges.subList(0, keptRanges))
                .setName("rows of " + key.fit())
                .persist(StorageLevel.MEMORY_ONLY());
        JavaRDD<ChunkBlocks> others = chunks(context, key, ranges.subList(keptRanges, ranges.size()));
        return new SpreadRows(key, here, kept, kept.union(others), Optional.empty(), new AtomicInteger());
    }

    private static JavaRDD<ChunkBlocks> chunks(JavaSparkContext context, SpreadKey key, List<ChunkRange> ranges) {
        // A data set must have a partition, if only an empty one.
        return context.parallelize(List.copyOf(ranges), Math.max(1, ranges.size()))
                .flatMap(new ChunkFunction(key));
    }

    /** Number of passes over the rows so far. */
    int passes() {
        return passes.get();
    }

    /** Frees the memory of the executors. */
    void release() {
        kept.unpersist(false);
    }

    @Override
    public int size() {
        return here.size();
    }

    @Override
    public int dimension() {
        return here.dimension();
    }

    @Override
    public boolean weighted() {
        return here.weighted();
    }

    @Override
    public double totalWeight() {
        return here.totalWeight();
    }

    @Override
    public double[] weights() {
        return here.weights();
    }

    @Override
    public Sample pick(int[] numbers) {
        return here.pick(numbers);
    }

    @Override
    public SpreadRows inUnits(Units other) {
        return new SpreadRows(key, here.inUnits(other), kept, chunks, Optional.of(other), passes);
    }

    @Override
    public double[] fold(RowFold fold) {
        ChunkTree tree = new ChunkTree(fold, 0);
        passes.incrementAndGet();
        try {
            chunks.mapPartitions(new FoldFunction(key, units, fold)).collect().forEach(tree::add);
        } catch (Exception failure) {
            throw new RowsLostException("a pass over the rows of " + key.fit() + " failed: " + failure, failure);
        }
        return tree.total();
    }
}
