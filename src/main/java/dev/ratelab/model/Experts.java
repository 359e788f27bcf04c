package dev.ratelab.model;

import dev.ratelab.model.expert.LinearExpert;
import java.util.List;

/** The registry of expert families. */
public final class Experts {
    private static final Registry<Expert> REGISTRY =
            new Registry<>("expert", List.of(Registry.plain("linear", LinearExpert::new)));

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
}
