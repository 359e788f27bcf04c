package dev.ratelab.cli;

import java.nio.file.Path;

/**
 * The directory against which relative paths on the command line are resolved: the caller's.
 *
 * <p>It is the JVM's own, but for a driver that a cluster starts elsewhere: there the launcher passes the caller's directory
 * as the Spark property {@value #PROPERTY}, which Spark makes a system property of the driver.
 */
final class WorkingDirectory {
    static final String PROPERTY = "spark.ratelab.working.directory";

    private WorkingDirectory() {}

    /** The absolute path that the caller means by {@code path}. */
    static Path resolve(String path) {
        String directory = System.getProperty(PROPERTY);
        Path base = Path.of(directory == null ? "" : directory).toAbsolutePath();
        return base.resolve(path).normalize();
    }
}
