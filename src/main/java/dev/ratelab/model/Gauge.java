package dev.ratelab.model;

import dev.ratelab.math.LinearConstraint;
import java.util.List;

/** What the parameters of a gate do not determine, and the bounds and coordinates that do not depend on it. */
public interface Gauge {

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

    /** Coordinates of an atom that change with no continuous invariance but translations. */
    InvariantForm invariantForm(int dimension);
}
