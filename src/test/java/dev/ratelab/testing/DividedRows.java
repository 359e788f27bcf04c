package dev.ratelab.testing;

import dev.ratelab.data.ChunkTree;
import dev.ratelab.data.ChunkedRows;
import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Units;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;

/**
 * Rows that are divided among machines that share nothing: each folds a range of chunks with a copy of the fold that has travelled, and
 * the last range is folded first.
 *
 * @param rows all rows
 * @param parts number of machines, at least 1
 */
public record DividedRows(ChunkedRows rows, int parts) implements Rows {
    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public int dimension() {
        return rows.dimension();
    }

    @Override
    public boolean weighted() {
        return rows.weighted();
    }

    @Override
    public double totalWeight() {
        return rows.totalWeight();
    }

    @Override
    public double[] weights() {
        return rows.weights();
    }

    @Override
    public Sample pick(int[] numbers) {
        return rows.pick(numbers);
    }

    @Override
    public Rows inUnits(Units units) {
        return new DividedRows((ChunkedRows) rows.inUnits(units), parts);
    }

    @Override
    public double[] fold(RowFold fold) {
        int chunks = ChunkTree.chunks(rows.size());
        List<?>[] answers = new List<?>[parts];
        for (int part = parts - 1; part >= 0; part--) {
            int from = (int) ((long) chunks * part / parts);
            int to = (int) ((long) chunks * (part + 1) / parts);
            RowFold there = travelled(fold);
            RowFold.Worker worker = there.worker(rows);
            ChunkTree tree = new ChunkTree(there, from);
            for (int c = from; c < to; c++) {
                tree.add(worker.chunk(rows.chunk(c)));
            }
            answers[part] = tree.nodes();
        }
        ChunkTree whole = new ChunkTree(fold, 0);
        for (List<?> answer : answers) {
            answer.forEach(node -> whole.add((ChunkTree.Node) node));
        }
        return whole.total();
    }

    private static RowFold travelled(RowFold fold) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(fold);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RowFold) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
