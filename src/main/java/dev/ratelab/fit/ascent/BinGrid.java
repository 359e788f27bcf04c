package dev.ratelab.fit.ascent;

import java.io.Serializable;

/**
 * Bins that the rows of a data set with one input fall into, given an expert for each row and its residual: strips of the input
 * times levels of the standardised residual, for each expert. Strips and levels are equally wide; the outermost ones have no end.
 *
 * @param centre mean of the input
 * @param deviation standard deviation of the input, positive
 * @param resolution how fine the bins are
 * @param experts number of experts k
 */
record BinGrid(double centre, double deviation, Resolution resolution, int experts) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Standard deviations of the input on each side of the mean that are divided into strips. */
    private static final int STRIPPED = 4;

    /** Standard deviations of the residual on each side of zero that are divided into levels. */
    private static final int LEVELLED = 5;

    /**
     * How fine bins are.
     *
     * @param strips by standard deviation of the input, at least 1
     * @param levels by standard deviation of the residual, at least 1
     */
    record Resolution(int strips, int levels) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Number of strips on each side of the mean. */
    private int halfStrips() {
        return STRIPPED * resolution.strips;
    }

    /** Number of levels on each side of zero. */
    private int halfLevels() {
        return LEVELLED * resolution.levels;
    }

    private int strips() {
        return 2 * halfStrips();
    }

    private int levels() {
        return 2 * halfLevels();
    }

    /** Number of bins. */
    int bins() {
        return experts * strips() * levels();
    }

    /**
     * The bin of a row.
     *
     * @param input standardised input
     * @param residual of the expert, over its standard deviation
     * @return from 0, below {@link #bins}
     */
    int bin(int expert, double input, double residual) {
        return (expert * strips() + position(input, resolution.strips, halfStrips())) * levels()
                + position(residual, resolution.levels, halfLevels());
    }

    private static int position(double value, int perUnit, int half) {
        double position = Math.floor(value * perUnit) + half;
        return (int) Math.max(0, Math.min(2 * half - 1, position));
    }

    int expert(int bin) {
        return bin / (strips() * levels());
    }

    /** The middle of a bin's strip, as a standardised input. */
    double input(int bin) {
        return middle(bin / levels() % strips(), resolution.strips, halfStrips());
    }

    /** The middle of a bin's level, in standard deviations of the residual. */
    double residual(int bin) {
        return middle(bin % levels(), resolution.levels, halfLevels());
    }

    private static double middle(int position, int perUnit, int half) {
        return (position - half + 0.5) / perUnit;
    }
}
