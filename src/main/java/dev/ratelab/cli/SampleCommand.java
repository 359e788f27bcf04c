package dev.ratelab.cli;

import dev.ratelab.data.Sample;
import dev.ratelab.run.RowSource;
import dev.ratelab.study.Setting;
import dev.ratelab.study.Study;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ratelab sample}: the data set of one fit. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = "Prints the data set of one fit as CSV with columns x1, x2, ..., y, every digit included.")
final class SampleCommand extends OutputCommand {
    @Mixin
    private StudyOptions study;

    @Option(names = "--sample-size", paramLabel = "N", required = true, description = "number of rows")
    private int sampleSize;

    @Option(names = "--seed", paramLabel = "SEED", required = true, description = "seed number, from 1")
    private int seed;

    @Option(
            names = "--setting",
            paramLabel = "ID",
            description = "setting of the fit; default: the first. Settings with the same truth see the same data")
    private String setting;

    @Override
    void print(PrintWriter out) {
        Study parsed = study.parse();
        if (sampleSize < 1 || seed < 1) {
            throw CommandException.usage(
                    "--sample-size = " + sampleSize + " and --seed = " + seed + " must be at least 1");
        }
        Optional<Setting> chosen = parsed.settings().stream()
                .filter(known -> setting == null || known.id().equals(setting))
                .findFirst();
        if (chosen.isEmpty()) {
            throw CommandException.usage("--setting = " + setting + " is not a setting of the study; it has "
                    + parsed.settings().stream().map(known -> known.id()).collect(Collectors.joining(", ")));
        }
        print(RowSource.sample(parsed, chosen.get(), sampleSize, seed), out);
    }

    private static void print(Sample sample, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int j = 0; j < sample.dimension(); j++) {
            line.append('x').append(j + 1).append(',');
        }
        out.println(line.append('y'));
        for (int row = 0; row < sample.size(); row++) {
            line.setLength(0);
            for (int j = 0; j < sample.dimension(); j++) {
                line.append(sample.x(j, row)).append(',');
            }
            out.println(line.append(sample.y(row)));
        }
    }
}
