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
 * The data set of a fit, spread over the executors: each makes the chunks of its ranges from their coordinates, and keeps those for
 * which it has memory. A pass is one job, which sends a few arrays for each range; they are combined in the order of {@link ChunkTree},
 * so that the bits are those of a plain loop. An executor that is lost takes its chunks with it; others make them again.
 *
 * <p>Only the driver uses it.
 */
final class SpreadRows implements Rows {
    private final SpreadKey key;
    private final GeneratedRows here;
    private final JavaRDD<ChunkBlocks> chunks;
    private final Optional<Units> units;

    /** Passes so far, in whatever units. */
    private final AtomicInteger passes;

    private SpreadRows(
            SpreadKey key,
            GeneratedRows here,
            JavaRDD<ChunkBlocks> chunks,
            Optional<Units> units,
            AtomicInteger passes) {
        this.key = key;
        this.here = here;
        this.chunks = chunks;
        this.units = units;
        this.passes = passes;
    }

    /** The data set of a fit, of which nothing has been made yet. */
    static SpreadRows of(JavaSparkContext context, SpreadKey key) {
        GeneratedRows here = key.rows();
        List<ChunkRange> ranges = ChunkRange.of(here.size(), context.defaultParallelism());
        JavaRDD<ChunkBlocks> chunks = context.parallelize(ranges, ranges.size())
                .flatMap(new ChunkFunction(key))
                .setName(key.fit().toString())
                .persist(StorageLevel.MEMORY_ONLY());
        return new SpreadRows(key, here, chunks, Optional.empty(), new AtomicInteger());
    }

    /** Number of passes over the rows so far. */
    int passes() {
        return passes.get();
    }

    /** Frees the memory of the executors. */
    void release() {
        chunks.unpersist(false);
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
        return new SpreadRows(key, here.inUnits(other), chunks, Optional.of(other), passes);
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
