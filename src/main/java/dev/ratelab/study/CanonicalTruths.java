package dev.ratelab.study;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Problem;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.List;

/**
 * Truths that need no numbers: the parameters are those that the families call {@linkplain Gate#canonical canonical}, the inputs
 * uniform with mean 0 and variance 1 (density) or on [-1, 1] (regression), or those of a gate that models them.
 *
 * <p>A random truth adds to each canonical parameter half a standard normal number, drawn by the seed.
 */
final class CanonicalTruths {
    /** Noise variance in the density problem, in regression a hundredth of it: standard deviation 0.1. */
    private static final double VARIANCE = 1;

    private static final double REGRESSION_VARIANCE = 0.01;
    private static final double ROOT_THREE = 1.7320508;
    private static final double RANDOM_SPREAD = 0.5;

    private CanonicalTruths() {}

    static Truth of(Truths.Named named, Gate gate, Expert expert) {
        boolean density = named.problem() == Problem.DENSITY;
        double variance = named.variance().orElse(density ? VARIANCE * expert.canonicalScale() : REGRESSION_VARIANCE);
        Noise noise = density ? Noise.OWN : Noise.known(variance);
        MixtureOfExperts model = new MixtureOfExperts(gate, expert, noise, named.experts(), named.inputs());
        double[][] gates = gate.canonical(named.experts(), named.inputs());
        double[][] experts = expert.canonical(named.experts(), named.inputs());
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < named.experts(); i++) {
            atoms.add(new Atom(gates[i], experts[i], variance));
        }
        if (named.seed().isPresent()) {
            double[] theta = model.toParameters(atoms);
            Stream stream = Streams.of(
                    "random-truth;seed=" + named.seed().getAsLong() + ";gate=" + gate.id() + ";expert=" + expert.id(),
                    "parameters");
            for (int a = 0; a < model.logVarianceOffset(); a++) {
                theta[a] += RANDOM_SPREAD * stream.normal(a, 0);
            }
            atoms = model.toAtoms(theta);
        }
        double half = density ? ROOT_THREE : 1;
        InputDistribution input = GateInputs.of(model, atoms).orElse(InputDistribution.uniform(-half, half));
        return new Truth(named.problem(), model, atoms, input);
    }
}
