package dev.ratelab.fit;

import java.io.Serializable;

/**
 * Cells that the rows of a data set with one input fall into, given an expert for each row and its residual: strips of the input
 * times bins of the standardised residual, for each expert. Strips and bins are equally wide; the outermost ones have no end.
 *
 * @param centre mean of the input
 * @param deviation standard deviation of the input, positive
 * @param resolution how fine the cells are
 * @param experts number of experts k
 */
record CellGrid(double centre, double deviation, Resolution resolution, int experts) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Standard deviations of the input on each side of the mean that are divided into strips. */
    private static final int STRIPPED = 4;

    /** Standard deviations of the residual on each side of zero that are divided into bins. */
    private static final int BINNED = 5;

    /**
     * How fine cells are.
     *
     * @param strips by standard deviation of the input, at least 1
     * @param bins by standard deviation of the residual, at least 1
     */
    record Resolution(int strips, int bins) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Number of strips on each side of the mean. */
    private int halfStrips() {
        return STRIPPED * resolution.strips;
    }

    /** Number of bins on each side of zero. */
    private int halfBins() {
        return BINNED * resolution.bins;
    }

    private int strips() {
        return 2 * halfStrips();
    }

    private int bins() {
        return 2 * halfBins();
    }

    /** Number of cells. */
    int cells() {
        return experts * strips() * bins();
    }

    /**
     * The cell of a row.
     *
     * @param input standardised input
     * @param residual of the expert, over its standard deviation
     * @return from 0, below {@link #cells}
     */
    int cell(int expert, double input, double residual) {
        return (expert * strips() + position(input, resolution.strips, halfStrips())) * bins()
                + position(residual, resolution.bins, halfBins());
    }

    private static int position(double value, int perUnit, int half) {
        double position = Math.floor(value * perUnit) + half;
        return (int) Math.max(0, Math.min(2 * half - 1, position));
    }

    int expert(int cell) {
        return cell / (strips() * bins());
    }

    /** The middle of a cell's strip, as a standardised input. */
    double input(int cell) {
        return middle(cell / bins() % strips(), resolution.strips, halfStrips());
    }

    /** The middle of a cell's bin, in standard deviations of the residual. */
    double residual(int cell) {
        return middle(cell % bins(), resolution.bins, halfBins());
    }

    private static double middle(int position, int perUnit, int half) {
        return (position - half + 0.5) / perUnit;
    }
}
