package dev.ratelab.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gating function: scores {@code u_i(x)} of {@code k} atoms, turned into weights by its {@link #normaliser}; for most gates
 * {@code pi_i(x) = exp(u_i) / sum_l exp(u_l)}. One that models the inputs as well is a {@link JointGate}.
 *
 * <p>Concern by concern: the scores and their derivatives ({@link PredictorFamily}); the name, and what people are told ({@link
 * Family}); whose parameters the flat ones are ({@link AtomLayout}); what they do not determine ({@link Gauge}); what an atom weighs
 * ({@link AtomMass}); and, below, what only some gates have.
 *
 * <p>Gates compose: a gate may take the scores of another one, as top-K and hierarchical gates do.
 *
 * <p>A new gate is one class that implements this interface, one line in the registry {@code catalog.Gates} and one subclass of the gate
 * contract test.
 */
public interface Gate extends Family, AtomLayout, Gauge {

    /** Score of an atom that has no weight at a row; finite, so that differences of scores are never {@code NaN}. */
    double EXCLUDED = -1e300;

    /** Half the length of the interval of inputs for which {@link #canonical} parameters are chosen. */
    double CANONICAL_RANGE = 3;

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

    /** {@inheritDoc} By default the parameters as they are. */
    @Override
    default InvariantForm invariantForm(int dimension) {
        return InvariantForm.identity(kinds(dimension));
    }

    /**
     * The names of the kinds of parameters that gates of this family can have, with any options and number of inputs, as they are and
     * in {@linkplain #invariantForm invariant form}: losses of them have names before there is such a gate. By default those of this
     * gate.
     *
     * @param gates the gates that options may name
     */
    default Set<String> possibleKinds(List<Gate> gates) {
        Set<String> names = ParameterKind.names(this::kinds);
        names.addAll(ParameterKind.names(dimension -> invariantForm(dimension).kinds()));
        return names;
    }

    /** What an atom weighs: by default {@code exp(bias)}, the bias being its first parameter. */
    default AtomMass mass() {
        return AtomMass.OF_BIAS;
    }

    /** How atoms are merged into one by averaging, of gates that allow it. */
    default Optional<Merging> merging() {
        return Optional.empty();
    }

    /**
     * What a prediction costs: by default all atoms have a weight at every input.
     *
     * @param atoms number of atoms, at least 1
     */
    default PredictionCost cost(int atoms, int dimension) {
        return new PredictionCost(atoms, parameterCount(atoms, dimension));
    }

    /**
     * The gates of the EM iterations of a fit, in order, the last of which is this one: a gate that is annealed goes through several.
     * All have the same flat parameters.
     */
    default List<Gate> schedule() {
        return List.of(this);
    }

    /**
     * Well-conditioned true parameters {@code [atom][parameter of the atom]} for studies that give no numbers and whose inputs are
     * uniform on {@code [-CANONICAL_RANGE, CANONICAL_RANGE]} in each coordinate; absent if the gate has none.
     */
    default Optional<double[][]> canonical(int atoms, int dimension) {
        return Optional.empty();
    }
}
