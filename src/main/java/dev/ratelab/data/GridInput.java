package dev.ratelab.data;

import dev.ratelab.random.Stream;
import java.util.OptionalInt;

/**
 * The fixed grid of n equally spaced points from the lower to the upper end, both included (d = 1, n at least 2).
 *
 * @param low first point
 * @param high last point, above the first
 */
public record GridInput(double low, double high) implements InputDistribution {
    /** The name of these inputs in study files. */
    public static final String ID = "grid";

    public GridInput {
        InputChecks.requireInterval(low, high);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public OptionalInt dimension() {
        return OptionalInt.of(1);
    }

    @Override
    public int variates(int dimension) {
        return 0;
    }

    @Override
    public double[] numbers() {
        return new double[] {low, high};
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        InputChecks.requireDimension(this, x.length);
        if (sampleSize < 2) {
            throw new IllegalArgumentException("grid inputs need a sample size of at least 2, not " + sampleSize);
        }
        double range = high - low;
        for (int i = 0; i < x[0].length; i++) {
            x[0][i] = low + range * (from + i) / (sampleSize - 1);
        }
    }
}
