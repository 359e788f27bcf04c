package dev.ratelab.cli;

import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ratelab rates}: the convergence rates of a store. */
@Command(
        name = "rates",
        mixinStandardHelpOptions = true,
        description = "Prints the convergence rates of a directory, as its last run left them.")
final class RatesCommand extends StoreCommand {
    @Option(names = "--json", description = "print an array of all columns; what is undefined is null")
    private boolean json;

    @Option(names = "--all", description = "show rates without a prediction too")
    private boolean all;

    @Override
    void print(PrintWriter out) throws IOException {
        StoreLayout layout = layout();
        Study study = StudyFile.read(layout);
        try (Session session = Session.start("rates")) {
            if (json) {
                out.println(Json.array(session.queryJson(layout, "SELECT * FROM rates")));
            } else {
                out.print(RateTexts.table(session.rates(layout), all));
                out.print(RateTexts.violations(study));
            }
        }
    }
}
