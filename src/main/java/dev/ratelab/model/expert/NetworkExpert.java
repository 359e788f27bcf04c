package dev.ratelab.model.expert;

import dev.ratelab.model.Block;
import dev.ratelab.model.CanonicalExperts;
import dev.ratelab.model.Description;
import dev.ratelab.model.Expert;
import dev.ratelab.model.NamedFamily;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Experts with one hidden layer: {@code h(x) = sum_u c_u sigma(a_u'x + b_u)} over {@code u = 1..width}.
 *
 * <p>Parameters of one atom: {@code expert-bias} {@code b} (width; none without biases, where {@code b_u = 0}),
 * {@code expert-weight} {@code a} (width times d, unit by unit), {@code output-weight} {@code c} (width; none without free
 * output weights, where {@code c_u = 1}). With a power as activation and one unit this is the polynomial expert
 * {@code (a'x + b)^p}.
 *
 * <p>Strongly identifiable activations (sigmoid, hyperbolic tangent, GELU) give over-specified fits faster rates than linear
 * and polynomial ones (arXiv 2402.02952, 2503.03213). What is not identified: {@code NetworkSymmetries}.
 */
public final class NetworkExpert extends NamedFamily implements Expert {
    private static final String BIAS = "expert-bias";
    private static final String WEIGHT = "expert-weight";
    private static final String OUTPUT_WEIGHT = "output-weight";

    private final NetworkOptions options;
    private final NetworkSymmetries symmetries;
    private final NetworkKernel kernel;

    private NetworkExpert(NetworkOptions options) {
        this.options = options;
        this.symmetries = new NetworkSymmetries(options);
        this.kernel = new NetworkKernel(options);
    }

    /** The experts of that shape. */
    public static NetworkExpert of(NetworkOptions options) {
        return new NetworkExpert(options);
    }

    /**
     * The experts of that activation with options as in a study file: {@link NetworkOptions#parse}.
     *
     * @throws IllegalArgumentException naming an unknown name or option, or a value that is not allowed
     */
    public static NetworkExpert of(String name, Map<String, String> options) {
        return new NetworkExpert(NetworkOptions.parse(name, options));
    }

    /** The shape. */
    public NetworkOptions options() {
        return options;
    }

    @Override
    public String id() {
        return options.id();
    }

    @Override
    public Description description() {
        String argument = options.bias() ? "weight_u'x + bias_u" : "weight_u'x";
        String unit = options.activation().name().equals(NetworkOptions.POLYNOMIAL)
                ? "(" + argument + ")^" + options.activation().homogeneity()
                : options.activation().name() + "(" + argument + ")";
        String term = options.outputWeight() ? "output_u " + unit : unit;
        return new Description(
                options.width() == 1
                        ? "h(x) = " + term.replace("_u", "")
                        : "h(x) = sum_u " + term + ", u = 1.." + options.width(),
                "arXiv 2402.02952; 2503.03213",
                symmetries.text());
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        int width = options.width();
        List<ParameterKind> kinds = new ArrayList<>();
        if (options.bias()) {
            kinds.add(new ParameterKind(BIAS, 0, width));
        }
        kinds.add(new ParameterKind(WEIGHT, options.weightOffset(), width * dimension));
        if (options.outputWeight()) {
            kinds.add(new ParameterKind(OUTPUT_WEIGHT, options.outputOffset(dimension), width));
        }
        return List.copyOf(kinds);
    }

    /** {@inheritDoc} Those of all options. */
    @Override
    public Set<String> possibleKinds() {
        return new LinkedHashSet<>(List.of(BIAS, WEIGHT, OUTPUT_WEIGHT));
    }

    @Override
    public int parameterCount(int dimension) {
        return options.parameterCount(dimension);
    }

    @Override
    public boolean smooth() {
        return options.activation().smooth();
    }

    @Override
    public boolean linearInParameters() {
        return options.activation().homogeneity() == 1 && options.activation().smooth() && !options.outputWeight();
    }

    @Override
    public double[][] invariances(double[] theta, int offset, int atoms, int dimension) {
        return symmetries.directions(theta, offset, atoms, dimension);
    }

    @Override
    public List<double[]> equivalents(double[] parameters, int dimension) {
        return symmetries.equivalents(parameters, dimension);
    }

    @Override
    public double[] periods(int dimension) {
        double[] periods = new double[parameterCount(dimension)];
        for (int u = 0; options.bias() && u < options.width(); u++) {
            periods[u] = options.activation().period();
        }
        return periods;
    }

    @Override
    public void values(double[] theta, int offset, Block block, double[][] out) {
        kernel.values(theta, offset, block, out);
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        kernel.jacobian(theta, offset, block, columns);
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        kernel.addCurvature(theta, offset, block, weight, hessian);
    }

    /**
     * {@inheritDoc} Unit {@code u} (from 0) of atom {@code i} takes entry {@code i + 4 u} of the activation's biases and weights; output
     * weights alternate in the same way.
     */
    @Override
    public Optional<CanonicalExperts> canonical(int atoms, int dimension) {
        CanonicalUnits units = CanonicalUnits.of(options.activation());
        double[][] parameters = new double[atoms][parameterCount(dimension)];
        for (int i = 0; i < atoms; i++) {
            for (int u = 0; u < options.width(); u++) {
                int unit = i + CanonicalUnits.ATOMS * u;
                for (int j = options.bias() ? -1 : 0; j < dimension; j++) {
                    parameters[i][options.parameter(u, j, dimension)] =
                            j < 0 ? units.bias(unit) : units.weight(unit, j);
                }
                if (options.outputWeight()) {
                    parameters[i][options.outputOffset(dimension) + u] = units.output(unit);
                }
            }
        }
        return Optional.of(new CanonicalExperts(parameters, CanonicalUnits.variance(options.activation())));
    }
}
