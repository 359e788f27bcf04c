package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SingularValuesTest {
    private static final Stream STREAM = Streams.of("singular-values-test", "entries");

    @Test
    void aDiagonalMatrixHasItsEntriesHoweverSmall() {
        double[][] columns = new double[4][6];
        double[] entries = {1e-13, 3, 1e-9, 0.5};
        for (int c = 0; c < entries.length; c++) {
            columns[c][c + 1] = entries[c];
        }
        SingularValues values = new SingularValues(columns);
        assertThat(values.value(0)).isEqualTo(3);
        assertThat(values.value(1)).isEqualTo(0.5);
        assertThat(values.value(2)).isCloseTo(1e-9, within(1e-22));
        assertThat(values.smallest()).isCloseTo(1e-13, within(1e-26));
        assertThat(Math.abs(values.vector(3)[0])).isEqualTo(1);
    }

    @Test
    void squaresAreTheEigenvaluesOfTheGramMatrixAndVectorsGiveTheNorms() {
        double[][] columns = random(12, 7);
        SingularValues values = new SingularValues(columns);
        double[][] gram = new double[7][7];
        for (int a = 0; a < 7; a++) {
            for (int b = 0; b < 7; b++) {
                gram[a][b] = Vectors.dot(columns[a], columns[b]);
            }
        }
        SymmetricEigen eigen = new SymmetricEigen(gram);
        double[] sorted = new double[7];
        for (int i = 0; i < 7; i++) {
            sorted[i] = eigen.value(i);
        }
        Arrays.sort(sorted);
        for (int i = 0; i < 7; i++) {
            assertThat(values.value(i)).isCloseTo(Math.sqrt(sorted[6 - i]), within(1e-12));
            double[] image = Vectors.combine(columns, values.vector(i), 12);
            assertThat(Vectors.norm(image)).isCloseTo(values.value(i), within(1e-13));
            assertThat(Vectors.norm(values.vector(i))).isCloseTo(1, within(1e-13));
        }
    }

    @Test
    void aDependentColumnGivesRoundingAndANearlyDependentOneItsDistance() {
        double[][] columns = random(40, 6);
        for (int row = 0; row < 40; row++) {
            columns[5][row] = columns[0][row] - 2 * columns[1][row] + 0.5 * columns[4][row];
        }
        assertThat(new SingularValues(columns).smallest()).isLessThan(1e-14);
        double[] away = Vectors.orthogonalComplement(columns, 40)[0];
        for (int row = 0; row < 40; row++) {
            columns[5][row] += 1e-10 * away[row];
        }
        // The distance of the last column, seen along the unit vector (1, -2, 0, 0, 0.5, -1) / 2.5.
        assertThat(new SingularValues(columns).smallest()).isCloseTo(4e-11, within(1e-15));
    }

    @Test
    void moreColumnsThanRowsAreRefused() {
        assertThatThrownBy(() -> new SingularValues(random(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 columns of 2 rows");
    }

    private static double[][] random(int rows, int count) {
        double[][] columns = new double[count][rows];
        for (int c = 0; c < count; c++) {
            for (int row = 0; row < rows; row++) {
                columns[c][row] = STREAM.normal(row, c);
            }
        }
        return columns;
    }
}
