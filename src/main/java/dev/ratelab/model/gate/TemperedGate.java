package dev.ratelab.model.gate;

import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.FamilyName;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.ParameterKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores with a temperature: {@code u_i = (r(x; weight_i) + bias_i) / tau}, or {@code r / tau + bias_i} if the bias is
 * outside, of a router {@code r}. With {@code l = log tau},
 *
 * <pre>
 *   du/dweight = dr/dweight / tau    du/dbias = 1 / tau or 1    du/dl = -u, or bias - u if the bias is outside
 *   d2u/dweight dl = -du/dweight     d2u/dbias dl = -1 / tau or 0    d2u/dl2 = -du/dl
 * </pre>
 *
 * <p>An annealed temperature goes, over the stages of the EM iterations, through {@link Temperature#STAGES} values from
 * the first to the last in geometric progression; everywhere else, the gate is the one with its last temperature.
 */
abstract class TemperedGate extends AtomGate {
    private final String name;
    private final Temperature temperature;
    private final boolean biasInside;

    TemperedGate(String name, Temperature temperature, boolean biasInside) {
        this.name = name;
        this.temperature = temperature;
        this.biasInside = biasInside;
    }

    /** {@code r} on a block; the router's parameters begin at {@code theta[first]}. */
    abstract void router(double[] theta, int first, Block block, double[] out);

    /** Derivatives of {@code r} by its {@code d} parameters, in columns 1 to d. */
    abstract void routerColumns(double[] theta, int first, Block block, double[][] columns);

    /**
     * Weighted sums over rows of the derivatives of {@code r}.
     *
     * @param gradient first derivatives; set
     * @param second second derivatives, zero before; set
     */
    abstract void routerSums(
            double[] theta,
            int first,
            Block block,
            double[] weight,
            RowSums sums,
            double[] gradient,
            double[][] second);

    /** This gate with another temperature. */
    abstract Gate with(Temperature other);

    /** Adds the options that are not at their defaults, in their fixed order. */
    abstract void writeOptions(Map<String, String> options);

    final Temperature temperature() {
        return temperature;
    }

    final boolean biasInside() {
        return biasInside;
    }

    @Override
    public final String id() {
        Map<String, String> options = new LinkedHashMap<>();
        writeOptions(options);
        return new FamilyName(name, options).toString();
    }

    @Override
    final boolean sharesTemperature() {
        return temperature.estimated();
    }

    @Override
    public List<ParameterKind> kinds(int dimension) {
        return kinds(BIAS, WEIGHT, temperature.estimated(), dimension);
    }

    /** Bias, weight and perhaps temperature under given names. */
    static List<ParameterKind> kinds(String bias, String weight, boolean withTemperature, int dimension) {
        List<ParameterKind> kinds = new ArrayList<>();
        kinds.add(new ParameterKind(bias, 0, 1));
        kinds.add(new ParameterKind(weight, 1, dimension));
        if (withTemperature) {
            kinds.add(new ParameterKind(TEMPERATURE, 1 + dimension, 1, true));
        }
        return kinds;
    }

    @Override
    public final List<Gate> schedule() {
        List<Gate> gates = new ArrayList<>();
        for (Temperature stage : temperature.earlierStages()) {
            gates.add(with(stage));
        }
        gates.add(this);
        return gates;
    }

    @Override
    public final TemperedMass mass() {
        return new TemperedMass(temperature, biasInside);
    }

    @Override
    final void score(double[] theta, int first, int shared, Block block, double[] out) {
        router(theta, first + 1, block, out);
        double inverse = temperature.inverse(theta, shared);
        if (biasInside) {
            GateKernels.addConstant(theta[first], out);
            BlockKernels.scale(inverse, out, out);
        } else {
            BlockKernels.scale(inverse, out, out);
            GateKernels.addConstant(theta[first], out);
        }
    }

    @Override
    final void columns(double[] theta, int first, int shared, Block block, double[][] columns) {
        int dimension = block.columns().length;
        double inverse = temperature.inverse(theta, shared);
        routerColumns(theta, first + 1, block, columns);
        BlockKernels.fill(biasInside ? inverse : 1, columns[0]);
        for (int j = 1; j <= dimension; j++) {
            BlockKernels.scale(inverse, columns[j], columns[j]);
        }
        if (temperature.estimated()) {
            double[] last = columns[1 + dimension];
            router(theta, first + 1, block, last);
            if (biasInside) {
                GateKernels.addConstant(theta[first], last);
            }
            BlockKernels.scale(-inverse, last, last);
        }
    }

    @Override
    final void addCurvature(
            double[] theta, int first, int shared, Block block, double[] weight, RowSums sums, double[][] hessian) {
        int dimension = block.columns().length;
        double inverse = temperature.inverse(theta, shared);
        double[] gradient = new double[dimension];
        double[][] second = new double[dimension][dimension];
        routerSums(theta, first + 1, block, weight, sums, gradient, second);
        for (int j = 0; j < dimension; j++) {
            for (int l = 0; l < dimension; l++) {
                hessian[first + 1 + j][first + 1 + l] += inverse * second[j][l];
            }
        }
        if (temperature.estimated()) {
            double[] value = Block.newArray();
            router(theta, first + 1, block, value);
            double tempered = sums.dot(weight, value);
            if (biasInside) {
                double total = sums.sum(weight);
                tempered += theta[first] * total;
                RowSums.addSymmetric(hessian, first, shared, -inverse * total);
            }
            for (int j = 0; j < dimension; j++) {
                RowSums.addSymmetric(hessian, first + 1 + j, shared, -inverse * gradient[j]);
            }
            hessian[shared][shared] += inverse * tempered;
        }
    }

    /** Whether the tempered parameters and the temperature can be multiplied by one factor without changing scores. */
    boolean scales() {
        return false;
    }

    @Override
    void addInvariances(double[] theta, int offset, int atoms, int dimension, List<double[]> directions) {
        if (scales()) {
            directions.add(scaling(theta, offset, atoms, dimension));
        }
    }

    /** {@inheritDoc} The tempered parameters over the temperature, if these scale together. */
    @Override
    public InvariantForm invariantForm(int dimension) {
        return scales()
                ? new InvariantForm(kindsOverTemperature(dimension), gate -> overTemperature(gate, dimension))
                : InvariantForm.identity(kinds(dimension));
    }

    /** The direction in which the tempered parameters and the log temperature scale together. */
    private double[] scaling(double[] theta, int offset, int atoms, int dimension) {
        double[] direction = new double[parameterCount(atoms, dimension)];
        for (int i = 0; i < atoms; i++) {
            for (int c = biasInside ? 0 : 1; c <= dimension; c++) {
                int a = i * (1 + dimension) + c;
                direction[a] = theta[offset + a];
            }
        }
        direction[direction.length - 1] = 1;
        return direction;
    }

    /** The kinds of tempered parameters over the temperature. */
    final List<ParameterKind> kindsOverTemperature(int dimension) {
        return kinds(biasInside ? BIAS + "-over-temperature" : BIAS, WEIGHT + "-over-temperature", false, dimension);
    }

    /** The parameters in the coordinates of {@link #kindsOverTemperature}. */
    private double[] overTemperature(double[] gate, int dimension) {
        double[] form = new double[1 + dimension];
        form[0] = biasInside ? gate[0] / temperature.of(gate) : gate[0];
        for (int j = 1; j <= dimension; j++) {
            form[j] = gate[j] / temperature.of(gate);
        }
        return form;
    }
}
