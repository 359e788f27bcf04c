package dev.ratelab.spark;

import dev.ratelab.data.ChunkTree;
import dev.ratelab.data.RowFold;
import dev.ratelab.data.Units;
import dev.ratelab.model.Block;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What an executor does with the chunks of a range in a pass: fold them. */
final class FoldFunction implements FlatMapFunction<Iterator<ChunkBlocks>, ChunkTree.Node> {
    private static final long serialVersionUID = 1L;

    private final SpreadKey key;

    /** Null for the units of the truth. */
    private final Units units;

    private final RowFold fold;

    FoldFunction(SpreadKey key, Optional<Units> units, RowFold fold) {
        this.key = key;
        this.units = units.orElse(null);
        this.fold = fold;
    }

    @Override
    public Iterator<ChunkTree.Node> call(Iterator<ChunkBlocks> chunks) {
        if (!chunks.hasNext()) {
            return List.<ChunkTree.Node>of().iterator();
        }
        RowFold.Worker worker = fold.worker(key.rows());
        ChunkTree tree = null;
        while (chunks.hasNext()) {
            ChunkBlocks next = chunks.next();
            if (tree == null) {
                tree = new ChunkTree(fold, next.chunk());
            }
            Block[] blocks = units == null ? next.blocks() : units.of(next.blocks());
            tree.add(worker.chunk(blocks));
        }
        return tree.nodes().iterator();
    }
}
