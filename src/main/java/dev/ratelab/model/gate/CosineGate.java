package dev.ratelab.model.gate;

import dev.ratelab.math.Vectors;
import dev.ratelab.model.Description;
import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cosine gate: the softmax of {@code u_i(x) = bias_i + weight_i'x / (tau |weight_i| |x|)}.
 *
 * <p>Parameters of one atom: bias, weight (d) and, if it is estimated, the positive temperature {@code tau}, which all
 * atoms share (option {@code temperature}, as in {@link DenseToSparseGate}). Needs at least two inputs: the cosine of
 * numbers is a sign. At {@code x = 0} or {@code weight_i = 0} the cosine counts as zero and so do its derivatives; as a
 * function of {@code x} the scores jump at zero.
 *
 * <p>Invariances: the same {@code t0} added to all biases, and the length of each weight. Moreover the vectors
 * {@code a_i / tau} of the directions {@code a_i = weight_i / |weight_i|} act like the weights of a softmax gate:
 * adding the same {@code t} to all of them changes no weight, as long as they keep equal lengths. For {@code k} atoms
 * that leaves {@code d + 1 - k} more flat directions if {@code tau} is estimated and {@code k <= d}, and {@code d - k}
 * if it is fixed and {@code k < d}. Where some weight is zero, only lengths of the others and the shift of biases are
 * declared.
 *
 * <p>The bound on weights does not apply: directions are bounded by themselves and lengths have no effect.
 *
 * <p>Source: arXiv 2405.14131. The {@code d + 1 - k} directions: derived for this project.
 */
public final class CosineGate extends CosineRouterGate {
    /** The name in study files. */
    public static final String NAME = "cosine";

    private CosineGate(Temperature temperature) {
        super(NAME, temperature, 0, 0);
    }

    /**
     * The gate of the option {@code temperature}.
     *
     * @throws IllegalArgumentException naming an option that is unknown or has a bad value
     */
    public static CosineGate of(Map<String, String> texts) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        Temperature temperature = Temperature.read(options);
        options.refuseOthers();
        return new CosineGate(temperature);
    }

    @Override
    Gate with(Temperature other) {
        return new CosineGate(other);
    }

    @Override
    void writeOptions(Map<String, String> options) {
        temperature().write(options);
    }

    @Override
    public Optional<String> refusal(Problem problem, int atoms, int dimension) {
        return dimension == 1
                ? Optional.of(NAME + " needs at least two inputs: with one, the cosine of weight and x is only a sign")
                : Optional.empty();
    }

    @Override
    public Description description() {
        return new Description(
                "pi_i = softmax of u_i = bias_i + weight_i'x / ("
                        + temperature().symbol() + " |weight_i| |x|)",
                "arXiv 2405.14131",
                SHIFT_OF_BIASES
                        + "; the length of each weight; with few experts, rotations that shift all scores alike");
    }

    @Override
    public InvariantForm invariantForm(int dimension) {
        return new InvariantForm(
                kinds(BIAS, "gate-direction", sharesTemperature(), dimension), gate -> withDirection(gate, dimension));
    }

    /** The weight replaced by its direction. */
    private static double[] withDirection(double[] gate, int dimension) {
        double[] form = gate.clone();
        double norm = norm(gate, 1, dimension);
        for (int j = 1; j <= dimension && norm > 0; j++) {
            form[j] = gate[j] / norm;
        }
        return form;
    }

    @Override
    void addInvariances(double[] theta, int offset, int atoms, int dimension, List<double[]> directions) {
        int own = own(dimension);
        int count = parameterCount(atoms, dimension);
        int unknowns = dimension + (sharesTemperature() ? 1 : 0);
        double[][] rows = new double[atoms][unknowns];
        double[] norms = new double[atoms];
        boolean allNonZero = true;
        for (int i = 0; i < atoms; i++) {
            int first = i * own + 1;
            norms[i] = norm(theta, offset + first, dimension);
            allNonZero &= norms[i] > 0;
            double[] length = new double[count];
            for (int j = 0; j < dimension && norms[i] > 0; j++) {
                rows[i][j] = theta[offset + first + j] / norms[i];
                length[first + j] = rows[i][j];
            }
            if (sharesTemperature()) {
                rows[i][dimension] = -1;
            }
            if (norms[i] > 0) {
                directions.add(length);
            }
        }
        if (atoms < unknowns && allNonZero) {
            // a_i't = s for all i: the shift t of all a_i / tau keeps their lengths equal; without tau, unchanged.
            for (double[] solution : Vectors.orthogonalComplement(rows, unknowns)) {
                directions.add(commonShift(solution, rows, norms, count, dimension));
            }
        }
    }

    private double[] commonShift(double[] solution, double[][] rows, double[] norms, int count, int dimension) {
        double[] direction = new double[count];
        double s = sharesTemperature() ? solution[dimension] : 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < dimension; j++) {
                direction[i * own(dimension) + 1 + j] = norms[i] * (solution[j] - s * rows[i][j]);
            }
        }
        if (sharesTemperature()) {
            direction[count - 1] = -s;
        }
        return direction;
    }
}
