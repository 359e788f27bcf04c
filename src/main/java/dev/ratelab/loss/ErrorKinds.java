package dev.ratelab.loss;

import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of which there are errors: those that families say they can have, {@link #EXPERT_FUNCTION} and {@link #VARIANCE}.
 * Immutable.
 */
final class ErrorKinds {
    /** Not a parameter, but summed up over atoms and cells in the same way: the expert as a function of the inputs. */
    static final String EXPERT_FUNCTION = "expert-function";

    /** The noise variance of an atom. */
    static final String VARIANCE = "variance";

    private final Map<String, Integer> places = new LinkedHashMap<>();

    ErrorKinds(Collection<String> names) {
        for (String name : names) {
            if (name.contains(ParameterError.INFIX) || !Derivation.allows(name)) {
                throw new IllegalStateException("a family has a kind of parameter called '" + name
                        + "', of which the name of a loss could not be told apart from others");
            }
            places.put(name, places.size());
        }
    }

    /**
     * Those of families, in their order: of gates, first what the listed ones have as they are, then what any can have; and of experts
     * alike.
     */
    static ErrorKinds of(List<Gate> gates, List<Expert> experts) {
        Set<String> names = new LinkedHashSet<>();
        gates.forEach(gate -> names.addAll(ParameterKind.names(gate.kinds(1))));
        gates.forEach(gate -> names.addAll(gate.possibleKinds(gates)));
        experts.forEach(expert -> names.addAll(ParameterKind.names(expert.kinds(1))));
        experts.forEach(expert -> names.addAll(expert.possibleKinds()));
        names.add(EXPERT_FUNCTION);
        names.add(VARIANCE);
        return new ErrorKinds(names);
    }

    /** Those of all registered families. */
    static ErrorKinds known() {
        return OfRegistered.KINDS;
    }

    /** The names, in order. */
    Set<String> names() {
        return places.keySet();
    }

    /** Place of a kind in the order, from 0; after all others if it is not among them. */
    int place(String kind) {
        return places.getOrDefault(kind, places.size());
    }

    /** Made when first asked for: families from jars are looked up. */
    private static final class OfRegistered {
        static final ErrorKinds KINDS = of(Gates.all(), Experts.all());
    }
}
