package dev.ratelab.loss;

import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterKind;
import java.util.List;

/** Coordinates in which the gate parameters of atoms are compared. */
enum GateForm {
    /** The parameters as they are. */
    RAW {
        @Override
        List<ParameterKind> kinds(Gate gate, int dimension) {
            return gate.kinds(dimension);
        }

        @Override
        double[] of(Gate gate, double[] parameters, int dimension) {
            return parameters;
        }
    },

    /** What is left of them when continuous invariances other than translations are divided out. */
    INVARIANT {
        @Override
        List<ParameterKind> kinds(Gate gate, int dimension) {
            return gate.invariantForm(dimension).kinds();
        }

        @Override
        double[] of(Gate gate, double[] parameters, int dimension) {
            return gate.invariantForm(dimension).of(parameters);
        }
    };

    /** The kinds of the coordinates. */
    abstract List<ParameterKind> kinds(Gate gate, int dimension);

    /**
     * The coordinates of an atom.
     *
     * @param parameters gate parameters of the atom; not modified
     * @return may be {@code parameters}; not to be modified
     */
    abstract double[] of(Gate gate, double[] parameters, int dimension);
}
