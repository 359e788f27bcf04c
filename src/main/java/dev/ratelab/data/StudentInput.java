package dev.ratelab.data;

import dev.ratelab.random.Quantiles;
import dev.ratelab.random.Stream;

/**
 * Independent coordinates {@code location + scale t} with {@code t} of Student's distribution, see {@link Quantiles#student}.
 * Variates {@code 2 j} and {@code 2 j + 1} of a stream make coordinate {@code j}.
 *
 * @param location median
 * @param scale scale, positive; the standard deviation is {@code scale sqrt(nu / (nu - 2))} for {@code nu > 2}
 * @param degreesOfFreedom {@code nu}, at least {@value Quantiles#FEWEST_DEGREES_OF_FREEDOM}, not necessarily whole
 */
public record StudentInput(double location, double scale, double degreesOfFreedom) implements ContinuousInput {
    /** The name of these inputs in study files. */
    public static final String ID = "student";

    public StudentInput {
        InputChecks.requireFinite(location, scale, degreesOfFreedom);
        InputChecks.requirePositive("scale", scale);
        if (!(degreesOfFreedom >= Quantiles.FEWEST_DEGREES_OF_FREEDOM)) {
            throw new IllegalArgumentException("degrees of freedom = " + degreesOfFreedom + " must be at least "
                    + Quantiles.FEWEST_DEGREES_OF_FREEDOM);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int variates(int dimension) {
        return 2 * dimension;
    }

    @Override
    public double[] numbers() {
        return new double[] {location, scale, degreesOfFreedom};
    }

    @Override
    public void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x) {
        double[] angle = new double[x[0].length];
        for (int j = 0; j < x.length; j++) {
            stream.uniforms(from, firstVariate + 2 * j, x[j]);
            stream.uniforms(from, firstVariate + 2 * j + 1, angle);
            for (int i = 0; i < angle.length; i++) {
                x[j][i] = location + scale * Quantiles.student(x[j][i], angle[i], degreesOfFreedom);
            }
        }
    }
}
