package dev.ratelab.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gating function: scores {@code u_i(x)} of {@code k} atoms, turned into weights by its {@link #normaliser}; for most gates
 * {@code pi_i(x) = exp(u_i) / sum_l exp(u_l)}.
 *
 * <p>Gates compose: a gate may take the scores of another one, as top-K and hierarchical gates do. A parameter that several atoms
 * share, such as a temperature, stands once in the flat vector and is repeated in each of their {@link Atom}s.
 *
 * <p>A new gate is one class that implements this interface, one line in {@link Gates} and one subclass of the gate contract
 * test.
 */
public interface Gate extends PredictorFamily {

    /** Score of an atom that has no weight at a row; finite, so that differences of scores are never {@code NaN}. */
    double EXCLUDED = -1e300;

    /** Half the length of the interval of inputs for which {@link #canonical} parameters are chosen. */
    double CANONICAL_RANGE = 3;

    /** The name in study files and tables, such as {@code softmax} or {@code top-k(k=2)}; options at their default are left out. */
    String id();

    /** How scores become weights. */
    default Normaliser normaliser() {
        return Normaliser.SOFTMAX;
    }

    /**
     * Why this gate cannot be used, or nothing.
     *
     * @param problem the estimation problem
     * @param atoms number of atoms, at least 1
     * @param dimension number of inputs, at least 1
     */
    default Optional<String> refusal(Problem problem, int atoms, int dimension) {
        return Optional.empty();
    }

    /** Whether the scores have two continuous derivatives by the parameters at every row. */
    default boolean smooth() {
        return true;
    }

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
     * Which entry of a list in a study file an atom takes for one of its kinds of parameters: its own ({@code atom}, the default), that
     * of its group, or 0 for a parameter that all atoms share.
     *
     * @param kind index in {@link #kinds}
     */
    default int entry(int kind, int atom, int atoms) {
        return atom;
    }

    /** The group of an atom, from 0, in ascending order; atoms of different groups are not interchangeable. */
    default int group(int atom, int atoms) {
        return 0;
    }

    /**
     * The logarithm of the mass {@code w_i} of an atom in Voronoi losses, up to a constant that all atoms share: by default the first
     * parameter, the bias.
     *
     * @param gate parameters of one atom; not modified
     */
    default double logMass(double[] gate, int dimension) {
        return gate[0];
    }

    /**
     * The kinds of parameters that are left when continuous invariances other than translations are divided out, such as weight over
     * temperature; their names differ from those of {@link #kinds} where the parameters do.
     */
    default List<ParameterKind> invariantKinds(int dimension) {
        return kinds(dimension);
    }

    /**
     * The parameters of one atom in the coordinates of {@link #invariantKinds}.
     *
     * @param gate parameters of one atom; not modified
     */
    default double[] invariantForm(double[] gate, int dimension) {
        return gate;
    }

    /**
     * The names of the kinds of parameters that gates of this family can have, with any options and number of inputs, as they are and
     * in {@linkplain #invariantKinds invariant form}: losses of them have names before there is such a gate. By default those of this
     * gate.
     *
     * @param gates the gates that options may name
     */
    default Set<String> possibleKinds(List<Gate> gates) {
        Set<String> names = ParameterKind.names(this::kinds);
        names.addAll(ParameterKind.names(this::invariantKinds));
        return names;
    }

    /**
     * Whether atoms can be merged into one by averaging: the gate is the softmax of scores that are a bias of the atom's own plus a
     * linear function of its other parameters, over a temperature that all atoms share. The mean of the parameters then is a score in
     * between, to first order the one that does what the atoms did together.
     */
    default boolean averages() {
        return false;
    }

    /**
     * Sets the bias of an atom such that its {@link #logMass} is the given one. For gates that {@linkplain #averages average}.
     *
     * @param gate parameters of one atom; the bias is set
     * @param logMass the logarithm of the mass
     */
    default void setLogMass(double[] gate, double logMass) {
        gate[0] = logMass;
    }

    /**
     * Mean number of atoms with a weight at an input: all of them, unless the gate leaves some out. So many experts are computed for a
     * prediction.
     *
     * @param atoms number of atoms, at least 1
     */
    default double activeAtoms(int atoms) {
        return atoms;
    }

    /**
     * Multiplications that the scores of one input cost: one for each parameter, a bias being multiplied by the constant input 1. Exact
     * for scores that are affine in the inputs; where a score has products of inputs, lengths or exponentials as well, a lower bound of
     * the same order. A gate that leaves atoms out computes all scores to know which.
     */
    default int multiplications(int atoms, int dimension) {
        return parameterCount(atoms, dimension);
    }

    /**
     * The gates of the EM iterations of a fit, in order, the last of which is this one: a gate that is annealed goes through several.
     * All have the same flat parameters.
     */
    default List<Gate> schedule() {
        return List.of(this);
    }

    /**
     * The exact M-step of a {@link Normaliser#JOINT} gate.
     *
     * @param moments {@code moments[atom][a][b] = sum_n tau_n z_na z_nb} with {@code z = (1, x)} and responsibilities {@code tau}; not
     *     modified
     * @param theta flat parameter vector; this family's part is set
     */
    default void maximise(double[][][] moments, double[] theta, int offset) {
        throw new IllegalStateException(id() + " has no M-step in closed form");
    }

    /**
     * The normal distribution of the inputs of one component of a {@link Normaliser#JOINT} gate.
     *
     * @param mean d numbers
     * @param covariance d x d, positive definite
     */
    record InputComponent(double[] mean, double[][] covariance) {}

    /**
     * The distribution of the inputs of an atom's component; its weight is proportional to {@code exp(logMass)}.
     *
     * @param gate parameters of one atom; not modified
     */
    default InputComponent inputComponent(double[] gate, int dimension) {
        throw new IllegalStateException(id() + " does not model the inputs");
    }

    /**
     * Well-conditioned true parameters {@code [atom][parameter of the atom]} for studies that give no numbers and whose inputs are
     * uniform on {@code [-CANONICAL_RANGE, CANONICAL_RANGE]} in each coordinate.
     */
    default double[][] canonical(int atoms, int dimension) {
        throw new IllegalStateException(id() + " has no canonical parameters");
    }

    /**
     * Changes the parameters of a true atom for one of {@code copies} equal copies of it, such that the copies together
     * weigh as much as the atom did (softmax: the bias falls by {@code log copies}).
     *
     * @param gate parameters of one atom; modified
     */
    void split(double[] gate, int copies);
}
