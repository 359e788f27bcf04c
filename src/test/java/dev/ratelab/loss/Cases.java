package dev.ratelab.loss;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.List;

/** Truths and estimates for the tests of this package. */
final class Cases {
    private Cases() {}

    static MixtureOfExperts model(int atoms, int dimension) {
        return new MixtureOfExperts(Gates.of("softmax"), Experts.of("linear"), atoms, dimension);
    }

    static Truth truth(List<Atom> atoms, int dimension) {
        return new Truth(model(atoms.size(), dimension), atoms, InputDistribution.uniform(-1, 1));
    }

    static Atom atom(double[] gate, double[] expert, double variance) {
        return new Atom(gate, expert, variance);
    }

    /** An atom of one input. */
    static Atom atom(double bias, double weight, double intercept, double slope, double variance) {
        return new Atom(new double[] {bias, weight}, new double[] {intercept, slope}, variance);
    }

    /** Random atoms of size 1 or 2 in each parameter. */
    static List<Atom> random(String key, int atoms, int dimension) {
        Stream stream = Streams.of(key, "cases");
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            double[] gate = new double[1 + dimension];
            double[] expert = new double[1 + dimension];
            for (int c = 0; c <= dimension; c++) {
                gate[c] = stream.normal(i, 2 * c);
                expert[c] = 2 * stream.normal(i, 2 * c + 1);
            }
            list.add(new Atom(gate, expert, 0.3 + stream.uniform(i, 100)));
        }
        return list;
    }

    /**
     * {@code k} atoms near true ones: each true atom in turn, split evenly, moved by normal numbers times the radius.
     */
    static List<Atom> near(List<Atom> truth, int k, double radius, String key) {
        Stream stream = Streams.of(key, "near");
        List<Atom> list = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            int j = i % truth.size();
            int copies = k / truth.size() + (j < k % truth.size() ? 1 : 0);
            Atom parent = truth.get(j);
            double[] gate = moved(parent.gate(), radius, stream, 2 * i);
            gate[0] -= Math.log(copies);
            double[] expert = moved(parent.expert(), radius, stream, 2 * i + 1);
            list.add(new Atom(gate, expert, parent.variance() * Math.exp(radius * stream.normal(i, 1000))));
        }
        return list;
    }

    private static double[] moved(double[] values, double radius, Stream stream, int row) {
        double[] result = values.clone();
        for (int c = 0; c < result.length; c++) {
            result[c] += radius * stream.normal(row, c);
        }
        return result;
    }

    /** The atoms with {@code shift} added to all gate parameters. */
    static List<Atom> translated(List<Atom> atoms, double[] shift) {
        List<Atom> list = new ArrayList<>();
        for (Atom atom : atoms) {
            double[] gate = atom.gate().clone();
            for (int c = 0; c < gate.length; c++) {
                gate[c] += shift[c];
            }
            list.add(new Atom(gate, atom.expert(), atom.variance()));
        }
        return list;
    }
}
