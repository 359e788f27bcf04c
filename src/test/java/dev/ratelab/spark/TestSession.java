package dev.ratelab.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark in the JVM of the tests. */
final class TestSession {
    private TestSession() {}

    static SparkSession start(String master) {
        SparkConf configuration = new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.sql.shuffle.partitions", "2");
        return SparkSession.builder().config(configuration).getOrCreate();
    }
}
