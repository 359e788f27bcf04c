package dev.ratelab.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An expert family: the conditional mean {@code h(x, eta)}; atom {@code i} has parameters {@code eta_i} of its own.
 *
 * <p>A new family is one class that implements this interface, one line in the registry {@code catalog.Experts} and one
 * subclass of the expert contract test. The flat parameters of the family are those of atom 1, then those of atom 2, and so on.
 */
public interface Expert extends Family {

    /**
     * The names of the kinds of parameters that experts of this family can have, with any options and number of inputs: losses of them
     * have names before there is such an expert. By default those of this one.
     */
    default Set<String> possibleKinds() {
        return ParameterKind.names(this::kinds);
    }

    /** Number of parameters of one atom. */
    int parameterCount(int dimension);

    /**
     * Multiplications that the mean of one atom costs at one input: one for each parameter, a bias being multiplied by the constant
     * input 1. Activations and powers are not counted.
     */
    default int multiplications(int dimension) {
        return parameterCount(dimension);
    }

    /**
     * Directions in which the family's parameters can move without changing any mean, at {@code theta}.
     *
     * @return {@code [direction][parameter of this family]}, linearly independent; empty for an identified expert
     */
    default double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        return new double[0][];
    }

    /**
     * All parameter vectors of one atom that give the same mean function by the family's discrete symmetries, such as
     * permutations of hidden units; parameters with a {@linkplain #periods period} appear once, not once a period.
     *
     * @param parameters of one atom; not modified
     * @return the given vector first, then the others; each vector is new
     */
    default List<double[]> equivalents(double[] parameters, int dimension) {
        return List.of(parameters.clone());
    }

    /**
     * For each parameter of one atom the {@code P > 0} such that adding {@code P} changes no mean, or 0 if there is none.
     * Differences of such a parameter count modulo {@code P}.
     */
    default double[] periods(int dimension) {
        return new double[parameterCount(dimension)];
    }

    /** Whether the mean is a linear function of the parameters. */
    default boolean linearInParameters() {
        return affine();
    }

    @Override
    default int parameterCount(int atoms, int dimension) {
        return atoms * parameterCount(dimension);
    }

    @Override
    default int[] parametersOf(int atom, int atoms, int dimension) {
        int count = parameterCount(dimension);
        int[] indices = new int[count];
        for (int c = 0; c < count; c++) {
            indices[c] = atom * count + c;
        }
        return indices;
    }

    /** True experts for studies that give no numbers; absent if the family has none. */
    default Optional<CanonicalExperts> canonical(int atoms, int dimension) {
        return Optional.empty();
    }
}
