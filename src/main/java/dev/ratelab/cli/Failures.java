package dev.ratelab.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one clear line on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** A wrong command line. */
    static int ofUsage(ParameterException wrong, String[] arguments) {
        print(wrong.getCommandLine().getErr(), wrong, message(wrong, true));
        return ExitCode.USAGE;
    }

    /** A command that threw: {@link IllegalArgumentException} is the user's to mend, the rest is not. */
    static int ofExecution(Exception thrown, CommandLine command, ParseResult parsed) {
        boolean expected = thrown instanceof CommandException || thrown instanceof IllegalArgumentException;
        print(command.getErr(), thrown, message(thrown, expected));
        if (thrown instanceof CommandException known) {
            return known.exitCode();
        }
        return expected ? ExitCode.USAGE : ExitCode.INFRASTRUCTURE;
    }

    /** What is no exception of a command, such as an {@link Error}. */
    static int ofAnything(Throwable thrown, PrintWriter err) {
        print(err, thrown, message(thrown, false));
        return ExitCode.INFRASTRUCTURE;
    }

    private static String message(Throwable thrown, boolean expected) {
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            message = thrown.getClass().getSimpleName();
        } else if (!expected) {
            message = thrown.getClass().getSimpleName() + ": " + message;
        }
        message = message.strip().lines().findFirst().orElseThrow();
        return expected ? message : message + remedy(thrown);
    }

    /** What to do about an error of the JVM, which may be the cause of an exception. */
    private static String remedy(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return "; give it more memory: submit/ratelab --driver-memory 8g -- COMMAND, on a cluster"
                        + " --executor-memory too";
            }
            if (cause instanceof StackOverflowError) {
                return "; something in the input is nested too deeply: simplify it";
            }
            if (cause instanceof LinkageError) {
                return "; the libraries do not fit together: Ratelab needs Spark 4.1 with Scala 2.13, as without SPARK_HOME";
            }
            if (cause instanceof Error) {
                return "; this is a fault of Ratelab: please report it with what RATELAB_DEBUG=1 prints";
            }
        }
        return "";
    }

    private static void print(PrintWriter err, Throwable thrown, String message) {
        err.println("ratelab: " + message);
        if ("1".equals(System.getenv("RATELAB_DEBUG"))) {
            thrown.printStackTrace(err);
        }
        err.flush();
    }
}
