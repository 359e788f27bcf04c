package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;

class NonNegativeLeastSquaresTest {

    @Property(tries = 1000)
    void theConditionsOfKarushKuhnAndTuckerHold(
            @ForAll @IntRange(min = 0, max = 14) int count,
            @ForAll @IntRange(min = 1, max = 8) int length,
            @ForAll boolean repeated,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] rows = rows(count, length, repeated, random);
        double[] target = random.doubles(length, -1, 1).toArray();
        double[] solution = NonNegativeLeastSquares.solve(rows, target);
        double[] residual = NonNegativeLeastSquares.residual(rows, solution, target);
        assertThat(solution).hasSize(count);
        for (int i = 0; i < count; i++) {
            double slope = Vectors.dot(rows[i], residual);
            double scale = 1e-9 * (Vectors.norm(rows[i]) * Vectors.norm(target) + 1e-300);
            assertThat(solution[i]).isGreaterThanOrEqualTo(0);
            assertThat(slope).isLessThanOrEqualTo(scale);
            if (solution[i] > 0) {
                assertThat(slope).isCloseTo(0, within(scale));
            }
        }
    }

    @Property(tries = 300)
    void noSubsetOfTheRowsFitsBetter(
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll @IntRange(min = 1, max = 5) int length,
            @ForAll boolean repeated,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] rows = rows(count, length, repeated, random);
        double[] target = random.doubles(length, -1, 1).toArray();
        double reached = Vectors.norm(
                NonNegativeLeastSquares.residual(rows, NonNegativeLeastSquares.solve(rows, target), target));
        double best = Vectors.norm(target);
        for (int subset = 1; subset < 1 << count; subset++) {
            double[] coefficients = leastSquares(rows, target, subset);
            boolean feasible = true;
            for (double coefficient : coefficients) {
                feasible &= coefficient >= 0;
            }
            if (feasible) {
                best = Math.min(best, Vectors.norm(NonNegativeLeastSquares.residual(rows, coefficients, target)));
            }
        }
        assertThat(reached).isCloseTo(best, within(1e-9));
    }

    @Test
    void rowsOfZerosAndAZeroTargetHaveNoCoefficient() {
        assertThat(NonNegativeLeastSquares.solve(new double[][] {{0, 0}, {1, 0}}, new double[] {2, 0}))
                .containsExactly(0, 2);
        assertThat(NonNegativeLeastSquares.solve(new double[][] {{1, 2}}, new double[2]))
                .containsExactly(0);
        assertThat(NonNegativeLeastSquares.solve(new double[0][], new double[] {1}))
                .isEmpty();
    }

    private static double[][] rows(int count, int length, boolean repeated, Random random) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            if (repeated && i > 0 && random.nextBoolean()) {
                double factor = random.nextBoolean() ? -1 : 0.5 + random.nextDouble();
                rows[i] = rows[random.nextInt(i)].clone();
                for (int a = 0; a < length; a++) {
                    rows[i][a] *= factor;
                }
            } else {
                rows[i] = random.doubles(length, -1, 1).toArray();
            }
        }
        return rows;
    }

    private static double[] leastSquares(double[][] rows, double[] target, int subset) {
        double[][] matrix = new double[target.length][Integer.bitCount(subset)];
        int column = 0;
        for (int i = 0; i < rows.length; i++) {
            if ((subset >> i & 1) == 1) {
                for (int a = 0; a < target.length; a++) {
                    matrix[a][column] = rows[i][a];
                }
                column++;
            }
        }
        double[] packed = new SingularValueDecomposition(new Array2DRowRealMatrix(matrix))
                .getSolver()
                .solve(new ArrayRealVector(target))
                .toArray();
        double[] coefficients = new double[rows.length];
        column = 0;
        for (int i = 0; i < rows.length; i++) {
            if ((subset >> i & 1) == 1) {
                coefficients[i] = packed[column++];
            }
        }
        return coefficients;
    }
}
