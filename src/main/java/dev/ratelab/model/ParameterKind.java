package dev.ratelab.model;

/**
 * A named group of an atom's parameters, such as the {@code d} components of a slope: errors are reported by kind.
 *
 * @param name the name in tables and study files, such as {@code slope}
 * @param offset index of the first component within the gate's or expert's parameters of one atom
 * @param length number of components, at least 1
 * @param positive whether every component must be positive
 */
public record ParameterKind(String name, int offset, int length, boolean positive) {

    /** A kind of any finite numbers. */
    public ParameterKind(String name, int offset, int length) {
        this(name, offset, length, false);
    }
}
