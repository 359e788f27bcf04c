package dev.ratelab.fit.objective;

import dev.ratelab.data.Generator;
import dev.ratelab.data.NormalInput;
import dev.ratelab.data.Sample;
import dev.ratelab.data.Truth;
import dev.ratelab.data.UniformInput;
import dev.ratelab.model.Atom;
import dev.ratelab.model.CanonicalExperts;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.ArrayList;
import java.util.List;

/** Truths and samples for benchmarks. */
public final class Problems {
    private Problems() {}

    /** The canonical density truth of two families, with variances of their own, or regression where a gate has no density. */
    public static Truth truth(String gateName, String expertName, int atoms, int dimension) {
        Gate gate = Gates.of(gateName);
        boolean regression = gate.normaliser() == Normaliser.NONE;
        Expert expert = Experts.of(expertName);
        double[][] gates = gate.canonical(atoms, dimension).orElseThrow();
        CanonicalExperts experts = expert.canonical(atoms, dimension).orElseThrow();
        double variance = experts.variance();
        MixtureOfExperts model = new MixtureOfExperts(
                gate, expert, regression ? Noise.known(variance) : Noise.OWN, atoms, dimension);
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            list.add(new Atom(gates[i], experts.parameters()[i], variance));
        }
        return new Truth(
                model,
                list,
                gate.normaliser() == Normaliser.JOINT
                        ? new NormalInput(0, 1)
                        : new UniformInput(-Gate.CANONICAL_RANGE, Gate.CANONICAL_RANGE));
    }

    /** A sample of a truth. */
    public static Sample sample(Truth truth, int rows) {
        return Generator.generate(truth, rows, "benchmark");
    }
}
