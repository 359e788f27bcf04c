package dev.ratelab.model.gate;

import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Merging;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dense-to-sparse gate: the softmax of a linear router over a temperature,
 * {@code u_i(x) = (bias_i + weight_i'x) / tau}.
 *
 * <p>Parameters of one atom: bias, weight (d) and, if it is estimated, the positive temperature {@code tau}, which all
 * atoms share. Options:
 *
 * <ul>
 *   <li>{@code temperature}: {@code estimated} (default); a number above zero, which fixes it; or two, {@code a:b},
 *       which anneal it geometrically from a to b in five stages of the EM iterations, after which it is b.
 *   <li>{@code bias}: {@code inside} the temperature (default) or {@code outside},
 *       {@code u_i = weight_i'x / tau + bias_i}.
 * </ul>
 *
 * <p>Weights do not change when the same {@code (t0, t1)} is added to all atoms or when tempered parameters and an
 * estimated temperature are multiplied by one factor: only {@code weight / tau} and, inside, {@code bias / tau} are
 * identified, up to a translation. Bounds are on pairwise differences of biases and weights as they are, not of their
 * ratios to the temperature: the constraints are linear. With an estimated temperature they choose among equivalent
 * parameters, and ratios are bounded, by the quotient of the bounds, only where the temperature has a lower bound.
 *
 * <p>Source: arXiv 2401.13875 (bias inside); 2503.03213.
 */
public final class DenseToSparseGate extends TemperedGate {
    /** The name in study files. */
    public static final String NAME = "dense-to-sparse";

    private static final String BIAS_OPTION = "bias";
    private static final String INSIDE = "inside";
    private static final String OUTSIDE = "outside";

    private DenseToSparseGate(Temperature temperature, boolean biasInside) {
        super(NAME, temperature, biasInside);
    }

    /**
     * The gate of the options {@code temperature} and {@code bias}.
     *
     * @throws IllegalArgumentException naming an option that is unknown or has a bad value
     */
    public static DenseToSparseGate of(Map<String, String> texts) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        Temperature temperature = Temperature.read(options);
        boolean inside =
                options.oneOf(BIAS_OPTION, List.of(INSIDE, OUTSIDE), INSIDE).equals(INSIDE);
        options.refuseOthers();
        return new DenseToSparseGate(temperature, inside);
    }

    @Override
    Gate with(Temperature other) {
        return new DenseToSparseGate(other, biasInside());
    }

    @Override
    void writeOptions(Map<String, String> options) {
        temperature().write(options);
        if (!biasInside()) {
            options.put(BIAS_OPTION, OUTSIDE);
        }
    }

    @Override
    public Description description() {
        String tau = temperature().symbol();
        return new Description(
                "pi_i = softmax of u_i = "
                        + (biasInside() ? "(bias_i + weight_i'x) / " + tau : "weight_i'x / " + tau + " + bias_i"),
                "arXiv 2401.13875; 2503.03213",
                "translation: the same (t0, t1) added to all atoms"
                        + (sharesTemperature()
                                ? "; scale: " + (biasInside() ? "biases, weights" : "weights")
                                        + " and temperature times one factor"
                                : ""));
    }

    @Override
    int translated(int dimension) {
        return 1 + dimension;
    }

    @Override
    boolean scales() {
        return sharesTemperature();
    }

    @Override
    public Optional<Merging> merging() {
        return Optional.of(mass());
    }

    @Override
    void router(double[] theta, int first, Block block, double[] out) {
        GateKernels.linear(theta, first, block, out);
    }

    @Override
    void routerColumns(double[] theta, int first, Block block, double[][] columns) {
        for (int j = 0; j < block.columns().length; j++) {
            System.arraycopy(block.columns()[j], 0, columns[1 + j], 0, Block.ROWS);
        }
    }

    @Override
    void routerSums(
            double[] theta,
            int first,
            Block block,
            double[] weight,
            RowSums sums,
            double[] gradient,
            double[][] second) {
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = sums.dot(weight, block.columns()[j]);
        }
    }
}
