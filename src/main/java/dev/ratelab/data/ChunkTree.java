package dev.ratelab.data;

import dev.ratelab.model.Block;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the numbers of chunks are combined: a binary tree over the numbers of the chunks, which depends on nothing else.
 *
 * <p>A node stands for {@code 2^j} chunks, the first of which is a multiple of {@code 2^j}, and combines its two halves. What is left
 * at the end of the data, less than a node, is combined from the right: of 7 chunks {@code ((0 1)(2 3))((4 5)6)}. Any range of
 * chunks is a few nodes, at most twice the logarithm of their number; so whoever holds a range can send a few arrays, and the whole
 * has the same bits however the chunks are divided. Sums of n numbers then have an error that grows with the logarithm of n.
 *
 * <p>An object takes the chunks of one range in order. Not safe for use by several threads.
 */
public final class ChunkTree {
    /** Blocks of a chunk: 32,768 rows. Stored numbers depend on it. */
    public static final int CHUNK_BLOCKS = 64;

    /** Rows of a chunk. */
    public static final int CHUNK_ROWS = CHUNK_BLOCKS * Block.ROWS;

    private final RowFold fold;
    private final List<Node> nodes = new ArrayList<>();
    private final int first;
    private int next;

    /**
     * A node of the tree.
     *
     * @param chunks how many chunks it stands for, a power of two
     * @param sums their numbers
     */
    public record Node(int chunks, double[] sums) implements Serializable {}

    /**
     * A range without chunks.
     *
     * @param first the chunk that it begins with
     */
    public ChunkTree(RowFold fold, int first) {
        this.fold = fold;
        this.first = first;
        this.next = first;
    }

    /** Number of chunks of a data set. */
    public static int chunks(int rows) {
        return 1 + (rows - 1) / CHUNK_ROWS;
    }

    /** Number of blocks of a chunk of a data set. */
    static int blocks(int rows, int chunk) {
        int blocks = 1 + (rows - 1) / Block.ROWS;
        return Math.min(CHUNK_BLOCKS, blocks - chunk * CHUNK_BLOCKS);
    }

    /**
     * Adds the next chunk.
     *
     * @param sums its numbers; owned by this object from now on
     */
    public void add(double[] sums) {
        add(new Node(1, sums));
    }

    /**
     * Adds the next chunks.
     *
     * @param node a node that another range begins or ends with; owned by this object from now on
     */
    public void add(Node node) {
        if (Integer.bitCount(node.chunks) != 1 || next % node.chunks != 0) {
            throw new IllegalArgumentException("chunks " + next + " to " + (next + node.chunks - 1) + " are no node");
        }
        nodes.add(node);
        next += node.chunks;
        while (nodes.size() > 1) {
            Node right = nodes.get(nodes.size() - 1);
            Node left = nodes.get(nodes.size() - 2);
            int start = next - 2 * right.chunks;
            if (left.chunks != right.chunks || start < first || start % (2 * right.chunks) != 0) {
                return;
            }
            join();
        }
    }

    /** The nodes of the range, in order: as few as there can be. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The numbers of all chunks, of which there must be one at least, from the first of the data. Adds no more chunks after it. */
    public double[] total() {
        if (first != 0 || nodes.isEmpty()) {
            throw new IllegalStateException("the range of chunks " + first + " to " + (next - 1) + " is not all data");
        }
        while (nodes.size() > 1) {
            join();
        }
        return nodes.get(0).sums;
    }

    /** Combines the last two nodes. */
    private void join() {
        Node right = nodes.remove(nodes.size() - 1);
        Node left = nodes.remove(nodes.size() - 1);
        fold.combine(left.sums, right.sums);
        nodes.add(new Node(left.chunks + right.chunks, left.sums));
    }
}
