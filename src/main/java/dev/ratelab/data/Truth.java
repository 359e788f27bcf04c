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
 * @param atoms the {@code k*} true atoms
 * @param input distribution of the inputs
 */
public record Truth(Problem problem, MixtureOfExperts model, List<Atom> atoms, InputDistribution input) {

    public Truth {
        atoms = List.copyOf(atoms);
    }

    /** The flat parameter vector. */
    public double[] parameters() {
        return model.toParameters(atoms);
    }
}
