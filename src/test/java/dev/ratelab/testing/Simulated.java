package dev.ratelab.testing;

import dev.ratelab.data.Sample;
import java.util.Random;

/** Small data sets and parameter vectors for tests of the estimation core; nothing here ends up in a stored number. */
public final class Simulated {
    private Simulated() {}

    /** Two crossing lines with noise, in {@code dimension} inputs. */
    public static Sample sample(int rows, int dimension, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[dimension][rows];
        double[] y = new double[rows];
        for (int n = 0; n < rows; n++) {
            double total = 0;
            for (int j = 0; j < dimension; j++) {
                x[j][n] = -1.7 + 3.4 * random.nextDouble();
                total += x[j][n] / (1 + j);
            }
            boolean first = random.nextDouble() < 1 / (1 + Math.exp(-total));
            y[n] = (first ? 3 + total : -3 - total) + random.nextGaussian();
        }
        return Sample.of(x, y);
    }

    /** Parameters of moderate size. */
    public static double[] parameters(int count, long seed) {
        Random random = new Random(seed);
        double[] theta = new double[count];
        for (int a = 0; a < count; a++) {
            theta[a] = 0.7 * random.nextGaussian();
        }
        return theta;
    }
}
