package dev.ratelab.launch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** A Spark application of its own, for {@link StandaloneClusterIT}: one job on all executors. */
public final class ClusterProbe {
    private ClusterProbe() {}

    public static void main(String[] arguments) throws InterruptedException {
        SparkConf configuration = new SparkConf()
                .setAppName("probe")
                .set("spark.scheduler.minRegisteredResourcesRatio", "1")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
                .set("spark.cores.max", "2");
        try (JavaSparkContext spark = new JavaSparkContext(configuration)) {
            List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
            List<Tuple2<String, Integer>> parts = spark.parallelize(numbers, 8)
                    .mapPartitions(part -> {
                        int sum = 0;
                        while (part.hasNext()) {
                            sum += part.next();
                        }
                        Thread.sleep(500);
                        return List.of(new Tuple2<>(SparkEnv.get().executorId(), sum))
                                .iterator();
                    })
                    .collect();
            Set<String> executors = new HashSet<>();
            int total = 0;
            for (Tuple2<String, Integer> part : parts) {
                executors.add(part._1());
                total += part._2();
            }
            System.out.println("sum " + total + " on " + executors.size() + " executors");
        }
    }
}
