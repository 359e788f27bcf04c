package dev.ratelab.spark;

import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerId;

/** The memory in which executors keep data between jobs. */
final class StorageMemory {
    private StorageMemory() {}

    /**
     * That of all executors that are known now, bytes. The driver counts only where it is the executor: on one machine. An executor is
     * known for certain only after a job.
     */
    static long bytes(JavaSparkContext context) {
        BlockManagerId driver = SparkEnv.get().blockManager().blockManagerId();
        long bytes = 0;
        for (SparkExecutorInfo executor : context.sc().statusTracker().getExecutorInfos()) {
            boolean isDriver = executor.host().equals(driver.host()) && executor.port() == driver.port();
            if (context.isLocal() || !isDriver) {
                bytes += executor.totalOnHeapStorageMemory();
            }
        }
        return bytes;
    }
}
