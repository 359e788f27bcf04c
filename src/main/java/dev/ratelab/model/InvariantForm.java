package dev.ratelab.model;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Coordinates of an atom in which continuous invariances of its gate other than translations are divided out, such as weight over
 * temperature.
 *
 * @param kinds the kinds of the coordinates; their names differ from those of {@link Gate#kinds} where the coordinates do
 * @param coordinates the coordinates by the gate's parameters of one atom, which it does not modify
 */
public record InvariantForm(List<ParameterKind> kinds, UnaryOperator<double[]> coordinates) {

    /** The parameters as they are, of those kinds: there are no such invariances. */
    public static InvariantForm identity(List<ParameterKind> kinds) {
        return new InvariantForm(kinds, UnaryOperator.identity());
    }

    /**
     * The coordinates of one atom.
     *
     * @param gate the gate's parameters of the atom; not modified, and the very array that is returned if they are the coordinates
     */
    public double[] of(double[] gate) {
        return coordinates.apply(gate);
    }
}
