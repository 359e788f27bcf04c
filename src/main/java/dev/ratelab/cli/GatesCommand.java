package dev.ratelab.cli;

import dev.ratelab.model.Gate;
import dev.ratelab.model.Gates;
import dev.ratelab.model.ParameterKind;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ratelab gates}: the gates that there are. */
@Command(
        name = "gates",
        mixinStandardHelpOptions = true,
        description = "Lists the gates with formula, parameters of an atom for two inputs, invariances and source.")
final class GatesCommand implements Callable<Integer> {
    private static final int INPUTS = 2;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TextTable table = new TextTable("gate", "formula", "parameters of an atom", "invariances", "source");
        for (Gate gate : Gates.all()) {
            table.add(gate.id(), gate.formula(), parameters(gate.kinds(INPUTS)), gate.invarianceText(), gate.source());
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    /** Kinds with the number of their components for two inputs. */
    static String parameters(List<ParameterKind> kinds) {
        return kinds.stream()
                .map(kind -> kind.length() == 1 ? kind.name() : kind.name() + " (d)")
                .collect(Collectors.joining(", "));
    }
}
