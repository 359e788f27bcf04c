package dev.ratelab.data;

import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import java.util.List;

/**
 * The known model that data are drawn from.
 *
 * @param problem the estimation problem
 * @param model the family, with {@code k*} atoms
 * @param atoms the {@code k*} true atoms; in regression all have the same variance
 * @param input distribution of the inputs
 * @param noise law of the noise
 */
public record Truth(
        Problem problem, MixtureOfExperts model, List<Atom> atoms, InputDistribution input, NoiseLaw noise) {

    public Truth {
        atoms = List.copyOf(atoms);
        if (problem == Problem.REGRESSION
                && atoms.stream().mapToDouble(Atom::variance).distinct().count() > 1) {
            throw new IllegalArgumentException("in regression all atoms must have the same noise variance");
        }
    }

    /** A truth with normal noise. */
    public Truth(Problem problem, MixtureOfExperts model, List<Atom> atoms, InputDistribution input) {
        this(problem, model, atoms, input, NoiseLaw.NORMAL);
    }

    /** The flat parameter vector. */
    public double[] parameters() {
        return model.toParameters(atoms);
    }
}
