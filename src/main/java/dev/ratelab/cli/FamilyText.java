package dev.ratelab.cli;

import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.stream.Collectors;

/** A family of gates or experts as a paragraph for people. */
final class FamilyText {
    private static final int INPUTS = 2;

    private FamilyText() {}

    /** Parameters of an atom, those with a length that depends on the number of inputs d with {@code (d)}. */
    interface Kinds {
        List<ParameterKind> of(int dimension);
    }

    static String of(String id, String formula, Kinds kinds, String invariances, String source) {
        return String.join(
                System.lineSeparator(),
                id,
                "  formula      " + formula,
                "  parameters   " + parameters(kinds),
                "  invariances  " + invariances,
                "  source       " + source,
                "");
    }

    private static String parameters(Kinds kinds) {
        List<ParameterKind> more = kinds.of(INPUTS + 1);
        return kinds.of(INPUTS).stream()
                .map(kind -> more.stream()
                                .anyMatch(other -> other.name().equals(kind.name()) && other.length() > kind.length())
                        ? kind.name() + " (by d)"
                        : kind.name())
                .collect(Collectors.joining(", "));
    }
}
