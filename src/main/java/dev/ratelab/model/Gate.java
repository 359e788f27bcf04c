package dev.ratelab.model;

import java.util.List;

/**
 * A gating function: scores {@code u_i(x)} of {@code k} atoms, turned into weights {@code pi_i(x) = exp(u_i) / sum_l exp(u_l)}.
 *
 * <p>A new gate is one class that implements this interface, one line in {@link Gates} and one subclass of the gate contract
 * test.
 */
public interface Gate extends PredictorFamily {

    /** The name in study files and tables, such as {@code softmax}. */
    String id();

    /** One line for people: the scores and the normaliser as a formula. */
    String formula();

    /** Where the gate is defined and studied. */
    String source();

    /** The kinds of one atom's parameters, in their order in {@link Atom#gate}. */
    List<ParameterKind> kinds(int dimension);

    /**
     * Directions in which the family's parameters can move without changing any weight {@code pi_i(x)}, at {@code theta}.
     *
     * @return {@code [direction][parameter of this family]}, linearly independent; empty for an identified gate
     */
    double[][] invariances(double[] theta, int offset, int atoms, int dimension);

    /**
     * The compactness constraints {@code row . parameters <= limit} that named bounds of a study put on this family's
     * parameters. They must not depend on the order of the atoms or on the gauge.
     *
     * @param bounds the study's bounds; entries that are not this gate's are ignored
     */
    List<LinearConstraint> constraints(ParameterBounds bounds, int atoms, int dimension);

    /** The invariances in words, for people; {@code none} for an identified gate. */
    String invarianceText();

    /** Flat parameters of this family to the parameters of each atom: {@code [atom][parameter of the atom]}. */
    double[][] toAtoms(double[] theta, int offset, int atoms, int dimension);

    /** The inverse of {@link #toAtoms}. */
    void fromAtoms(List<Atom> atoms, int dimension, double[] theta, int offset);

    /**
     * Changes the parameters of a true atom for one of {@code copies} equal copies of it, such that the copies together
     * weigh as much as the atom did (softmax: the bias falls by {@code log copies}).
     *
     * @param gate parameters of one atom; modified
     */
    void split(double[] gate, int copies);
}
