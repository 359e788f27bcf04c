package dev.ratelab.cli;

import dev.ratelab.loss.LossName;
import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.RateRow;
import dev.ratelab.report.FigureFormat;
import dev.ratelab.report.FigureWriter;
import dev.ratelab.report.RateFigures;
import dev.ratelab.spark.Session;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ratelab plots}: pictures of the convergence of a store. */
@Command(
        name = "plots",
        mixinStandardHelpOptions = true,
        description = "Draws mean losses over sample sizes on logarithmic axes, with fitted and predicted slopes.")
final class PlotsCommand extends StoreCommand {
    @Option(
            names = "--metric",
            converter = LossNameConverter.class,
            paramLabel = "NAME",
            split = ",",
            description =
                    "losses to draw, with commas between; default: all with a predicted rate, or all with a rate if"
                            + " none is predicted")
    private List<LossName> metrics = List.of();

    @Option(
            names = "--setting",
            paramLabel = "REGEX",
            description = "draw only settings in whose id this regular expression is found; default: all")
    private String setting;

    @Option(names = "--out", paramLabel = "DIR", description = "where to write; default: plots in DIR")
    private Path folder;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            description = "svg, png or both with a comma; default: both, or svg alone where Java finds no fonts")
    private List<String> formats = List.of();

    @Override
    void print(PrintWriter out) throws IOException {
        Predicate<String> chosen = pattern();
        Set<FigureFormat> written = formats();
        StoreLayout layout = layout();
        Study study = StudyFile.read(layout);
        List<CellSummary> cells;
        List<RateRow> rates;
        try (Session session = Session.start("plots")) {
            cells = session.cells(layout);
            rates = session.rates(layout);
        }
        List<RateFigures.Named> figures = RateFigures.of(study, cells, rates, metrics, chosen);
        Path target = Files.createDirectories(folder == null ? layout.root().resolve("plots") : folder);
        for (RateFigures.Named figure : figures) {
            for (FigureFormat format : written) {
                Path file = target.resolve(figure.name() + "." + format.id());
                FigureWriter.write(figure.figure(), format, file);
                out.println(file);
            }
        }
    }

    private Predicate<String> pattern() {
        if (setting == null) {
            return id -> true;
        }
        try {
            return Pattern.compile(setting).asPredicate();
        } catch (PatternSyntaxException wrong) {
            throw CommandException.usage(
                    "--setting = " + setting + " is no regular expression: " + wrong.getDescription(), wrong);
        }
    }

    private Set<FigureFormat> formats() {
        Set<FigureFormat> asked = EnumSet.noneOf(FigureFormat.class);
        for (String format : formats) {
            try {
                asked.add(FigureFormat.of(format));
            } catch (IllegalArgumentException unknown) {
                throw CommandException.usage("--format = " + format + " must be svg, png or svg,png", unknown);
            }
        }
        if (asked.equals(Set.of(FigureFormat.SVG))) {
            return asked;
        }
        Optional<String> problem = FigureWriter.pngProblem();
        if (problem.isEmpty()) {
            return asked.isEmpty() ? EnumSet.allOf(FigureFormat.class) : asked;
        }
        if (asked.contains(FigureFormat.PNG)) {
            throw new CommandException(ExitCode.INFRASTRUCTURE, problem.get());
        }
        warn("SVG only: " + problem.get());
        return EnumSet.of(FigureFormat.SVG);
    }
}
