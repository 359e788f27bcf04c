package dev.ratelab.studyfile;

import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Refusals of names of families and of combinations that cannot be fitted. */
final class FamilyChecks {
    private FamilyChecks() {}

    /**
     * The family of a name with options.
     *
     * @param sort what it is, for messages
     * @param known names of all families of the sort
     */
    static <T> T of(Node name, String sort, List<String> known, Function<String, T> registry) {
        String text = name.text("the name of a " + sort);
        int options = text.indexOf('(');
        if (options < 0 && !known.contains(text)) {
            name.oneOf(sort, known);
        }
        try {
            return registry.apply(text);
        } catch (IllegalArgumentException refused) {
            throw name.refuse("is refused: " + refused.getMessage());
        }
    }

    /** Refuses a gate that cannot be used for a problem and numbers of experts and inputs. */
    static void refuse(Node node, Gate gate, Problem problem, int experts, int inputs) {
        Optional<String> reason = gate.refusal(problem, experts, inputs);
        if (reason.isPresent()) {
            throw node.fault(": gate " + gate.id() + " cannot be used here: " + reason.get());
        }
    }
}
