package dev.ratelab.data;

import dev.ratelab.math.Elementary;
import dev.ratelab.model.Block;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;

/**
 * Draws samples from a known model: inputs by {@link InputDistribution}, expert {@code i} with probability
 * {@code pi_i(x)}, then {@code y = h(x, eta_i) + sqrt(nu_i) z} with standard normal {@code z}.
 *
 * <p>The streams of a data key are {@code input} (variate {@code j}: coordinate {@code j}), {@code expert} and
 * {@code noise}, all by row. A row is a function of the truth, the data key and its number (and, for the grid, of the
 * sample size), so any row can be made alone, with the same bits. Stateless and safe for use by several threads.
 */
public final class Generator {
    private Generator() {}

    /**
     * The sample of a data key.
     *
     * @param truth the model to draw from
     * @param sampleSize number of rows n, at least 1 (grid inputs: at least 2)
     * @param dataKey canonical text of what identifies the data set
     * @throws IllegalArgumentException if the sample size is too small, or grid inputs have more than one coordinate
     */
    public static Sample generate(Truth truth, int sampleSize, String dataKey) {
        return rows(truth, sampleSize, dataKey, 0, sampleSize);
    }

    /**
     * Consecutive rows of the sample of a data key: those that {@link #generate} puts at the same place.
     *
     * @param truth the model to draw from
     * @param sampleSize number of rows n of the whole sample
     * @param dataKey canonical text of what identifies the data set
     * @param from first row, from 0
     * @param count number of rows, at least 1; {@code from + count} is at most n
     * @throws IllegalArgumentException as {@link #generate}, or if the rows are not within the sample
     */
    public static Sample rows(Truth truth, int sampleSize, String dataKey, int from, int count) {
        if (from < 0 || count < 1 || from > sampleSize - count) {
            throw new IllegalArgumentException(
                    "rows " + from + " to " + (from + (long) count - 1) + " are not within a sample of " + sampleSize);
        }
        MixtureOfExperts model = truth.model();
        double[][] x = new double[model.dimension()][count];
        fillInputs(truth.input(), sampleSize, Streams.of(dataKey, "input"), from, x);

        double[] choice = new double[count];
        double[] noise = new double[count];
        Streams.of(dataKey, "expert").uniforms(from, 0, choice);
        Streams.of(dataKey, "noise").normals(from, 0, noise);

        double[] theta = truth.parameters();
        double[] deviation = deviations(truth);
        Sample inputs = Sample.of(x, new double[count]);
        double[][] scores = new double[model.atoms()][Block.LENGTH];
        double[][] means = new double[model.atoms()][Block.LENGTH];
        double[] y = new double[count];
        for (int b = 0; b < inputs.blockCount(); b++) {
            Block block = inputs.block(b);
            model.gate().values(theta, model.gateOffset(), block, scores);
            model.expert().values(theta, model.expertOffset(), block, means);
            for (int i = 0; i < block.rows(); i++) {
                int row = b * Block.ROWS + i;
                int expert = choose(scores, i, choice[row]);
                y[row] = means[expert][i] + deviation[expert] * noise[row];
            }
        }
        return Sample.of(x, y);
    }

    private static void fillInputs(InputDistribution input, int sampleSize, Stream stream, int from, double[][] x) {
        double first = input.first();
        double second = input.second();
        switch (input.kind()) {
            case GRID -> fillGrid(input, sampleSize, from, x);
            case UNIFORM -> {
                for (int j = 0; j < x.length; j++) {
                    stream.uniforms(from, j, x[j]);
                    scale(x[j], first, second - first);
                }
            }
            case NORMAL -> {
                for (int j = 0; j < x.length; j++) {
                    stream.normals(from, j, x[j]);
                    scale(x[j], first, second);
                }
            }
        }
    }

    private static void fillGrid(InputDistribution input, int sampleSize, int from, double[][] x) {
        if (x.length != 1) {
            throw new IllegalArgumentException("grid inputs need one input, the model has " + x.length);
        }
        if (sampleSize < 2) {
            throw new IllegalArgumentException("grid inputs need a sample size of at least 2, not " + sampleSize);
        }
        double range = input.second() - input.first();
        for (int i = 0; i < x[0].length; i++) {
            x[0][i] = input.first() + range * (from + i) / (sampleSize - 1);
        }
    }

    private static void scale(double[] values, double origin, double unit) {
        for (int i = 0; i < values.length; i++) {
            values[i] = origin + unit * values[i];
        }
    }

    private static double[] deviations(Truth truth) {
        double[] deviation = new double[truth.atoms().size()];
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = Math.sqrt(truth.atoms().get(i).variance());
        }
        return deviation;
    }

    /** The first atom whose cumulative weight, by softmax of the scores of one row, is above {@code u} in (0, 1). */
    private static int choose(double[][] scores, int row, double u) {
        double max = Double.NEGATIVE_INFINITY;
        for (double[] score : scores) {
            max = Math.max(max, score[row]);
        }
        double total = 0;
        for (double[] score : scores) {
            total += Elementary.exp(score[row] - max);
        }
        double cumulative = 0;
        int chosen = 0;
        for (int i = 0; i < scores.length; i++) {
            double weight = Elementary.exp(scores[i][row] - max);
            if (weight > 0) {
                chosen = i;
                cumulative += weight;
                if (cumulative > u * total) {
                    break;
                }
            }
        }
        return chosen;
    }
}
