package dev.ratelab.model;

import java.util.List;

/**
 * An expert family: the conditional mean {@code h(x, eta)}; atom {@code i} has parameters {@code eta_i} of its own.
 *
 * <p>A new family is one class that implements this interface, one line in {@link Experts} and one subclass of the expert
 * contract test. The flat parameters of the family are those of atom 1, then those of atom 2, and so on.
 */
public interface Expert extends PredictorFamily {

    /** The name in study files and tables, such as {@code linear}. */
    String id();

    /** One line for people: the mean as a formula. */
    String formula();

    /** Where the family is defined and studied. */
    String source();

    /** The kinds of one atom's parameters, in their order in {@link Atom#expert}. */
    List<ParameterKind> kinds(int dimension);

    /** Number of parameters of one atom. */
    int parameterCount(int dimension);

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
}
