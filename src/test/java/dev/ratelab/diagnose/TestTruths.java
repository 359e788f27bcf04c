package dev.ratelab.diagnose;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Truths of the tests of this package. */
final class TestTruths {
    private TestTruths() {}

    /** A regression truth with inputs that are uniform on {@code [-range, range]^d}. */
    static Truth regression(
            String gate, double[][] gates, String expert, double[][] experts, int inputs, double range) {
        return of(gate, gates, expert, experts, Noise.known(1), inputs, range);
    }

    /** A density truth with one input and a variance of 0.5 for each expert. */
    static Truth density(String gate, double[][] gates, String expert, double[][] experts) {
        return of(gate, gates, expert, experts, Noise.OWN, 1, 2);
    }

    private static Truth of(
            String gate, double[][] gates, String expert, double[][] experts, Noise noise, int inputs, double range) {
        MixtureOfExperts model = new MixtureOfExperts(Gates.of(gate), Experts.of(expert), noise, gates.length, inputs);
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < gates.length; i++) {
            atoms.add(new Atom(gates[i], experts[i], noise.kind() == Noise.Kind.KNOWN ? noise.variance() : 0.5));
        }
        return new Truth(model, atoms, InputDistribution.uniform(-range, range));
    }

    /** The finding about one set. */
    static Finding finding(Truth truth, FunctionSet set) {
        Optional<Finding> found = Diagnosis.of(truth, truth.model().atoms() + 1, 1e6).stream()
                .filter(finding -> finding.set() == set)
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("no finding about " + set));
    }
}
