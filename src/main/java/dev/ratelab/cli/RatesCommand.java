package dev.ratelab.cli;

import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ratelab rates}: the convergence rates of a store. */
@Command(
        name = "rates",
        mixinStandardHelpOptions = true,
        description = "Prints the convergence rates of a directory, as its last run left them.")
final class RatesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "directory of the store")
    private Path directory;

    @Option(names = "--json", description = "print an array of all columns; what is undefined is null")
    private boolean json;

    @Option(names = "--all", description = "show rates without a prediction too")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        StoreLayout layout = new StoreLayout(directory);
        Study study = StudyFile.read(layout);
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.start("rates")) {
            if (json) {
                out.println(Json.array(session.queryJson(layout, "SELECT * FROM rates")));
            } else {
                out.print(RateTexts.table(session.rates(layout), all));
                out.print(RateTexts.violations(study));
            }
        }
        out.flush();
        return ExitCode.DONE;
    }
}
