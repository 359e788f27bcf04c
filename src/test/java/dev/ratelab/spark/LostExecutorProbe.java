package dev.ratelab.spark;

import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.model.Block;
import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.run.RowSource;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * A Spark application of its own: two passes over the spread rows of a study, in the first of which an executor dies in the middle of a
 * range. Its arguments are the study file and overrides. It prints how many executors were lost and whether both passes gave the bits of
 * a plain loop.
 */
public final class LostExecutorProbe {
    private LostExecutorProbe() {}

    /** The sum of all responses. The first attempt at one range ends its process, if it is asked to, with a chunk done and not sent. */
    private static final class Sum implements RowFold {
        private static final long serialVersionUID = 1L;
        private static final int DEADLY_RANGE = 3;

        private final boolean deadly;

        Sum(boolean deadly) {
            this.deadly = deadly;
        }

        @Override
        public Worker worker(Rows rows) {
            return blocks -> {
                double[] sum = {sum(blocks)};
                TaskContext task = TaskContext.get();
                if (deadly && task != null && task.attemptNumber() == 0 && task.partitionId() == DEADLY_RANGE) {
                    Runtime.getRuntime().halt(1);
                }
                return sum;
            };
        }

        private static double sum(Block[] blocks) {
            double sum = 0;
            for (Block block : blocks) {
                for (int row = 0; row < block.rows(); row++) {
                    sum += block.response()[row];
                }
            }
            return sum;
        }

        @Override
        public void combine(double[] sums, double[] next) {
            sums[0] += next[0];
        }
    }

    public static void main(String[] arguments) {
        Study study = StudyParser.standard()
                .parse(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        PlannedFit fit = Plan.of(study, Set.of()).spread(study).get(0);
        double[] expected = RowSource.sample(
                        study,
                        study.settings().get(0),
                        fit.key().sampleSize(),
                        fit.key().seed())
                .fold(new Sum(false));
        AtomicInteger lost = new AtomicInteger();
        SparkConf configuration = new SparkConf()
                .setAppName("probe")
                .set("spark.scheduler.minRegisteredResourcesRatio", "1")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s");
        try (JavaSparkContext spark = new JavaSparkContext(configuration)) {
            spark.sc().addSparkListener(new SparkListener() {
                @Override
                public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                    lost.incrementAndGet();
                }
            });
            SpreadRows rows = SpreadRows.of(spark, new SpreadKey(spark.broadcast(study.resolvedText()), fit.key()));
            double[] first = rows.fold(new Sum(true));
            double[] second = rows.fold(new Sum(false));
            boolean same = first[0] == expected[0] && second[0] == expected[0];
            System.out.println(lost.get() + " executors lost, the bits are " + (same ? "the same" : "others"));
        }
    }
}
