package dev.ratelab.cli;

import dev.ratelab.rates.Percent;
import dev.ratelab.spark.Session;
import dev.ratelab.spark.StudyRun;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.store.StudyFile;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ratelab run}: makes the fits that a store lacks, and its summaries. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a study: makes the fits that the directory lacks, then cells and rates. The same command"
                + " continues after a crash; more seeds, sizes or experts only add.")
final class RunCommand extends OutputCommand {
    private static final String DEFAULT_PARENT = "out";

    @Mixin
    private StudyOptions study;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "directory of the store; default: out/<name of the study>")
    private Path directory;

    @Option(
            names = "--wave-seconds",
            paramLabel = "S",
            defaultValue = "" + StudyRun.DEFAULT_WAVE_SECONDS,
            description = "work of a wave on each core, in seconds: about what a crash loses; default: 10")
    private double waveSeconds;

    @Override
    void print(PrintWriter out) throws IOException {
        Study parsed = study.parse();
        if (!(waveSeconds > 0)) {
            throw CommandException.usage("--wave-seconds = " + waveSeconds + " must be positive");
        }
        StoreLayout layout = new StoreLayout(
                directory == null ? WorkingDirectory.resolve(DEFAULT_PARENT).resolve(parsed.name()) : directory);
        StudyFile.requireSame(layout, parsed);
        StudyRun.Outcome outcome;
        try (Session session = Session.start("run " + parsed.name())) {
            outcome = session.run(parsed, layout, waveSeconds, System.err);
        }
        out.print(RateTexts.table(outcome.rates(), false));
        out.print(RateTexts.violations(parsed));
        out.print(SeedPlan.text(parsed, outcome.seeds()));
        out.println();
        out.printf(
                Locale.ROOT,
                "%d fits (%d made now, %d stored before), %s certified%n",
                outcome.total(),
                outcome.made(),
                outcome.alreadyStored(),
                Percent.text(1 - outcome.failureRate(), 1));
        if (outcome.made() > 0) {
            out.printf(
                    Locale.ROOT,
                    "made in %.1f seconds on %d cores, which spent %s of them in fits%n",
                    outcome.effort().wallSeconds(),
                    outcome.effort().cores(),
                    Percent.text(outcome.effort().busyShare(), 1));
        }
        out.println("fits   " + layout.fits());
        out.println("cells  " + layout.cells());
        out.println("rates  " + layout.rates());
        out.flush();
        if (outcome.failureRate() > parsed.limits().maxFailureRate()) {
            throw new CommandException(
                    ExitCode.FAILURE_RATE,
                    String.format(
                            Locale.ROOT,
                            "%s of the fits are not certified, the study allows %s (limits.max-failure-rate);"
                                    + " query %s with: SELECT status, count(*) FROM fits GROUP BY status",
                            Percent.text(
                                    outcome.failureRate(), 1, parsed.limits().maxFailureRate()),
                            Percent.text(parsed.limits().maxFailureRate(), 1),
                            layout.root()));
        }
    }
}
