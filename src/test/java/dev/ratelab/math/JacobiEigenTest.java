package dev.ratelab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JacobiEigenTest {

    @Test
    void eigenvectorsRebuildTheMatrix() {
        Random random = new Random(1);
        for (int size = 1; size <= 12; size++) {
            double[][] matrix = new double[size][size];
            double[][] copy = new double[size][size];
            for (int i = 0; i < size; i++) {
                for (int l = 0; l <= i; l++) {
                    // Entries that span many orders of magnitude, zero among them.
                    double entry = random.nextInt(4) == 0 ? 0 : random.nextGaussian() * Math.pow(10, -2 * (i + l));
                    matrix[i][l] = matrix[l][i] = entry;
                    copy[i][l] = copy[l][i] = entry;
                }
            }
            double[][] vectors = new double[size][];
            JacobiEigen.diagonalise(matrix, vectors);
            for (int i = 0; i < size; i++) {
                for (int l = 0; l < size; l++) {
                    double entry = 0;
                    double product = Vectors.dot(vectors[i], vectors[l]);
                    for (int e = 0; e < size; e++) {
                        entry += matrix[e][e] * vectors[e][i] * vectors[e][l];
                    }
                    assertThat(entry).isCloseTo(copy[i][l], within(1e-14));
                    assertThat(product).isCloseTo(i == l ? 1 : 0, within(1e-14));
                }
            }
        }
    }
}
