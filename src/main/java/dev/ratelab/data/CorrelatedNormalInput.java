package dev.ratelab.data;

import dev.ratelab.math.Cholesky;
import dev.ratelab.random.Stream;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A normal vector: {@code x = m + L z} with the lower Cholesky factor {@code L} of the covariance and independent standard
 * normal {@code z}. Variate {@code j} of a stream makes {@code z_j}.
 */
public final class CorrelatedNormalInput implements ContinuousInput {
    /** The name of these inputs in study files. */
    public static final String ID = "correlated-normal";

    private final double[] mean;
    private final double[][] covariance;
    private final double[][] factor;

    private CorrelatedNormalInput(double[] mean, double[][] covariance, double[][] factor) {
        this.mean = mean;
        this.covariance = covariance;
        this.factor = factor;
    }

    /**
     * A normal vector.
     *
     * @param mean mean m, d numbers, d at least 1; not modified
     * @param covariance d rows of d numbers, exactly symmetric and positive definite; not modified
     * @throws IllegalArgumentException saying what is wrong with the covariance
     */
    public static CorrelatedNormalInput of(double[] mean, double[][] covariance) {
        InputChecks.requireFinite(mean);
        int size = mean.length;
        if (size == 0 || covariance.length != size) {
            throw new IllegalArgumentException(
                    "the covariance has " + covariance.length + " rows, the mean " + size + " entries");
        }
        for (int i = 0; i < size; i++) {
            InputChecks.requireFinite(covariance[i]);
            if (covariance[i].length != size) {
                throw new IllegalArgumentException("row " + (i + 1) + " of the covariance has " + covariance[i].length
                        + " entries, the mean " + size);
            }
            for (int j = 0; j < i; j++) {
                if (covariance[i][j] != covariance[j][i]) {
                    throw new IllegalArgumentException("the covariance is not symmetric: entries (" + (i + 1) + ", "
                            + (j + 1) + ") and (" + (j + 1) + ", " + (i + 1) + ") differ");
                }
            }
        }
        double[][] factor = Cholesky.lower(covariance)
                .orElseThrow(() -> new IllegalArgumentException("the covariance is not positive definite"));
        return new CorrelatedNormalInput(mean.clone(), copy(covariance), factor);
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    /** The mean; the caller may modify the array. */
    public double[] mean() {
        return mean.clone();
    }

    /** The covariance; the caller may modify the array. */
    public double[][] covariance() {
        return copy(covariance);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public OptionalInt dimension() {
        return OptionalInt.of(mean.length);
    }

    @Override
    public double[] numbers() {
        int size = mean.length;
        double[] numbers = Arrays.copyOf(mean, size + size * size);
        for (int i = 0; i < size; i++) {
            System.arraycopy(covariance[i], 0, numbers, size + i * size, size);
        }
        return numbers;
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        InputChecks.requireDimension(this, x.length);
        for (int j = 0; j < x.length; j++) {
            stream.normals(from, firstVariate + j, x[j]);
        }
        fromStandard(x);
    }

    /**
     * Turns standard normal vectors {@code z} into {@code m + L z}.
     *
     * @param x {@code x[j][row]}: d columns; modified
     */
    void fromStandard(double[][] x) {
        double[] row = new double[x.length];
        for (int i = 0; i < x[0].length; i++) {
            for (int j = 0; j < x.length; j++) {
                row[j] = x[j][i];
            }
            for (int j = 0; j < x.length; j++) {
                double sum = mean[j];
                for (int k = 0; k <= j; k++) {
                    sum += factor[j][k] * row[k];
                }
                x[j][i] = sum;
            }
        }
    }
}
