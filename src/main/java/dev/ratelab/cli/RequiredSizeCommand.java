package dev.ratelab.cli;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.RequiredSampleSize;
import dev.ratelab.run.FitRow;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ratelab required-n}: how many samples each design needs for a target error, and what its predictions cost. */
@Command(
        name = "required-n",
        mixinStandardHelpOptions = true,
        description =
                "How many samples each gate, expert family and number of experts of a directory needs for an error of"
                        + " at most the target, with a 95 %% interval; and what one prediction costs: active experts and"
                        + " multiplications. Numbers beyond the largest sample size are marked.")
final class RequiredSizeCommand extends StoreCommand {
    @Option(
            names = "--metric",
            converter = LossNameConverter.class,
            paramLabel = "LOSS",
            required = true,
            description = "what must be small, such as D1, slope-error-exact (a kind of parameter),"
                    + " expert-function-error-exact (an expert's function) or regression-l2 (the prediction)")
    private LossName metric;

    @Option(names = "--target", paramLabel = "E", required = true, description = "largest error that is wanted")
    private double target;

    @Option(
            names = "--probability",
            paramLabel = "P",
            defaultValue = "0.9",
            description = "share of data sets for which the error is to be at most the target; default: 0.9")
    private double probability;

    @Option(
            names = "--cost-per-sample",
            paramLabel = "C",
            description = "adds a column with the cost of the data, in the unit of C")
    private Double costPerSample;

    @Option(names = "--json", description = "print an array of all columns; what is undefined is null")
    private boolean json;

    @Override
    void print(PrintWriter out) throws IOException {
        requirePositive("--target", target);
        if (!(probability > 0 && probability < 1)) {
            throw CommandException.usage("--probability = " + probability + " must be above 0 and below 1");
        }
        if (costPerSample != null) {
            requirePositive("--cost-per-sample", costPerSample);
        }
        StoreLayout layout = layout();
        Study study = StudyFile.read(layout);
        List<FitRow> fits = fits(layout, "required-n");
        List<RequiredSampleSize> found =
                RequiredSampleSize.compute(fits, study.truth().model().atoms(), metric, target, probability);
        if (found.isEmpty()) {
            String known = fits.stream()
                    .flatMap(fit -> fit.losses().keySet().stream())
                    .map(LossName::text)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw CommandException.usage("--metric = " + metric + " is a loss of no fit in " + layout.root()
                    + "; there are: " + (known.isEmpty() ? "none" : known));
        }
        RequiredSizeTexts texts = new RequiredSizeTexts(study, costPerSample);
        out.print(json ? texts.json(found) + System.lineSeparator() : texts.text(found));
    }

    private static void requirePositive(String option, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw CommandException.usage(option + " = " + value + " must be a finite number > 0");
        }
    }
}
