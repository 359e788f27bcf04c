package dev.ratelab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The exit codes of every command. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** The command line or the study is wrong; nothing was run. */
    public static final int USAGE = 2;

    /** The run is finished, and more fits failed than the study allows. */
    public static final int FAILURE_RATE = 3;

    /** Spark, the store, the disk or the program itself failed; the run may be continued. */
    public static final int INFRASTRUCTURE = 4;

    /**
     * Names the file that takes the exit code. A standalone cluster tells the submitter of a cluster-mode driver only whether
     * it succeeded, so the launcher reads the code from this file where it can see it.
     */
    static final String FILE_PROPERTY = "spark.ratelab.exit.file";

    private ExitCode() {}

    /** Writes the code to the file named by {@value #FILE_PROPERTY}, if there is one. */
    static void record(int exitCode) {
        String file = System.getProperty(FILE_PROPERTY);
        if (file == null) {
            return;
        }
        try {
            Files.writeString(Path.of(file), exitCode + "\n");
        } catch (IOException unwritable) {
            System.err.println("ratelab: cannot write the exit code to " + file + ": " + unwritable.getMessage());
        }
    }
}
