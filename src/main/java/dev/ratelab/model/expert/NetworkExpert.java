package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.Expert;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
public final class NetworkExpert implements Expert {
    private static final String BIAS = "expert-bias";
    private static final String WEIGHT = "expert-weight";
    private static final String OUTPUT_WEIGHT = "output-weight";
    private static final int CURVATURE_ARRAYS = 5;

    private final NetworkOptions options;
    private final NetworkSymmetries symmetries;

    private NetworkExpert(NetworkOptions options) {
        this.options = options;
        this.symmetries = new NetworkSymmetries(options);
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
    public String formula() {
        String argument = options.bias() ? "weight_u'x + bias_u" : "weight_u'x";
        String unit = options.activation().name().equals(NetworkOptions.POLYNOMIAL)
                ? "(" + argument + ")^" + options.activation().homogeneity()
                : options.activation().name() + "(" + argument + ")";
        String term = options.outputWeight() ? "output_u " + unit : unit;
        return options.width() == 1
                ? "h(x) = " + term.replace("_u", "")
                : "h(x) = sum_u " + term + ", u = 1.." + options.width();
    }

    @Override
    public String source() {
        return "arXiv 2402.02952; 2503.03213";
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
    public boolean affine() {
        return false;
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
    public String invarianceText() {
        return symmetries.text();
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
        int dimension = block.columns().length;
        double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
        double[] unit = options.width() == 1 ? null : Block.newArray();
        for (int i = 0; i < out.length; i++) {
            int first = offset + i * parameterCount(dimension);
            activate(theta, first, 0, block, scratch, out[i]);
            if (options.outputWeight()) {
                BlockKernels.scale(theta[first + options.outputOffset(dimension)], out[i], out[i]);
            }
            for (int u = 1; u < options.width(); u++) {
                activate(theta, first, u, block, scratch, unit);
                BlockKernels.addScaled(outputWeight(theta, first, u, dimension), unit, out[i]);
            }
        }
    }

    private void activate(double[] theta, int first, int unit, Block block, double[][] scratch, double[] out) {
        arguments(theta, first, unit, block, out);
        options.activation().evaluate(out, scratch, out, null, null);
    }

    @Override
    public void jacobian(double[] theta, int offset, Block block, double[][][] columns) {
        int dimension = block.columns().length;
        double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
        double[] value = options.outputWeight() ? null : Block.newArray();
        for (int i = 0; i < columns.length; i++) {
            int first = offset + i * parameterCount(dimension);
            for (int u = 0; u < options.width(); u++) {
                unitColumns(theta, first, u, block, scratch, value, columns[i]);
            }
        }
    }

    /** The columns of one unit; the derivative by its argument stands in a column that is filled last. */
    private void unitColumns(
            double[] theta, int first, int u, Block block, double[][] scratch, double[] spare, double[][] columns) {
        double[][] x = block.columns();
        int dimension = x.length;
        int weights = options.weightOffset() + u * dimension;
        double[] value = options.outputWeight() ? columns[options.outputOffset(dimension) + u] : spare;
        double[] slope = options.bias() ? columns[u] : columns[weights + dimension - 1];
        arguments(theta, first, u, block, value);
        options.activation().evaluate(value, scratch, value, slope, null);
        if (options.outputWeight()) {
            BlockKernels.scale(outputWeight(theta, first, u, dimension), slope, slope);
        }
        for (int j = 0; j < dimension; j++) {
            BlockKernels.multiply(slope, x[j], columns[weights + j]);
        }
    }

    @Override
    public void addCurvature(double[] theta, int offset, Block block, double[][] weight, double[][] hessian) {
        int dimension = block.columns().length;
        double[][] scratch = new double[Activation.SCRATCH][Block.LENGTH];
        double[][] work = new double[CURVATURE_ARRAYS][Block.LENGTH];
        for (int i = 0; i < weight.length; i++) {
            int first = offset + i * parameterCount(dimension);
            for (int u = 0; u < options.width(); u++) {
                addUnitCurvature(theta, first, u, block, weight[i], scratch, work, hessian);
            }
        }
    }

    /**
     * With {@code t = (1, x)} and {@code (b, a)} the unit's bias and weights: {@code c sigma'' t t'} for the pairs of
     * {@code (b, a)} and {@code sigma' t} for {@code c} and {@code (b, a)}. Different units have no mixed derivatives.
     */
    private void addUnitCurvature(
            double[] theta,
            int first,
            int u,
            Block block,
            double[] weight,
            double[][] scratch,
            double[][] work,
            double[][] hessian) {
        double[][] x = block.columns();
        int dimension = x.length;
        double[] value = work[0];
        double[] slope = work[1];
        double[] second = work[2];
        arguments(theta, first, u, block, value);
        options.activation().evaluate(value, scratch, value, slope, second);
        BlockKernels.multiply(weight, slope, slope);
        BlockKernels.multiply(weight, second, second);
        double output = outputWeight(theta, first, u, dimension);
        for (int j = options.bias() ? -1 : 0; j < dimension; j++) {
            int row = first + parameter(u, j, dimension);
            if (options.outputWeight()) {
                int column = first + options.outputOffset(dimension) + u;
                addSymmetric(hessian, row, column, sum(slope, x, j, work[4]));
            }
            double[] product = second;
            if (j >= 0) {
                product = work[3];
                BlockKernels.multiply(second, x[j], product);
            }
            for (int l = options.bias() ? -1 : 0; l <= j; l++) {
                addSymmetric(hessian, row, first + parameter(u, l, dimension), output * sum(product, x, l, work[4]));
            }
        }
    }

    /** Index within an atom of unit {@code u}'s bias ({@code j = -1}) or of its weight for input {@code j}. */
    private int parameter(int u, int j, int dimension) {
        return j < 0 ? u : options.weightOffset() + u * dimension + j;
    }

    /** The sum over rows of {@code weight} ({@code j = -1}) or of {@code weight x_j}. */
    private static double sum(double[] weight, double[][] x, int j, double[] partialSums) {
        BlockKernels.fill(0, partialSums);
        if (j < 0) {
            BlockKernels.add(partialSums, weight);
        } else {
            BlockKernels.addProduct(partialSums, weight, x[j]);
        }
        return BlockKernels.fold(partialSums);
    }

    private static void addSymmetric(double[][] hessian, int row, int column, double value) {
        hessian[row][column] += value;
        if (row != column) {
            hessian[column][row] += value;
        }
    }

    private double outputWeight(double[] theta, int first, int u, int dimension) {
        return options.outputWeight() ? theta[first + options.outputOffset(dimension) + u] : 1;
    }

    /** {@code out = b_u + a_u'x}, terms added in the order of the inputs. */
    private void arguments(double[] theta, int first, int u, Block block, double[] out) {
        double[][] x = block.columns();
        int weights = first + options.weightOffset() + u * x.length;
        BlockKernels.fill(options.bias() ? theta[first + u] : 0, out);
        for (int j = 0; j < x.length; j++) {
            BlockKernels.addScaled(theta[weights + j], x[j], out);
        }
    }

    /**
     * {@inheritDoc} Unit {@code u} (from 0) of atom {@code i} takes entry {@code i + 4 u} of the activation's biases and weights; output
     * weights alternate in the same way.
     */
    @Override
    public double[][] canonical(int atoms, int dimension) {
        CanonicalUnits units = CanonicalUnits.of(options.activation());
        double[][] parameters = new double[atoms][parameterCount(dimension)];
        for (int i = 0; i < atoms; i++) {
            for (int u = 0; u < options.width(); u++) {
                int unit = i + CanonicalUnits.ATOMS * u;
                for (int j = options.bias() ? -1 : 0; j < dimension; j++) {
                    parameters[i][parameter(u, j, dimension)] = j < 0 ? units.bias(unit) : units.weight(unit, j);
                }
                if (options.outputWeight()) {
                    parameters[i][options.outputOffset(dimension) + u] = units.output(unit);
                }
            }
        }
        return parameters;
    }

    @Override
    public double canonicalScale() {
        return CanonicalUnits.variance(options.activation());
    }
}
