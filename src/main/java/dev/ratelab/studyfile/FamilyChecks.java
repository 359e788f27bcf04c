package dev.ratelab.studyfile;

import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads names of families; refuses wrong ones and combinations that cannot be fitted. */
final class FamilyChecks {
    private FamilyChecks() {}

    /** The gate of a name with options. */
    static Gate gate(Node name) {
        return family(name, "gate", Gates.names(), Gates::of);
    }

    /** The expert family of a name with options. */
    static Expert expert(Node name) {
        return family(name, "expert family", Experts.names(), Experts::of);
    }

    private static <T> T family(Node name, String sort, List<String> known, Function<String, T> registry) {
        String text = name.text("the name of a " + sort);
        int options = text.indexOf('(');
        if (options < 0 && !known.contains(text)) {
            name.oneOf(sort, known);
        }
        return name.make(() -> registry.apply(text));
    }

    /** Refuses a family without parameters of its own for a truth that is not written out. */
    static void requireCanonical(Node node, Optional<?> canonical) {
        if (canonical.isEmpty()) {
            throw node.refuse(
                    "has no canonical parameters; write the truth out with numbers, as docs/study-files.md shows");
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
