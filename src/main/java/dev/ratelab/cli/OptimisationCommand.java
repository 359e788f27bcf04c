package dev.ratelab.cli;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.OptimisationEffect;
import dev.ratelab.rates.OptimisationError;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ratelab optimisation}: what the fits of a store owe to their starts. */
@Command(
        name = "optimisation",
        mixinStandardHelpOptions = true,
        description =
                "How often starts from the data alone, or near the truth alone, end in a worse optimum on the same data, by how"
                        + " much, and what the slope of a loss would be with one kind of start.")
final class OptimisationCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "directory of the store")
    private Path directory;

    @Option(
            names = "--metric",
            converter = LossNameConverter.class,
            paramLabel = "LOSS",
            defaultValue = "D1",
            description = "loss whose slopes are compared, of a study with a block start-kinds; default: D1")
    private LossName metric;

    @Option(names = "--json", description = "print an object of two arrays; what is undefined is null")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        StoreLayout layout = new StoreLayout(directory);
        StudyFile.read(layout);
        List<FitRow> fits;
        try (Session session = Session.start("optimisation")) {
            fits = session.fits(layout);
        }
        OptimisationTexts texts = new OptimisationTexts(
                OptimisationError.compute(fits), OptimisationEffect.compute(fits, metric), metric);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? texts.json() + System.lineSeparator() : texts.text());
        out.flush();
        return ExitCode.DONE;
    }
}
