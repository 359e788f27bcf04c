package dev.ratelab.cli;

import dev.ratelab.model.Description;
import dev.ratelab.model.Family;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.stream.Collectors;

/** A family of gates or experts as a paragraph for people. */
final class FamilyText {
    private static final int INPUTS = 2;

    private FamilyText() {}

    static String of(Family family) {
        Description description = family.description();
        return String.join(
                System.lineSeparator(),
                family.id(),
                "  formula      " + description.formula(),
                "  parameters   " + parameters(family),
                "  invariances  " + description.invariances(),
                "  source       " + description.source(),
                "");
    }

    /** Parameters of an atom, those with a length that depends on the number of inputs d with {@code (by d)}. */
    private static String parameters(Family family) {
        List<ParameterKind> more = family.kinds(INPUTS + 1);
        return family.kinds(INPUTS).stream()
                .map(kind -> more.stream()
                                .anyMatch(other -> other.name().equals(kind.name()) && other.length() > kind.length())
                        ? kind.name() + " (by d)"
                        : kind.name())
                .collect(Collectors.joining(", "));
    }
}
