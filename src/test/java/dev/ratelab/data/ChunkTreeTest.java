package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkTreeTest {
    /** Sums of one number. */
    private static class Sum implements RowFold {
        private static final long serialVersionUID = 1L;

        @Override
        public Worker worker(Rows rows) {
            throw new AssertionError("no test passes over rows here");
        }

        @Override
        public void combine(double[] sums, double[] next) {
            sums[0] += next[0];
        }
    }

    /** Tells every tree from every other: {@code 2 a + 3 b}, exact for few small numbers. */
    private static final class Order extends Sum {
        private static final long serialVersionUID = 1L;

        @Override
        public void combine(double[] sums, double[] next) {
            sums[0] = 2 * sums[0] + 3 * next[0];
        }
    }

    private static double combined(double left, double right) {
        return 2 * left + 3 * right;
    }

    @Test
    void sevenChunksAreFourAndTwoAndOne() {
        ChunkTree tree = new ChunkTree(new Order(), 0);
        for (int c = 0; c < 7; c++) {
            tree.add(new double[] {c});
        }
        double four = combined(combined(0, 1), combined(2, 3));
        assertThat(tree.nodes()).extracting(ChunkTree.Node::chunks).containsExactly(4, 2, 1);
        assertThat(tree.total()).containsExactly(combined(four, combined(combined(4, 5), 6)));
    }

    /** Numbers of very different sizes, so that nearly every other order gives other bits. */
    @Property(tries = 300)
    void theBitsOfASumDoNotDependOnHowTheChunksAreDivided(
            @ForAll @IntRange(min = 1, max = 400) int chunks, @ForAll long seed) {
        Random random = new Random(seed);
        double[] numbers = new double[chunks];
        ChunkTree whole = new ChunkTree(new Sum(), 0);
        for (int c = 0; c < chunks; c++) {
            numbers[c] = random.nextGaussian() * Math.scalb(1.0, random.nextInt(40));
            whole.add(new double[] {numbers[c]});
        }
        ChunkTree gathered = new ChunkTree(new Sum(), 0);
        int from = 0;
        while (from < chunks) {
            int to = Math.min(chunks, from + 1 + random.nextInt(chunks));
            ChunkTree range = new ChunkTree(new Sum(), from);
            for (int c = from; c < to; c++) {
                range.add(new double[] {numbers[c]});
            }
            List<ChunkTree.Node> nodes = range.nodes();
            assertThat(nodes).hasSizeLessThanOrEqualTo(2 * (32 - Integer.numberOfLeadingZeros(to - from)));
            nodes.forEach(gathered::add);
            from = to;
        }
        assertThat(gathered.total()).containsExactly(whole.total());
    }

    @Test
    void aDataSetOfTheLargestSizeHasChunksAndBlocks() {
        assertThat(ChunkTree.chunks(1)).isOne();
        assertThat(ChunkTree.chunks(32_768)).isOne();
        assertThat(ChunkTree.chunks(32_769)).isEqualTo(2);
        assertThat(ChunkTree.chunks(1_000_000_000)).isEqualTo(30_518);
        int last = ChunkTree.chunks(Integer.MAX_VALUE) - 1;
        assertThat(last).isEqualTo(65_535);
        assertThat(ChunkTree.blocks(Integer.MAX_VALUE, last)).isEqualTo(64);
        assertThat(ChunkTree.blocks(32_769, 1)).isOne();
    }

    @Test
    void whatIsNoNodeIsRefused() {
        ChunkTree tree = new ChunkTree(new Sum(), 1);
        assertThatThrownBy(() -> tree.add(new ChunkTree.Node(2, new double[1])))
                .hasMessageContaining("chunks 1 to 2 are no node");
        assertThatThrownBy(() -> tree.add(new ChunkTree.Node(3, new double[1])))
                .hasMessageContaining("chunks 1 to 3 are no node");
        tree.add(new double[1]);
        assertThatThrownBy(tree::total).hasMessageContaining("chunks 1 to 1 is not all data");
    }
}
