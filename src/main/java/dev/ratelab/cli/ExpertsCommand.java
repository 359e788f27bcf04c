package dev.ratelab.cli;

import dev.ratelab.model.Expert;
import dev.ratelab.model.catalog.Experts;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code ratelab experts}: the expert families that there are. */
@Command(
        name = "experts",
        mixinStandardHelpOptions = true,
        description = "Lists the expert families with formula, parameters of an atom, invariances and source.")
final class ExpertsCommand extends OutputCommand {
    @Override
    void print(PrintWriter out) {
        for (Expert expert : Experts.all()) {
            out.println(FamilyText.of(expert));
        }
        out.println("Network families and polynomials take the options bias=no, output-weight=yes and width=2 to 4,"
                + " as in tanh(output-weight=yes,width=2)");
    }
}
