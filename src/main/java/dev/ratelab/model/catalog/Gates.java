package dev.ratelab.model.catalog;

import dev.ratelab.model.Gate;
import dev.ratelab.model.gate.ActivationDenseToSparseGate;
import dev.ratelab.model.gate.CosineGate;
import dev.ratelab.model.gate.DenseToSparseGate;
import dev.ratelab.model.gate.GaussianGate;
import dev.ratelab.model.gate.HierarchicalGate;
import dev.ratelab.model.gate.LaplaceGate;
import dev.ratelab.model.gate.PerturbedCosineGate;
import dev.ratelab.model.gate.QuadraticGate;
import dev.ratelab.model.gate.SigmoidGate;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.model.gate.TopKGate;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The registry of gates: one line each. Others may come from a jar on the class path that names its implementations of
 * {@link Gate} for {@link ServiceLoader}; they have no options.
 */
public final class Gates {
    private static final Registry<Gate> REGISTRY = new Registry<>(
            "gate",
            List.of(
                    Registry.plain("softmax", SoftmaxGate::new),
                    Registry.of("dense-to-sparse", DenseToSparseGate::of, "dense-to-sparse"),
                    Registry.of(
                            "activation-dense-to-sparse",
                            ActivationDenseToSparseGate::of,
                            "activation-dense-to-sparse"),
                    Registry.plain("laplace", LaplaceGate::new),
                    Registry.of("quadratic", QuadraticGate::of, "quadratic", "quadratic(form=monomial)"),
                    Registry.of("cosine", CosineGate::of, "cosine"),
                    Registry.of("perturbed-cosine", PerturbedCosineGate::of, "perturbed-cosine"),
                    Registry.plain("sigmoid", SigmoidGate::plain),
                    Registry.plain("normalised-sigmoid", SigmoidGate::normalised),
                    Registry.plain("gaussian", GaussianGate::new),
                    Registry.of(
                            "hierarchical",
                            options -> HierarchicalGate.of(options, Gates::of),
                            "hierarchical(groups=2)"),
                    Registry.of("top-k", options -> TopKGate.of(options, Gates::of), "top-k(k=1)")),
            ServiceLoader.load(Gate.class),
            Gate::id);

    private Gates() {}

    /** All gates, in the order in which they are listed to users. */
    public static List<Gate> all() {
        return REGISTRY.all();
    }

    /**
     * The gate of a name with options, such as {@code top-k(k=2)}.
     *
     * @throws IllegalArgumentException naming the known gates if there is none, or the option that is wrong
     */
    public static Gate of(String id) {
        return REGISTRY.of(id);
    }

    /** The names of all gates, without options. */
    public static List<String> names() {
        return REGISTRY.names();
    }
}
