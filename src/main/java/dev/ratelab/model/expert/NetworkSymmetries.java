package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.math.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * What the mean of a {@link NetworkExpert} does not identify, for unit parameters {@code (c, a, b)} and generic values of
 * them.
 *
 * <p>Continuous ({@link #directions}):
 * <ul>
 *   <li>homogeneous activations ({@code sigma(t z) = t^p sigma(z)} for {@code t > 0}: ReLU with {@code p = 1}, powers) with
 *       output weights: {@code (c, a, b) -> (c s^-p, s a, s b)}, direction {@code (-p c, a, b)}, one for each unit;
 *   <li>{@code p = 1} powers: {@code h} depends on {@code sum_u c_u (a_u, b_u)} only, so that units exchange weights:
 *       {@code (a_u)_j} moves by {@code c_w} and {@code (a_w)_j} by {@code -c_u};
 *   <li>{@code p = 2} powers: {@code h} is the quadratic form {@code sum_u c_u (a_u, b_u)(a_u, b_u)'}, which does not change
 *       when {@code (a_u, b_u)} moves by {@code c_w (a_w, b_w)} and {@code (a_w, b_w)} by {@code -c_u (a_u, b_u)}.
 * </ul>
 *
 * <p>Powers of degree 3 or more with several units have further directions where the units have more parameters than there
 * are monomials of that degree (for one input without biases: always). ReLU units can be changed for each other where their
 * kinks coincide (one input without biases: always, for units of the same sign) and where no kink lies within the inputs.
 * These directions are not declared.
 *
 * <p>Discrete ({@link #equivalents}): permutations of units; {@code (c, a, b) -> (-c, -a, -b)} for odd activations with output
 * weights; {@code (a, b) -> (-a, -b)} for even ones; for the sine, which also has {@code sigma(z + pi) = -sigma(z)},
 * {@code (a, b) -> (-a, pi - b)} with biases and {@code (c, b) -> (-c, b + pi)} with both. Biases of a sine count modulo
 * {@code 2 pi}.
 */
final class NetworkSymmetries {
    /** A direction is dropped if less than this part of it is new. */
    private static final double DEPENDENT = 1e-10;

    private final NetworkOptions options;
    private final List<Flip> flips;

    /** {@code (c, a, b) -> (output c, weight a, weight b + shift)}. */
    private record Flip(int output, int weight, double shift) {}

    NetworkSymmetries(NetworkOptions options) {
        this.options = options;
        this.flips = flips(options);
    }

    private static List<Flip> flips(NetworkOptions options) {
        Activation activation = options.activation();
        List<Flip> flips = new ArrayList<>();
        flips.add(new Flip(1, 1, 0));
        if (activation.parity() == Activation.Parity.EVEN) {
            flips.add(new Flip(1, -1, 0));
        }
        boolean odd = activation.parity() == Activation.Parity.ODD;
        if (odd && options.outputWeight()) {
            flips.add(new Flip(-1, -1, 0));
        }
        if (odd && activation.period() > 0 && options.bias()) {
            flips.add(new Flip(1, -1, activation.period() / 2));
            if (options.outputWeight()) {
                flips.add(new Flip(-1, 1, activation.period() / 2));
            }
        }
        return List.copyOf(flips);
    }

    String text() {
        List<String> texts = new ArrayList<>();
        int degree = options.activation().homogeneity();
        if (degree > 0 && options.outputWeight()) {
            texts.add("scaling of each hidden unit: weights and bias by s > 0, output weight by s^-" + degree);
        }
        if (exchanges()) {
            texts.add(degree == 1 ? "exchange of weights between hidden units" : "rotations of hidden units");
        }
        return texts.isEmpty() ? "none" : String.join("; ", texts);
    }

    /** Whether pairs of units have directions. */
    private boolean exchanges() {
        int degree = options.activation().homogeneity();
        return options.width() > 1 && options.activation().smooth() && (degree == 1 || degree == 2);
    }

    double[][] directions(double[] theta, int offset, int atoms, int dimension) {
        int count = options.parameterCount(dimension);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            double[] eta = new double[count];
            System.arraycopy(theta, offset + i * count, eta, 0, count);
            for (double[] direction : independent(ofAtom(eta, dimension))) {
                double[] row = new double[atoms * count];
                System.arraycopy(direction, 0, row, i * count, count);
                rows.add(row);
            }
        }
        return rows.toArray(new double[0][]);
    }

    private List<double[]> ofAtom(double[] eta, int dimension) {
        List<double[]> directions = new ArrayList<>();
        int degree = options.activation().homogeneity();
        if (degree > 0 && options.outputWeight()) {
            for (int u = 0; u < options.width(); u++) {
                directions.add(scaling(eta, u, degree, dimension));
            }
        }
        for (int u = 0; exchanges() && u < options.width(); u++) {
            for (int w = 0; w < options.width(); w++) {
                if (degree == 1 && w != u) {
                    directions.addAll(exchanges(eta, u, w, dimension));
                } else if (degree == 2 && w < u) {
                    directions.add(rotation(eta, u, w, dimension));
                }
            }
        }
        return directions;
    }

    private double[] scaling(double[] eta, int u, int degree, int dimension) {
        double[] direction = new double[eta.length];
        for (int index : inputs(u, dimension)) {
            direction[index] = eta[index];
        }
        int output = options.outputOffset(dimension) + u;
        direction[output] = -degree * eta[output];
        return direction;
    }

    private List<double[]> exchanges(double[] eta, int u, int w, int dimension) {
        List<double[]> directions = new ArrayList<>();
        int[] from = inputs(u, dimension);
        int[] to = inputs(w, dimension);
        for (int j = 0; j < from.length; j++) {
            double[] direction = new double[eta.length];
            direction[from[j]] = output(eta, w, dimension);
            direction[to[j]] = -output(eta, u, dimension);
            directions.add(direction);
        }
        return directions;
    }

    private double[] rotation(double[] eta, int u, int w, int dimension) {
        double[] direction = new double[eta.length];
        int[] from = inputs(u, dimension);
        int[] to = inputs(w, dimension);
        for (int j = 0; j < from.length; j++) {
            direction[from[j]] = output(eta, w, dimension) * eta[to[j]];
            direction[to[j]] = -output(eta, u, dimension) * eta[from[j]];
        }
        return direction;
    }

    private double output(double[] eta, int u, int dimension) {
        return options.outputWeight() ? eta[options.outputOffset(dimension) + u] : 1;
    }

    /** Indices of a unit's weights and bias within an atom. */
    private int[] inputs(int u, int dimension) {
        int[] indices = new int[dimension + (options.bias() ? 1 : 0)];
        for (int j = 0; j < dimension; j++) {
            indices[j] = options.weightOffset() + u * dimension + j;
        }
        if (options.bias()) {
            indices[dimension] = u;
        }
        return indices;
    }

    /** The given vectors less those that depend on earlier ones . */
    private static List<double[]> independent(List<double[]> vectors) {
        List<double[]> kept = new ArrayList<>();
        List<double[]> basis = new ArrayList<>();
        for (double[] vector : vectors) {
            double[] rest = Vectors.rest(vector, basis);
            double norm = Vectors.norm(rest);
            if (norm > DEPENDENT * Vectors.norm(vector)) {
                for (int a = 0; a < rest.length; a++) {
                    rest[a] /= norm;
                }
                basis.add(rest);
                kept.add(vector);
            }
        }
        return kept;
    }

    List<double[]> equivalents(double[] parameters, int dimension) {
        List<double[]> list = new ArrayList<>();
        place(0, new boolean[options.width()], parameters, new double[parameters.length], dimension, list);
        return List.copyOf(list);
    }

    /** Fills unit {@code u} with each unit that is not used yet, flipped in each way, and goes on to the next. */
    private void place(
            int u, boolean[] used, double[] parameters, double[] partial, int dimension, List<double[]> list) {
        if (u == options.width()) {
            list.add(partial.clone());
            return;
        }
        for (int from = 0; from < options.width(); from++) {
            if (!used[from]) {
                used[from] = true;
                for (Flip flip : flips) {
                    copy(parameters, from, flip, partial, u, dimension);
                    place(u + 1, used, parameters, partial, dimension, list);
                }
                used[from] = false;
            }
        }
    }

    private void copy(double[] parameters, int from, Flip flip, double[] out, int to, int dimension) {
        for (int j = 0; j < dimension; j++) {
            out[options.weightOffset() + to * dimension + j] =
                    flip.weight() * parameters[options.weightOffset() + from * dimension + j];
        }
        if (options.bias()) {
            out[to] = flip.weight() * parameters[from] + flip.shift();
        }
        if (options.outputWeight()) {
            int output = options.outputOffset(dimension);
            out[output + to] = flip.output() * parameters[output + from];
        }
    }
}
