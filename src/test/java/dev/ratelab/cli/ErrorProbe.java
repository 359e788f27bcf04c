package dev.ratelab.cli;

import dev.ratelab.spark.Session;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;

/** The program with errors that no command has of itself, in a JVM of its own. */
final class ErrorProbe {
    private ErrorProbe() {}

    /** Runs the program; {@code thread}: while another thread runs out of memory, {@code task}: while a task of Spark does. */
    public static void main(String[] arguments) {
        if (arguments[0].equals("thread")) {
            new Thread(ErrorProbe::fail).start();
            Main.main(new String[] {"fit", "-", "--x", "x", "--y", "y", "--experts", "1"});
        } else {
            System.exit(Main.commandLine().addSubcommand(new Task()).execute("task"));
        }
    }

    private static void fail() {
        while (Thread.getDefaultUncaughtExceptionHandler() == null) {
            Thread.onSpinWait();
        }
        throw new OutOfMemoryError("a probe");
    }

    @Command(name = "task")
    private static final class Task implements Runnable {
        @Override
        public void run() {
            try (Session session = Session.start("probe")) {
                new JavaSparkContext(SparkContext.getOrCreate())
                        .parallelize(List.of(1))
                        .foreach(number -> {
                            throw new OutOfMemoryError("a probe");
                        });
                throw new IllegalStateException("the session of " + session.getClass() + " is at work");
            }
        }
    }
}
