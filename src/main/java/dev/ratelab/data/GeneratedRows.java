package dev.ratelab.data;

import dev.ratelab.model.Block;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sample of a data key, made chunk by chunk whenever it is passed over: the same bits as {@link Generator#generate}, in memory
 * that does not grow with n. The first chunks can be kept between passes.
 *
 * <p>Safe for use by several threads, each of which holds the chunk that it works on besides those that are kept.
 */
public final class GeneratedRows implements ChunkedRows {
    private final Truth truth;
    private final int sampleSize;
    private final String dataKey;
    private final Optional<Units> units;

    /** Chunks as generated, in the units of the truth; those that have not been made yet are null. */
    private final AtomicReferenceArray<Block[]> kept;

    private GeneratedRows(
            Truth truth, int sampleSize, String dataKey, Optional<Units> units, AtomicReferenceArray<Block[]> kept) {
        this.truth = truth;
        this.sampleSize = sampleSize;
        this.dataKey = dataKey;
        this.units = units;
        this.kept = kept;
    }

    /**
     * The sample of a data key.
     *
     * @param truth the model to draw from
     * @param sampleSize number of rows n, as for {@link Generator#generate}
     * @param dataKey canonical text of what identifies the data set
     * @param keptRows how many of the first rows may be kept in memory, at least 0; whole chunks are kept
     */
    public static GeneratedRows of(Truth truth, int sampleSize, String dataKey, int keptRows) {
        if (sampleSize < 1 || keptRows < 0) {
            throw new IllegalArgumentException(
                    "sample size = " + sampleSize + " must be at least 1, kept rows = " + keptRows + " at least 0");
        }
        int chunks = Math.min(keptRows / ChunkTree.CHUNK_ROWS, ChunkTree.chunks(sampleSize));
        return new GeneratedRows(truth, sampleSize, dataKey, Optional.empty(), new AtomicReferenceArray<>(chunks));
    }

    @Override
    public int size() {
        return sampleSize;
    }

    @Override
    public int dimension() {
        return truth.model().dimension();
    }

    @Override
    public boolean weighted() {
        return false;
    }

    @Override
    public double totalWeight() {
        return sampleSize;
    }

    @Override
    public double[] weights() {
        return new double[0];
    }

    @Override
    public Sample pick(int[] numbers) {
        double[][] x = new double[dimension()][numbers.length];
        double[] y = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            Sample row = Generator.rows(truth, sampleSize, dataKey, numbers[i], 1);
            for (int j = 0; j < x.length; j++) {
                x[j][i] = row.x(j, 0);
            }
            y[i] = row.y(0);
        }
        Sample picked = Sample.of(x, y);
        return units.isPresent() ? picked.inUnits(units.get()) : picked;
    }

    @Override
    public GeneratedRows inUnits(Units other) {
        if (units.isPresent()) {
            throw new IllegalStateException("these rows are in other units than those of the truth already");
        }
        return new GeneratedRows(truth, sampleSize, dataKey, Optional.of(other), kept);
    }

    @Override
    public Block[] chunk(int chunk) {
        Block[] blocks = chunk < kept.length() ? keptChunk(chunk) : generated(chunk);
        return units.isPresent() ? units.get().of(blocks) : blocks.clone();
    }

    private Block[] keptChunk(int chunk) {
        Block[] held = kept.get(chunk);
        if (held == null) {
            held = generated(chunk);
            // Another thread may have made the same chunk: both are equal.
            kept.set(chunk, held);
        }
        return held;
    }

    private Block[] generated(int chunk) {
        int from = chunk * ChunkTree.CHUNK_ROWS;
        int rows = Math.min(ChunkTree.CHUNK_ROWS, sampleSize - from);
        return Generator.blocks(truth, sampleSize, dataKey, from, rows);
    }

    /** Number of rows that are in memory now. */
    int keptNow() {
        int rows = 0;
        for (int c = 0; c < kept.length(); c++) {
            if (kept.get(c) != null) {
                rows += Math.min(ChunkTree.CHUNK_ROWS, sampleSize - c * ChunkTree.CHUNK_ROWS);
            }
        }
        return rows;
    }
}
