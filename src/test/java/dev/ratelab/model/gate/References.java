package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Reference;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Scores of gates as the papers write them, atom by atom and row by row; {@code NaN} as temperature: the atom's last
 * parameter.
 */
final class References {
    /** The temperature is the atom's last parameter. */
    static final double OWN = Double.NaN;

    private References() {}

    /** The scores of one atom. */
    interface Score {
        double of(double[] atom, double[] x);
    }

    static Reference each(Score score) {
        return (atoms, x) ->
                Arrays.stream(atoms).mapToDouble(atom -> score.of(atom, x)).toArray();
    }

    static Reference softmax() {
        return each((atom, x) -> atom[0] + inner(atom, x));
    }

    static Reference tempered(double temperature, boolean inside, DoubleUnaryOperator router) {
        return each((atom, x) -> {
            double tau = temperature(temperature, atom);
            double r = router.applyAsDouble(inner(atom, x));
            return inside ? (r + atom[0]) / tau : r / tau + atom[0];
        });
    }

    static Reference cosine(double temperature, double xiWeight, double xiInput) {
        return each((atom, x) -> {
            double[] weight = Arrays.copyOfRange(atom, 1, 1 + x.length);
            double lengths = (norm(weight) + xiWeight) * (norm(x) + xiInput);
            double similarity = lengths > 0 ? inner(atom, x) / lengths : 0;
            return atom[0] + similarity / temperature(temperature, atom);
        });
    }

    static Reference laplace() {
        return each((atom, x) -> {
            double squares = 0;
            for (int j = 0; j < x.length; j++) {
                squares += (x[j] - atom[1 + j]) * (x[j] - atom[1 + j]);
            }
            return atom[0] - Math.sqrt(squares);
        });
    }

    static Reference sigmoid() {
        return each((atom, x) -> -Math.log1p(Math.exp(-atom[0] - inner(atom, x))));
    }

    /** The scores of another gate where they are among the K largest. */
    static Reference largest(int count, Reference reference) {
        return (atoms, x) -> {
            double[] scores = reference.scores(atoms, x);
            double[] sorted = scores.clone();
            Arrays.sort(sorted);
            double least = sorted[sorted.length - count];
            int left =
                    count - (int) Arrays.stream(scores).filter(u -> u > least).count();
            for (int i = 0; i < scores.length; i++) {
                boolean in = scores[i] > least || (scores[i] == least && left-- > 0);
                scores[i] = in ? scores[i] : Double.NEGATIVE_INFINITY;
            }
            return scores;
        };
    }

    static double inner(double[] atom, double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += atom[1 + j] * x[j];
        }
        return sum;
    }

    private static double temperature(double temperature, double[] atom) {
        return Double.isNaN(temperature) ? atom[atom.length - 1] : temperature;
    }

    static double norm(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(value -> value * value).sum());
    }
}
