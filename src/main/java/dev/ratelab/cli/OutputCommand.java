package dev.ratelab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints what it finds. */
abstract class OutputCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Does the work and prints the result. */
    abstract void print(PrintWriter out) throws IOException;

    @Override
    public final Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        print(out);
        out.flush();
        return ExitCode.DONE;
    }

    /** Says something that is no part of the result. */
    final void warn(String text) {
        spec.commandLine().getErr().println("ratelab: " + text);
    }
}
