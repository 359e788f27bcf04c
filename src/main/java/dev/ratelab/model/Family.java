package dev.ratelab.model;

import java.util.List;

/** A named family of functions: what gates and expert families have in common. */
public interface Family extends PredictorFamily {

    /** The name in study files and tables, such as {@code softmax} or {@code top-k(k=2)}; options at their default are left out. */
    String id();

    /** What people are told of the family. */
    Description description();

    /** The kinds of one atom's parameters, in the order in which they stand in an {@link Atom}. */
    List<ParameterKind> kinds(int dimension);

    /** Whether the values have two continuous derivatives by the parameters at every row. */
    default boolean smooth() {
        return true;
    }

    /** Whether another family is this one, as an object of its own: families are told by their ids. */
    default boolean sameAs(Family other) {
        return id().equals(other.id());
    }
}
