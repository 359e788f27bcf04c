package dev.ratelab.cli;

import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Gates;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code ratelab gates}: the gates that there are. */
@Command(
        name = "gates",
        mixinStandardHelpOptions = true,
        description = "Lists the gates with formula, parameters of an atom, invariances and source.")
final class GatesCommand extends OutputCommand {
    @Override
    void print(PrintWriter out) {
        for (Gate gate : Gates.all()) {
            out.println(FamilyText.of(gate));
        }
        out.println("Options in parentheses, compositions and bounds: docs/gates.md");
    }
}
