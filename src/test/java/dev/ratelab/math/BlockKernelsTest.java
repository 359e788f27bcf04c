package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Kernels against plain loops; sums against exact ones. */
class BlockKernelsTest {
    private static final int LENGTH = BlockKernels.ROWS + BlockKernels.PADDING;

    private final double[] a = random(1);
    private final double[] b = random(2);
    private final double[] c = random(3);
    private final double[] d = random(4);

    @Test
    void foldAddsAllPartialSumsAndLeavesThePaddingOut() {
        double[] sums = Arrays.copyOf(a, BlockKernels.HALF + BlockKernels.PADDING);
        double expected = exactSum(BlockKernels.HALF, i -> a[i]);
        assertThat(BlockKernels.fold(sums)).isCloseTo(expected, within(1e-14 * BlockKernels.HALF));
        double[] whole = new double[BlockKernels.HALF];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = i;
        }
        assertThat(BlockKernels.fold(whole)).isEqualTo(BlockKernels.HALF * (BlockKernels.HALF - 1) / 2.0);
    }

    @Test
    void sumsOfSeveralBlocksAreTheSumsOfTheirRows() {
        double[][] sums = new double[6][BlockKernels.HALF + BlockKernels.PADDING];
        for (int block = 0; block < 3; block++) {
            BlockKernels.add(sums[0], a);
            BlockKernels.addProduct(sums[1], a, b);
            BlockKernels.addMoments2(sums[2], sums[3], sums[4], a, b);
        }
        assertSum(sums[0], i -> a[i]);
        assertSum(sums[1], i -> a[i] * b[i]);
        assertSum(sums[2], i -> a[i]);
        assertSum(sums[3], i -> a[i] * b[i]);
        assertSum(sums[4], i -> a[i] * b[i] * b[i]);
    }

    @Test
    void momentsOfFirstOrderAreThoseOfTheSingleSums() {
        double[][] sums = new double[4][BlockKernels.HALF + BlockKernels.PADDING];
        BlockKernels.addMoments1(sums[0], sums[1], a, b);
        BlockKernels.add(sums[2], a);
        BlockKernels.addProduct(sums[3], a, b);
        assertThat(sums[0]).isEqualTo(sums[2]);
        assertThat(sums[1]).isEqualTo(sums[3]);
    }

    @Test
    void severalProductsAreThoseOfTheSingleSums() {
        double[][] sums = new double[8][BlockKernels.HALF + BlockKernels.PADDING];
        BlockKernels.addProducts2(sums[0], sums[1], a, b, c);
        BlockKernels.addProducts3(sums[2], sums[3], sums[4], a, b, c, d);
        BlockKernels.addProduct(sums[5], a, b);
        BlockKernels.addProduct(sums[6], a, c);
        BlockKernels.addProduct(sums[7], a, d);
        assertThat(sums[0]).isEqualTo(sums[5]);
        assertThat(sums[1]).isEqualTo(sums[6]);
        assertThat(sums[2]).isEqualTo(sums[5]);
        assertThat(sums[3]).isEqualTo(sums[6]);
        assertThat(sums[4]).isEqualTo(sums[7]);
    }

    @Test
    void rowWiseKernelsEqualPlainLoops() {
        double[] out = new double[LENGTH];
        BlockKernels.multiply(a, b, out);
        assertRows(out, i -> a[i] * b[i]);
        BlockKernels.multiplyNegated(a, b, out);
        assertRows(out, i -> -(a[i] * b[i]));
        BlockKernels.productDifference(a, b, c, d, out);
        assertRows(out, i -> a[i] * b[i] - c[i] * d[i]);
        BlockKernels.subtract(a, b, out);
        assertRows(out, i -> a[i] - b[i]);
        BlockKernels.scale(1.7, a, out);
        assertRows(out, i -> 1.7 * a[i]);
        BlockKernels.reciprocal(a, out);
        assertRows(out, i -> 1 / a[i]);
        double[] largest = b.clone();
        BlockKernels.maximum(a, largest);
        assertRows(largest, i -> Math.max(a[i], b[i]));
        double[] total = b.clone();
        BlockKernels.accumulate(a, total);
        assertRows(total, i -> b[i] + a[i]);
    }

    private static void assertSum(double[] sums, IntToDoubleFunction term) {
        assertThat(BlockKernels.fold(sums)).isCloseTo(3 * exactSum(BlockKernels.ROWS, term), within(1e-11));
    }

    private static void assertRows(double[] out, IntToDoubleFunction expected) {
        for (int i = 0; i < BlockKernels.ROWS; i++) {
            assertThat(out[i]).isEqualTo(expected.applyAsDouble(i));
        }
    }

    private static double exactSum(int count, IntToDoubleFunction term) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < count; i++) {
            sum = sum.add(new BigDecimal(term.applyAsDouble(i)));
        }
        return sum.doubleValue();
    }

    private static double[] random(long seed) {
        return new Random(seed).doubles(LENGTH, -3, 3).toArray();
    }
}
