package dev.ratelab.cli;

import dev.ratelab.studyfile.StudyCatalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ratelab studies}: the study files that come with the project. */
@Command(name = "studies", mixinStandardHelpOptions = true, description = "Lists the study files of a directory.")
final class StudiesCommand extends OutputCommand {
    @Option(
            names = "--in",
            paramLabel = "DIR",
            defaultValue = "${env:RATELAB_HOME:-.}/conf/studies",
            description = "directory of study files; default: the project's")
    private Path directory;

    @Override
    void print(PrintWriter out) {
        TextTable table = new TextTable("study", "file", "what it asks");
        for (StudyCatalog.Entry entry : StudyCatalog.list(directory)) {
            table.add(entry.name(), entry.file().toString(), entry.description());
        }
        out.print(table);
    }
}
