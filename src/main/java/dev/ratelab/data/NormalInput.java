package dev.ratelab.data;

import dev.ratelab.random.Stream;

/**
 * Independent normal coordinates. Variate {@code j} of a stream makes coordinate {@code j}.
 *
 * @param mean mean
 * @param standardDeviation standard deviation, positive
 */
public record NormalInput(double mean, double standardDeviation) implements ContinuousInput {
    /** The name of these inputs in study files. */
    public static final String ID = "normal";

    public NormalInput {
        InputChecks.requireFinite(mean, standardDeviation);
        InputChecks.requirePositive("standard deviation", standardDeviation);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public double[] numbers() {
        return new double[] {mean, standardDeviation};
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        for (int j = 0; j < x.length; j++) {
            stream.normals(from, firstVariate + j, x[j]);
            InputChecks.scale(x[j], mean, standardDeviation);
        }
    }
}
