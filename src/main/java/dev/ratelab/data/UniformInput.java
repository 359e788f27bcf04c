package dev.ratelab.data;

import dev.ratelab.random.Stream;

/**
 * Independent uniform coordinates. Variate {@code j} of a stream makes coordinate {@code j}.
 *
 * @param low lower end
 * @param high upper end, above the lower
 */
public record UniformInput(double low, double high) implements ContinuousInput {
    /** The name of these inputs in study files. */
    public static final String ID = "uniform";

    public UniformInput {
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
    public double[] numbers() {
        return new double[] {low, high};
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        for (int j = 0; j < x.length; j++) {
            stream.uniforms(from, firstVariate + j, x[j]);
            InputChecks.scale(x[j], low, high - low);
        }
    }
}
