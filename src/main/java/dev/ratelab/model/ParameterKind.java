package dev.ratelab.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

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

    /** The names of kinds, in order. */
    public static List<String> names(List<ParameterKind> kinds) {
        return kinds.stream().map(ParameterKind::name).toList();
    }

    /**
     * The names of the kinds that there are with one input and with two.
     *
     * @param kinds the kinds by the number of inputs
     */
    static Set<String> names(IntFunction<List<ParameterKind>> kinds) {
        Set<String> names = new LinkedHashSet<>(names(kinds.apply(1)));
        names.addAll(names(kinds.apply(2)));
        return names;
    }
}
