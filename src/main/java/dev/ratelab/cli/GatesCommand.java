package dev.ratelab.cli;

import dev.ratelab.model.Gate;
import dev.ratelab.model.catalog.Gates;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ratelab gates}: the gates that there are. */
@Command(
        name = "gates",
        mixinStandardHelpOptions = true,
        description = "Lists the gates with formula, parameters of an atom, invariances and source.")
final class GatesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Gate gate : Gates.all()) {
            out.println(FamilyText.of(gate));
        }
        out.println("Options in parentheses, compositions and bounds: docs/gates.md");
        out.flush();
        return ExitCode.DONE;
    }
}
