package dev.ratelab.model;

import dev.ratelab.model.expert.LinearExpert;
import java.util.List;

/** The registry of expert families. */
public final class Experts {
    private static final Registry<Expert> REGISTRY = new Registry<>("expert", Expert::id, List.of(new LinearExpert()));

    private Experts() {}

    /** All expert families, in the order in which they are listed to users. */
    public static List<Expert> all() {
        return REGISTRY.all();
    }

    /**
     * The expert family of that name.
     *
     * @throws IllegalArgumentException naming the known families if there is none
     */
    public static Expert of(String id) {
        return REGISTRY.of(id);
    }
}
