package dev.ratelab.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark in the JVM of the tests. */
public final class TestSession {
    /** Takes messages for people that no test reads. */
    public static final PrintStream SILENT =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private TestSession() {}

    public static SparkSession start(String master) {
        SparkConf configuration = new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.sql.shuffle.partitions", "2");
        return SparkSession.builder().config(configuration).getOrCreate();
    }
}
