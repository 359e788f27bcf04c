package dev.ratelab.model.gate;

import dev.ratelab.model.Description;
import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The perturbed cosine gate: the softmax of
 * {@code u_i(x) = bias_i + weight_i'x / (tau (|weight_i| + xi1) (|x| + xi2))}.
 *
 * <p>Parameters of one atom: bias, weight (d) and, if it is estimated, the positive temperature {@code tau}, which all
 * atoms share. Options: {@code xi-weight} and {@code xi-input}, the positive {@code xi1} and {@code xi2} (default 0.1),
 * and {@code temperature} as in {@link DenseToSparseGate}. Any number of inputs. At {@code weight_i = 0} the second
 * derivatives do not exist and count as zero where they do not; as functions of {@code x} the scores have a kink at
 * zero.
 *
 * <p>Invariances: {@code a_i = weight_i / (|weight_i| + xi1)} takes every value in the open unit ball once, and the
 * scores are {@code bias_i + a_i'X / tau} with {@code X = x / (|x| + xi2)}: a dense-to-sparse gate of {@code X}. So the
 * same {@code (t0, t1)} can be added to all {@code (bias_i, a_i)}, and all {@code a_i} can be multiplied by a factor
 * together with an estimated {@code tau}. The perturbation makes the lengths of weights matter, but not the temperature
 * identified.
 *
 * <p>The bound on weights does not apply: {@code a_i} is bounded by itself, and a box of weights would depend on the
 * representative among equivalent parameters.
 *
 * <p>Source: arXiv 2405.14131. The invariances: derived for this project.
 */
public final class PerturbedCosineGate extends CosineRouterGate {
    /** The name in study files. */
    public static final String NAME = "perturbed-cosine";

    private static final String XI_WEIGHT = "xi-weight";
    private static final String XI_INPUT = "xi-input";
    private static final double DEFAULT_XI = 0.1;

    private final double xiWeight;
    private final double xiInput;

    private PerturbedCosineGate(Temperature temperature, double xiWeight, double xiInput) {
        super(NAME, temperature, xiWeight, xiInput);
        this.xiWeight = xiWeight;
        this.xiInput = xiInput;
    }

    /**
     * The gate of the options {@code xi-weight}, {@code xi-input} and {@code temperature}.
     *
     * @throws IllegalArgumentException naming an option that is unknown or has a bad value
     */
    public static PerturbedCosineGate of(Map<String, String> texts) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        double xiWeight = options.positive(XI_WEIGHT, DEFAULT_XI);
        double xiInput = options.positive(XI_INPUT, DEFAULT_XI);
        Temperature temperature = Temperature.read(options);
        options.refuseOthers();
        return new PerturbedCosineGate(temperature, xiWeight, xiInput);
    }

    @Override
    Gate with(Temperature other) {
        return new PerturbedCosineGate(other, xiWeight, xiInput);
    }

    @Override
    void writeOptions(Map<String, String> options) {
        write(XI_WEIGHT, xiWeight, options);
        write(XI_INPUT, xiInput, options);
        temperature().write(options);
    }

    private static void write(String name, double value, Map<String, String> options) {
        if (value != DEFAULT_XI) {
            options.put(name, FamilyOptions.numberText(value));
        }
    }

    @Override
    public Description description() {
        return new Description(
                "pi_i = softmax of u_i = bias_i + weight_i'x / ("
                        + temperature().symbol() + " (|weight_i| + " + FamilyOptions.numberText(xiWeight) + ") (|x| + "
                        + FamilyOptions.numberText(xiInput) + "))",
                "arXiv 2405.14131",
                "translation: the same (t0, t1) added to all (bias, a), a = weight / (|weight| + xi-weight)"
                        + (sharesTemperature() ? "; scale: a and temperature times one factor" : ""));
    }

    /** {@inheritDoc} Bias and {@code a}, or {@code a / tau} if the temperature is estimated: identified up to a translation. */
    @Override
    public InvariantForm invariantForm(int dimension) {
        String direction = sharesTemperature() ? "gate-direction-over-temperature" : "gate-direction";
        return new InvariantForm(kinds(BIAS, direction, false, dimension), gate -> withDirection(gate, dimension));
    }

    /** {@inheritDoc} With a given temperature, {@code a} is identified. */
    @Override
    public Set<String> possibleKinds(List<Gate> gates) {
        Set<String> kinds = super.possibleKinds(gates);
        kinds.addAll(
                ParameterKind.names(with(Temperature.fixed(1)).invariantForm(1).kinds()));
        return kinds;
    }

    private double[] withDirection(double[] gate, int dimension) {
        double[] form = new double[1 + dimension];
        form[0] = gate[0];
        double length = norm(gate, 1, dimension) + xiWeight;
        for (int j = 1; j <= dimension; j++) {
            form[j] = gate[j] / length / (sharesTemperature() ? temperature().of(gate) : 1);
        }
        return form;
    }

    @Override
    void addInvariances(double[] theta, int offset, int atoms, int dimension, List<double[]> directions) {
        int count = parameterCount(atoms, dimension);
        for (int t = 0; t < dimension; t++) {
            double[] direction = new double[count];
            for (int i = 0; i < atoms; i++) {
                int first = i * own(dimension) + 1;
                double norm = norm(theta, offset + first, dimension);
                double length = norm + xiWeight;
                // dw = (|w| + xi) (I - v v') da + (|w| + xi)^2 / xi v v' da
                double along = norm > 0 ? theta[offset + first + t] / norm : 0;
                direction[first + t] = length;
                for (int j = 0; j < dimension && norm > 0; j++) {
                    direction[first + j] += along * theta[offset + first + j] / norm * length * norm / xiWeight;
                }
            }
            directions.add(direction);
        }
        if (sharesTemperature()) {
            double[] direction = new double[count];
            for (int i = 0; i < atoms; i++) {
                int first = i * own(dimension) + 1;
                double length = norm(theta, offset + first, dimension) + xiWeight;
                for (int j = 0; j < dimension; j++) {
                    direction[first + j] = theta[offset + first + j] * length / xiWeight;
                }
            }
            direction[count - 1] = 1;
            directions.add(direction);
        }
    }
}
