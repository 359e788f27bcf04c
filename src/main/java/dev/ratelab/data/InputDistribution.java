package dev.ratelab.data;

import dev.ratelab.random.Stream;
import java.util.OptionalInt;

/**
 * Distribution of the inputs of a sample of n rows.
 *
 * <p>Every kind is random access: row {@code i} is a function of the stream, the number {@code i} and (for the grid) n, so any
 * row can be made alone. Implementations are immutable and safe for use by several threads.
 */
public sealed interface InputDistribution permits ContinuousInput, GridInput, MixtureInput, EmpiricalInput {

    /** The name in study files, such as {@code uniform}. */
    String id();

    /** Whether all inputs lie in a bounded set: not, unless it says otherwise. */
    default boolean bounded() {
        return false;
    }

    /** The number of inputs d, if the distribution fixes it. */
    OptionalInt dimension();

    /** The largest sample size that the distribution can fill: without limit unless it says otherwise. */
    default int mostRows() {
        return Integer.MAX_VALUE;
    }

    /** Number of variates (columns) of a stream that a row of {@code dimension} inputs uses. */
    int variates(int dimension);

    /** All numbers that define the distribution, in a fixed order; the caller may modify the array. */
    double[] numbers();

    /**
     * Fills columns with consecutive rows of the sample.
     *
     * @param stream the stream of the inputs; its variates {@code firstVariate} to
     *     {@code firstVariate + variates(d) - 1} are used
     * @param firstVariate first variate
     * @param sampleSize number of rows n of the whole sample
     * @param from first row, from 0
     * @param x {@code x[j][i]}: coordinate j of row {@code from + i}; modified
     * @throws IllegalArgumentException if the distribution does not have as many inputs as there are columns, or the
     *     sample size is not possible
     */
    void fill(Stream stream, int firstVariate, int sampleSize, int from, double[][] x);

    /**
     * Independent uniform coordinates.
     *
     * @param low lower end
     * @param high upper end, above the lower
     */
    static UniformInput uniform(double low, double high) {
        return new UniformInput(low, high);
    }

    /**
     * Independent normal coordinates.
     *
     * @param mean mean
     * @param standardDeviation standard deviation, positive
     */
    static NormalInput normal(double mean, double standardDeviation) {
        return new NormalInput(mean, standardDeviation);
    }

    /**
     * The fixed grid of one input.
     *
     * @param low first point
     * @param high last point, above the first
     */
    static GridInput grid(double low, double high) {
        return new GridInput(low, high);
    }
}
