package dev.ratelab.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark sessions, configured by {@code spark-submit} or system properties, local by default. */
public final class Sessions {
    private static final String ALL_CORES = "local[*]";

    private Sessions() {}

    /** Starts a session, or returns the one at work. */
    public static SparkSession start(String name) {
        SparkConf configuration = new SparkConf().setAppName("ratelab " + name);
        configuration.setIfMissing("spark.master", ALL_CORES);
        return SparkSession.builder()
                .config(configuration)
                .config("spark.sql.jsonGenerator.ignoreNullFields", "false")
                .getOrCreate();
    }
}
