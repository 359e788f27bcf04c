package dev.ratelab.study;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.CanonicalExperts;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Family;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Problem;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.List;

/**
 * Truths that need no numbers: the parameters are those that the families call {@linkplain Gate#canonical canonical}; the inputs are
 * uniform on [-3, 3] in each coordinate, in both problems, or those of a gate that models them. On wide inputs the derivatives of
 * experts by their parameters are far from linearly dependent, on [-1, 1] they nearly are.
 *
 * <p>A random truth adds to each canonical parameter half a standard normal number, drawn by the seed, independently: to each flat
 * parameter, so that temperatures and diagonals of covariance factors stay positive (their logarithms are moved), what atoms share
 * stays shared, and a gate of groups stays one. Noise variances are not moved.
 */
final class CanonicalTruths {
    /** Standard deviation 0.1; in the density problem the variance is {@link CanonicalExperts#variance}. */
    private static final double REGRESSION_VARIANCE = 0.01;

    private static final double RANDOM_SPREAD = 0.5;

    private CanonicalTruths() {}

    static Truth of(Truths.Named named, Gate gate, Expert expert) {
        double[][] gates = gate.canonical(named.experts(), named.inputs()).orElseThrow(() -> none("gate", gate));
        CanonicalExperts experts =
                expert.canonical(named.experts(), named.inputs()).orElseThrow(() -> none("expert family", expert));
        boolean density = named.problem() == Problem.DENSITY;
        double variance = named.variance().orElse(density ? experts.variance() : REGRESSION_VARIANCE);
        Noise noise = density ? Noise.OWN : Noise.known(variance);
        MixtureOfExperts model = new MixtureOfExperts(gate, expert, noise, named.experts(), named.inputs());
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < named.experts(); i++) {
            atoms.add(new Atom(gates[i], experts.parameters()[i], variance));
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
        InputDistribution input = GateInputs.of(model, atoms)
                .orElse(InputDistribution.uniform(-Gate.CANONICAL_RANGE, Gate.CANONICAL_RANGE));
        return new Truth(model, atoms, input);
    }

    private static IllegalArgumentException none(String sort, Family family) {
        return new IllegalArgumentException(sort + " " + family.id()
                + " has no canonical parameters; write the truth out, with numbers: docs/study-files.md");
    }
}
