package dev.ratelab.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one clear line on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** A wrong command line. */
    static int ofUsage(ParameterException wrong, String[] arguments) {
        print(wrong.getCommandLine(), wrong);
        return ExitCode.USAGE;
    }

    /** A command that threw: {@link IllegalArgumentException} is the user's to mend, the rest is not. */
    static int ofExecution(Exception thrown, CommandLine command, ParseResult parsed) {
        print(command, thrown);
        if (thrown instanceof CommandException known) {
            return known.exitCode();
        }
        return thrown instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.INFRASTRUCTURE;
    }

    private static void print(CommandLine command, Exception thrown) {
        boolean debug = "1".equals(System.getenv("RATELAB_DEBUG"));
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            message = thrown.getClass().getSimpleName();
        } else if (!(thrown instanceof CommandException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof ParameterException)) {
            message = thrown.getClass().getSimpleName() + ": " + message;
        }
        command.getErr()
                .println("ratelab: " + message.strip().lines().findFirst().orElseThrow());
        if (debug) {
            thrown.printStackTrace(command.getErr());
        }
    }
}
