package dev.ratelab.model;

import dev.ratelab.math.Elementary;

/** The mass {@code w_i} of an atom in Voronoi losses, by the gate's parameters of that atom: {@code exp(bias)}, unless a gate says else. */
public interface AtomMass {
    /** The mass {@code exp(bias)} of gates in which the bias is the first parameter of an atom. */
    AtomMass OF_BIAS = new AtomMass() {};

    /**
     * The logarithm of the mass, up to a constant that all atoms share.
     *
     * @param gate parameters of one atom; not modified
     */
    default double log(double[] gate, int dimension) {
        return gate[0];
    }

    /**
     * Changes the parameters of a true atom for one of {@code copies} equal copies of it, such that the copies together
     * weigh as much as the atom did (softmax: the bias falls by {@code log copies}).
     *
     * @param gate parameters of one atom; modified
     */
    default void split(double[] gate, int copies, int dimension) {
        gate[0] -= Elementary.log(copies);
    }
}
