package dev.ratelab.cli;

import dev.ratelab.model.Expert;
import dev.ratelab.model.Experts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ratelab experts}: the expert families that there are. */
@Command(
        name = "experts",
        mixinStandardHelpOptions = true,
        description = "Lists the expert families with formula, parameters of an atom and source.")
final class ExpertsCommand implements Callable<Integer> {
    private static final int INPUTS = 2;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TextTable table = new TextTable("expert", "formula", "parameters of an atom", "source");
        for (Expert expert : Experts.all()) {
            table.add(expert.id(), expert.formula(), GatesCommand.parameters(expert.kinds(INPUTS)), expert.source());
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
