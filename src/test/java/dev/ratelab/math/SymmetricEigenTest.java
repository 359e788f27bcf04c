package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {

    @Property(tries = 500)
    void vectorsAreOrthonormalAndRebuildTheMatrix(
            @ForAll @IntRange(min = 0, max = 16) int size,
            @ForAll @IntRange(min = 0, max = 16) int rank,
            @ForAll @IntRange(min = -60, max = 60) int exponent,
            @ForAll long seed) {
        check(lowRank(size, rank, exponent, new Random(seed)));
    }

    @Property(tries = 300)
    void gradedAndPartlyZeroMatricesAreOrdinaryCases(@ForAll @IntRange(min = 1, max = 14) int size, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] matrix = lowRank(size, size, 0, random);
        for (int a = 0; a < size; a++) {
            double factor = random.nextInt(3) == 0 ? 0 : Math.scalb(1.0, -random.nextInt(80));
            for (int b = 0; b < size; b++) {
                matrix[a][b] *= factor;
                matrix[b][a] *= factor;
            }
        }
        check(matrix);
    }

    /** Hessians have such entries where a parameter moves a weight that has all but vanished. */
    @Property(tries = 2000)
    void entriesWhoseProductsUnderflowAreOrdinaryCases(
            @ForAll @IntRange(min = 2, max = 14) int size, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] matrix = lowRank(size, size, 0, random);
        for (int a = 0; a < size; a++) {
            double factor = a == 0 || random.nextBoolean() ? 1 : Math.scalb(1.0, -500 - random.nextInt(40));
            for (int b = 0; b < size; b++) {
                matrix[a][b] *= factor;
                matrix[b][a] *= factor;
            }
        }
        matrix[0][0] += 1;
        check(matrix);
    }

    @Test
    void diagonalAndBlockMatricesKeepTheirEigenvalues() {
        double[][] matrix = new double[5][5];
        matrix[0][0] = 3;
        matrix[1][1] = -2;
        matrix[2][3] = 1;
        matrix[3][2] = 1;
        check(matrix);
        SymmetricEigen eigen = new SymmetricEigen(matrix);
        double[] values = new double[5];
        for (int i = 0; i < 5; i++) {
            values[i] = eigen.value(i);
        }
        Arrays.sort(values);
        assertThat(values).containsExactly(new double[] {-2, -1, 0, 1, 3}, within(1e-15));
    }

    private static double[][] lowRank(int size, int rank, int exponent, Random random) {
        double[][] matrix = new double[size][size];
        for (int r = 0; r < rank; r++) {
            double sign = random.nextBoolean() ? 1 : -1;
            double[] direction = random.doubles(size, -1, 1).toArray();
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    matrix[a][b] += Math.scalb(sign * direction[a] * direction[b], exponent);
                }
            }
        }
        return matrix;
    }

    private static void check(double[][] matrix) {
        int size = matrix.length;
        double largest = 0;
        for (double[] row : matrix) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        SymmetricEigen eigen = new SymmetricEigen(matrix);
        assertThat(eigen.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            double[] vector = eigen.vector(i);
            double[] image = Vectors.multiply(matrix, vector);
            for (int l = 0; l < size; l++) {
                assertThat(Vectors.dot(vector, eigen.vector(l))).isCloseTo(i == l ? 1 : 0, within(1e-13));
                assertThat(image[l]).isCloseTo(eigen.value(i) * vector[l], within(1e-13 * largest));
            }
        }
    }
}
