package dev.ratelab.data;

import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Problem;
import java.util.List;

/**
 * The known model that data are drawn from.
 *
 * @param model the family, with {@code k*} atoms; it says which problem this is
 * @param atoms the {@code k*} true atoms; where the model's noise variance is known, all have that one
 * @param input distribution of the inputs
 * @param noise law of the noise
 */
public record Truth(MixtureOfExperts model, List<Atom> atoms, InputDistribution input, NoiseLaw noise) {

    public Truth {
        atoms = List.copyOf(atoms);
        if (model.problem() == Problem.REGRESSION) {
            double known = model.noise().variance();
            if (atoms.stream().anyMatch(atom -> atom.variance() != known)) {
                throw new IllegalArgumentException(
                        "in regression all atoms must have the same noise variance, that of the model, " + known);
            }
        }
    }

    /** A truth with normal noise. */
    public Truth(MixtureOfExperts model, List<Atom> atoms, InputDistribution input) {
        this(model, atoms, input, NoiseLaw.NORMAL);
    }

    /** The estimation problem: that of the model. */
    public Problem problem() {
        return model.problem();
    }

    /** The flat parameter vector. */
    public double[] parameters() {
        return model.toParameters(atoms);
    }

    /**
     * Whether a family is known to hold this truth: the same gate, the same expert family, and at least as many experts.
     *
     * @param experts number of experts k of the family
     */
    public boolean isHeldBy(Gate gate, Expert expert, int experts) {
        return model.isOf(gate, expert) && experts >= model.atoms();
    }
}
