package dev.ratelab.cli;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.OptimisationEffect;
import dev.ratelab.rates.OptimisationError;
import dev.ratelab.run.FitRow;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ratelab optimisation}: what the fits of a store owe to their starts. */
@Command(
        name = "optimisation",
        mixinStandardHelpOptions = true,
        description =
                "How often starts from the data alone, or near the truth alone, end in a worse optimum on the same"
                        + " data, by how much, and what the slope of a loss would be with one kind of start.")
final class OptimisationCommand extends StoreCommand {
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
    void print(PrintWriter out) throws IOException {
        StoreLayout layout = layout();
        StudyFile.read(layout);
        List<FitRow> fits = fits(layout, "optimisation");
        OptimisationTexts texts = new OptimisationTexts(
                OptimisationError.compute(fits), OptimisationEffect.compute(fits, metric), metric);
        out.print(json ? texts.json() + System.lineSeparator() : texts.text());
    }
}
