package dev.ratelab.theory;

import dev.ratelab.model.FamilyName;
import java.util.Map;
import java.util.Set;

/** Expert families by what theory knows of them. */
enum ExpertClass {
    /** {@code a'x + b}. */
    LINEAR("linear"),
    /** {@code (a'x + b)^p}. */
    POLYNOMIAL("polynomial"),
    /** A constant. */
    INPUT_FREE("input-free"),
    /** {@code sigma(a'x)} with sigmoid, tanh or GELU: strongly identifiable. */
    STRONG("strong"),
    /** {@code sigma(a'x + b)} with the same activations: strongly independent, strongly identifiable in regression. */
    RIDGE("ridge"),
    /** {@code max(a'x + b, 0)}, the second derivatives of which vanish. */
    RELU("relu"),
    /** A free output weight before a ReLU or a power: scaled against what is inside. */
    HOMOGENEOUS_OUTPUT("homogeneous-output"),
    /** A free output weight before another activation. */
    FREE_OUTPUT("free-output"),
    /** All others. */
    OTHER("other");

    private static final Set<String> STRONG_ACTIVATIONS = Set.of("sigmoid", "tanh", "gelu");
    private static final Set<String> HOMOGENEOUS = Set.of("relu", "polynomial");

    private final String id;

    ExpertClass(String id) {
        this.id = id;
    }

    /** The name in the table. */
    String id() {
        return id;
    }

    /** The class of a family by its name with options. */
    static ExpertClass of(String expert) {
        FamilyName family = FamilyName.parse(expert);
        Map<String, String> options = family.options();
        String name = family.name();
        if (name.equals("linear")) {
            return LINEAR;
        }
        if (name.equals("constant")) {
            return INPUT_FREE;
        }
        if ("yes".equals(options.get("output-weight"))) {
            return HOMOGENEOUS.contains(name) ? HOMOGENEOUS_OUTPUT : FREE_OUTPUT;
        }
        if (options.containsKey("width")) {
            return OTHER;
        }
        if (STRONG_ACTIVATIONS.contains(name)) {
            return "no".equals(options.get("bias")) ? STRONG : RIDGE;
        }
        return switch (name) {
            case "polynomial" -> POLYNOMIAL;
            case "relu" -> RELU;
            default -> OTHER;
        };
    }
}
