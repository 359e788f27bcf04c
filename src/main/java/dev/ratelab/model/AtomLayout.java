package dev.ratelab.model;

import java.util.List;

/**
 * How the flat parameters of a gate are the parameters of its atoms. A parameter that several atoms share, such as a temperature, stands
 * once in the flat vector and is repeated in each of their {@link Atom}s.
 */
public interface AtomLayout {

    /** Flat parameters of this family to the parameters of each atom: {@code [atom][parameter of the atom]}. */
    double[][] toAtoms(double[] theta, int offset, int atoms, int dimension);

    /** The inverse of {@link #toAtoms}. */
    void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset);

    /**
     * Which entry of a list in a study file an atom takes for one of its kinds of parameters: its own ({@code atom}, the default), that
     * of its group, or 0 for a parameter that all atoms share.
     *
     * @param kind index in {@link Family#kinds}
     */
    default int entry(int kind, int atom, int atoms) {
        return atom;
    }

    /** The group of an atom, from 0, in ascending order; atoms of different groups are not interchangeable. */
    default int group(int atom, int atoms) {
        return 0;
    }
}
