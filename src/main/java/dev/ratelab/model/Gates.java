package dev.ratelab.model;

import dev.ratelab.model.gate.SoftmaxGate;
import java.util.List;

/** The registry of gates. */
public final class Gates {
    private static final Registry<Gate> REGISTRY =
            new Registry<>("gate", List.of(Registry.plain("softmax", SoftmaxGate::new)));

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
