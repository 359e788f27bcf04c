package dev.ratelab.model.gate;

import dev.ratelab.math.Activation;
import dev.ratelab.math.BlockKernels;
import dev.ratelab.model.Block;
import dev.ratelab.model.Description;
import dev.ratelab.model.FamilyOptions;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The activation dense-to-sparse gate: the softmax of {@code u_i(x) = (sigma(weight_i'x) + bias_i) / tau} with an
 * activation {@code sigma}.
 *
 * <p>Parameters of one atom: bias, weight (d) and, if it is estimated, the positive temperature {@code tau}, which all
 * atoms share. Options:
 *
 * <ul>
 *   <li>{@code router}: the activation, {@code sigmoid} (default), {@code tanh}, {@code gelu}, {@code silu} or
 *       {@code relu}.
 *   <li>{@code temperature}: as in {@link DenseToSparseGate}.
 * </ul>
 *
 * <p>The same {@code t0} can be added to all biases. ReLU is homogeneous: with it, all parameters and an estimated
 * temperature can also be multiplied by one factor. (With ReLU, one input and weights of one sign, more directions are
 * flat; they are not declared, because they are not at other parameters.) Bounds are on pairwise differences of biases
 * and on absolute values of weights. ReLU scores have a kink where {@code weight_i'x = 0}, and derivative 0 there.
 *
 * <p>Source: arXiv 2401.13875.
 */
public final class ActivationDenseToSparseGate extends TemperedGate {
    /** The name in study files. */
    public static final String NAME = "activation-dense-to-sparse";

    private static final String ROUTER = "router";
    private static final double[] CANONICAL_BIASES = {0, 0.5, -0.5, 0.25};
    private static final double[] CANONICAL_WEIGHTS = {3, -1, 0.5, -2};
    private static final List<Activation> ROUTERS =
            List.of(Activation.SIGMOID, Activation.TANH, Activation.GELU, Activation.SILU, Activation.RELU);

    private final Activation router;

    private ActivationDenseToSparseGate(Activation router, Temperature temperature) {
        super(NAME, temperature, true);
        this.router = router;
    }

    /**
     * The gate of the options {@code router} and {@code temperature}.
     *
     * @throws IllegalArgumentException naming an option that is unknown or has a bad value
     */
    public static ActivationDenseToSparseGate of(Map<String, String> texts) {
        FamilyOptions options = FamilyOptions.of(NAME, texts);
        List<String> names = ROUTERS.stream().map(Activation::name).toList();
        Activation router = ROUTERS.get(names.indexOf(options.oneOf(ROUTER, names, names.get(0))));
        Temperature temperature = Temperature.read(options);
        options.refuseOthers();
        return new ActivationDenseToSparseGate(router, temperature);
    }

    @Override
    Gate with(Temperature other) {
        return new ActivationDenseToSparseGate(router, other);
    }

    @Override
    void writeOptions(Map<String, String> options) {
        if (router != ROUTERS.get(0)) {
            options.put(ROUTER, router.name());
        }
        temperature().write(options);
    }

    @Override
    public Description description() {
        return new Description(
                "pi_i = softmax of u_i = (" + router.name() + "(weight_i'x) + bias_i) / "
                        + temperature().symbol(),
                "arXiv 2401.13875",
                SHIFT_OF_BIASES + (scales() ? "; scale: biases, weights and temperature times one factor" : ""));
    }

    @Override
    public boolean smooth() {
        return router.smooth();
    }

    @Override
    int translated(int dimension) {
        return 1;
    }

    @Override
    boolean scales() {
        return sharesTemperature() && router.homogeneity() == 1;
    }

    /** {@inheritDoc} With ReLU, an estimated temperature scales. */
    @Override
    public Set<String> possibleKinds(List<Gate> gates) {
        Set<String> kinds = super.possibleKinds(gates);
        kinds.addAll(ParameterKind.names(kindsOverTemperature(1)));
        return kinds;
    }

    @Override
    void router(double[] theta, int first, Block block, double[] out) {
        GateKernels.linear(theta, first, block, out);
        router.evaluate(out, GateKernels.arrays(Activation.SCRATCH), out, null, null);
    }

    @Override
    void routerColumns(double[] theta, int first, Block block, double[][] columns) {
        double[] z = columns[0];
        double[] slope = Block.newArray();
        GateKernels.linear(theta, first, block, z);
        router.evaluate(z, GateKernels.arrays(Activation.SCRATCH), z, slope, null);
        for (int j = 0; j < block.columns().length; j++) {
            BlockKernels.multiply(slope, block.columns()[j], columns[1 + j]);
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
        double[] z = Block.newArray();
        double[] slope = Block.newArray();
        double[] bend = Block.newArray();
        GateKernels.linear(theta, first, block, z);
        router.evaluate(z, GateKernels.arrays(Activation.SCRATCH), z, slope, bend);
        BlockKernels.multiply(weight, slope, slope);
        BlockKernels.multiply(weight, bend, bend);
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = sums.dot(slope, block.columns()[j]);
        }
        sums.addSquares(bend, block.columns(), second, 0);
    }

    /**
     * The {@link GateKernels#tabulated} rows of biases 0, 0.5, -0.5, 0.25 and weights 3, -1, 0.5, -2: no two of
     * one size, as the scores of {@code w} and {@code -w} differ by a function that other parameters give too.
     */
    @Override
    double[][] canonicalAtoms(int atoms, int dimension) {
        return extended(GateKernels.tabulated(atoms, dimension, CANONICAL_BIASES, CANONICAL_WEIGHTS), dimension);
    }
}
