package dev.ratelab.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code ratelab} command.
 *
 * <p>Errors are one line on standard error; the stack trace follows only where the environment has {@code RATELAB_DEBUG=1}.
 * Relative {@link Path} options and parameters of every command are resolved by {@link WorkingDirectory}. Exit codes are in
 * {@link ExitCode}.
 */
@Command(
        name = "ratelab",
        description = "Measures how fast mixture-of-experts estimators learn.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            DiagnoseCommand.class,
            StatusCommand.class,
            RatesCommand.class,
            RequiredSizeCommand.class,
            PlotsCommand.class,
            OptimisationCommand.class,
            QueryCommand.class,
            FitCommand.class,
            SampleCommand.class,
            GatesCommand.class,
            ExpertsCommand.class,
            StudiesCommand.class
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeOnExecutionException = ExitCode.INFRASTRUCTURE)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; ratelab --help lists them");
    }

    /** Runs the command and ends the JVM with its exit code. An error in another thread ends it too: nothing is sure after one. */
    public static void main(String[] arguments) {
        // Libraries write numbers in the digits of the JVM's locale; the command has one language.
        Locale.setDefault(Locale.ROOT);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, Charset.defaultCharset()), true);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            int exitCode = Failures.ofAnything(thrown, err);
            if (thrown instanceof Error) {
                exit(exitCode);
            }
        });
        exit(execute(Main::commandLine, err, arguments));
    }

    /** The exit code of a command, whatever it throws. */
    static int execute(Supplier<CommandLine> command, PrintWriter err, String... arguments) {
        try {
            return command.get().execute(arguments);
        } catch (RuntimeException | Error thrown) {
            return Failures.ofAnything(thrown, err);
        }
    }

    private static void exit(int exitCode) {
        ExitCode.record(exitCode);
        System.exit(exitCode);
    }

    /** The command with its error handling. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .registerConverter(Path.class, WorkingDirectory::resolve)
                .setParameterExceptionHandler(Failures::ofUsage)
                .setExecutionExceptionHandler(Failures::ofExecution);
    }
}
