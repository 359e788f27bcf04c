package dev.ratelab.model.catalog;

import dev.ratelab.model.Expert;
import dev.ratelab.model.expert.ConstantExpert;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.expert.NetworkExpert;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The registry of expert families: one line each. Others may come from a jar on the class path that names its implementations of
 * {@link Expert} for {@link ServiceLoader}; they have no options.
 */
public final class Experts {
    private static final Registry<Expert> REGISTRY = new Registry<>(
            "expert",
            List.of(
                    Registry.plain("constant", ConstantExpert::new),
                    Registry.plain("linear", LinearExpert::new),
                    network("polynomial", "polynomial(degree=2)"),
                    network("sigmoid", "sigmoid"),
                    network("tanh", "tanh"),
                    network("gelu", "gelu"),
                    network("silu", "silu"),
                    network("relu", "relu"),
                    network("sine", "sine")),
            ServiceLoader.load(Expert.class),
            Expert::id);

    private static Registry.Entry<Expert> network(String name, String listed) {
        return Registry.of(name, options -> NetworkExpert.of(name, options), listed);
    }

    private Experts() {}

    /** All expert families, in the order in which they are listed to users. */
    public static List<Expert> all() {
        return REGISTRY.all();
    }

    /**
     * The expert family of a name with options, such as {@code tanh(width=2)}.
     *
     * @throws IllegalArgumentException naming the known families if there is none, or the option that is wrong
     */
    public static Expert of(String id) {
        return REGISTRY.of(id);
    }

    /** The names of all expert families, without options. */
    public static List<String> names() {
        return REGISTRY.names();
    }
}
