package dev.ratelab.cli;

import dev.ratelab.studyfile.StudyCatalog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ratelab studies}: the study files that come with the project. */
@Command(name = "studies", mixinStandardHelpOptions = true, description = "Lists the study files of a directory.")
final class StudiesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--in",
            paramLabel = "DIR",
            defaultValue = "${env:RATELAB_HOME:-.}/conf/studies",
            description = "directory of study files; default: the project's")
    private Path directory;

    @Override
    public Integer call() {
        TextTable table = new TextTable("study", "file", "what it asks");
        for (StudyCatalog.Entry entry : StudyCatalog.list(directory)) {
            table.add(entry.name(), entry.file().toString(), entry.description());
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
