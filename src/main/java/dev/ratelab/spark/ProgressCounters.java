package dev.ratelab.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Counts fits as executors make them. For people only: a task that is repeated counts twice. */
final class ProgressCounters implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LongAccumulator done;
    private final LongAccumulator failed;
    private final DoubleAccumulator predicted;

    ProgressCounters(SparkContext context) {
        done = context.longAccumulator("fits");
        failed = context.longAccumulator("fits without certificate");
        predicted = context.doubleAccumulator("predicted milliseconds of the fits");
    }

    void add(boolean certified, double predictedMillis) {
        done.add(1);
        failed.add(certified ? 0 : 1);
        predicted.add(predictedMillis);
    }

    long done() {
        return done.value();
    }

    long failed() {
        return failed.value();
    }

    double predictedMillis() {
        return predicted.value();
    }
}
