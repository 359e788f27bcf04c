package dev.ratelab.data;

import dev.ratelab.math.Elementary;
import dev.ratelab.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Points and weights whose sums stand for expectations over the inputs.
 *
 * @param x {@code x[j][node]}: d columns; owned by the record, not modified
 * @param weights {@code weights[node]}: positive, sum to one; owned by the record, not modified
 */
public record InputNodes(double[][] x, double[] weights) {
    /** The outermost of equally spaced nodes of a normal input, standard deviations. */
    private static final double NORMAL_REACH = 8;

    /**
     * Nodes for smooth functions of one or two inputs: Gauss-Legendre ones of uniform inputs, to which grid inputs tend; of one normal input
     * twice as many equally spaced ones, which lie closer than Gauss-Hermite nodes do, and of two Gauss-Hermite ones; those of
     * correlated normal inputs from these; and those of all components of a mixture.
     *
     * @param dimension number of inputs d, at least 1
     * @param ofOne number of nodes for one input, 1 to 160
     * @param ofTwo number of nodes in each coordinate of two
     * @return nothing for other inputs
     */
    public static Optional<InputNodes> smooth(InputDistribution input, int dimension, int ofOne, int ofTwo) {
        if (dimension > 2) {
            return Optional.empty();
        }
        InputDistribution limit = limit(input);
        if (limit instanceof MixtureInput mixture) {
            return mixture(mixture, dimension, ofOne, ofTwo);
        }
        if (limit instanceof CorrelatedNormalInput normal) {
            Optional<InputNodes> nodes = smooth(InputDistribution.normal(0, 1), dimension, ofOne, ofTwo);
            // No one else holds these nodes yet.
            nodes.ifPresent(standard -> normal.fromStandard(standard.x()));
            return nodes;
        }
        if (limit instanceof NormalInput && dimension == 1) {
            return equallySpaced(limit, 2 * ofOne);
        }
        if (limit instanceof UniformInput || limit instanceof NormalInput) {
            QuadratureDesign design = QuadratureDesign.of(limit, dimension, dimension == 1 ? ofOne : ofTwo);
            return Optional.of(new InputNodes(design.x(), design.weights()));
        }
        return Optional.empty();
    }

    /**
     * Midpoints of equal intervals of one uniform, grid or normal input, weighted by the density; of normal inputs within
     * {@value #NORMAL_REACH} standard deviations.
     *
     * @return nothing for other inputs
     */
    public static Optional<InputNodes> equallySpaced(InputDistribution input, int count) {
        double[] unit = IntStream.range(0, count)
                .mapToDouble(i -> (2 * i + 1.0) / count - 1)
                .toArray();
        double[] weights = new double[count];
        InputDistribution limit = limit(input);
        if (limit instanceof UniformInput uniform) {
            Arrays.fill(weights, 1.0 / count);
            double centre = uniform.low() / 2 + uniform.high() / 2;
            return Optional.of(of(unit, centre, uniform.high() / 2 - uniform.low() / 2, weights));
        }
        if (limit instanceof NormalInput normal) {
            double total = 0;
            for (int i = 0; i < count; i++) {
                double z = NORMAL_REACH * unit[i];
                weights[i] = Elementary.exp(-0.5 * z * z);
                total += weights[i];
            }
            for (int i = 0; i < count; i++) {
                weights[i] /= total;
            }
            return Optional.of(of(unit, normal.mean(), NORMAL_REACH * normal.standardDeviation(), weights));
        }
        return Optional.empty();
    }

    /**
     * Points with equal weights: the rows of empirical inputs if they are not too many, else points drawn from a fixed stream.
     *
     * @param most number of points that are drawn, and largest number of rows
     * @param key key of the stream
     */
    public static InputNodes drawn(InputDistribution input, int dimension, int most, String key) {
        InputDistribution source = input;
        int rows = Math.min(most, input.mostRows());
        if (input instanceof EmpiricalInput empirical) {
            boolean all = empirical.rows() <= most;
            rows = all ? empirical.rows() : most;
            source = empirical.withResample(!all);
        }
        double[][] x = new double[dimension][rows];
        source.fill(Streams.of(key, "input"), 0, rows, 0, x);
        double[] weights = new double[rows];
        Arrays.fill(weights, 1.0 / rows);
        return new InputNodes(x, weights);
    }

    /** Number of nodes. */
    public int size() {
        return weights.length;
    }

    private static InputDistribution limit(InputDistribution input) {
        return input instanceof GridInput grid ? InputDistribution.uniform(grid.low(), grid.high()) : input;
    }

    private static InputNodes of(double[] unit, double centre, double half, double[] weights) {
        double[] x = Arrays.stream(unit).map(u -> centre + half * u).toArray();
        return new InputNodes(new double[][] {x}, weights);
    }

    /** The nodes of all components. */
    private static Optional<InputNodes> mixture(MixtureInput mixture, int dimension, int ofOne, int ofTwo) {
        double total = mixture.components().stream()
                .mapToDouble(MixtureInput.Component::weight)
                .sum();
        List<InputNodes> parts = new ArrayList<>();
        for (MixtureInput.Component component : mixture.components()) {
            Optional<InputNodes> part = smooth(component.distribution(), dimension, ofOne, ofTwo);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            double share = component.weight() / total;
            parts.add(new InputNodes(
                    part.get().x(),
                    Arrays.stream(part.get().weights())
                            .map(weight -> weight * share)
                            .toArray()));
        }
        double[][] x = new double[dimension][];
        for (int j = 0; j < dimension; j++) {
            int column = j;
            x[j] = parts.stream()
                    .flatMapToDouble(part -> Arrays.stream(part.x()[column]))
                    .toArray();
        }
        return Optional.of(new InputNodes(
                x,
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.weights()))
                        .toArray()));
    }
}
