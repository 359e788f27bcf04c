package dev.ratelab.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratelab.data.ChunkTree;
import dev.ratelab.data.RowFold;
import dev.ratelab.data.Rows;
import dev.ratelab.data.RowsLostException;
import dev.ratelab.model.Block;
import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.study.Study;
import dev.ratelab.testing.Slow;
import dev.ratelab.testing.SmallStudy;
import dev.ratelab.testing.TestSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadFitsTest {
    @TempDir
    private Path directory;

    private SparkSession spark;

    @BeforeEach
    void start() {
        spark = TestSession.start("local[2]");
    }

    @AfterEach
    void stop() {
        spark.stop();
    }

    private static Study study(String... further) {
        String[] overrides = new String[further.length + 3];
        overrides[0] = "grid.sample-sizes=[300, 200000]";
        overrides[1] = "grid.seeds=1";
        overrides[2] = "fit.starts={ oracle = 1, random = 1 }";
        System.arraycopy(further, 0, overrides, 3, further.length);
        return SmallStudy.with(overrides);
    }

    private static List<FitRow> inAPlainLoop(Study study) {
        return SmallStudy.inAPlainLoop(study).stream()
                .map(SmallStudy::withoutTimesAndHosts)
                .toList();
    }

    /** With losses that look at the data again after the fit. */
    @Slow
    @Test
    void fitsThatAreSpreadHaveTheBitsOfThoseInMemory() throws IOException {
        String[] further = {"merge={ to = [dic] }", "identified-set={ starts = 1 }"};
        List<FitRow> expected = inAPlainLoop(study(further));
        assertThat(expected).hasSize(4).extracting(FitRow::message).containsOnly("");
        Study spread = study(further[0], further[1], "limits.rows-in-memory=50000");
        assertThat(inAPlainLoop(spread)).isEqualTo(expected);
        StoreLayout layout = new StoreLayout(directory.resolve("store"));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        assertThat(new StudyRun(spark, spread, layout, 1, new PrintStream(messages, true, StandardCharsets.UTF_8))
                        .run()
                        .made())
                .isEqualTo(4);
        assertThat(messages.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("passes over the rows")))
                .as("a line for each fit whose rows are spread")
                .hasSize(2)
                .allMatch(line -> line.contains("n = 200000, seed 1: "));
        assertThat(new Store(spark, layout)
                        .fitRows().stream()
                                .map(SmallStudy::withoutTimesAndHosts)
                                .toList())
                .isEqualTo(expected);
        assertThat(spark.sparkContext().getPersistentRDDs().isEmpty())
                .as("the rows are released")
                .isTrue();
        assertThat(new StudyRun(spark, study(further), layout, 1, TestSession.SILENT)
                        .run()
                        .made())
                .as("the limit is not part of what decides results")
                .isZero();
    }

    /** A fold that fails, as if what holds the rows had: it is no fit without a certificate. */
    private static final class Failing implements RowFold {
        private static final long serialVersionUID = 1L;

        @Override
        public Worker worker(Rows rows) {
            throw new IllegalStateException("gone");
        }

        @Override
        public void combine(double[] sums, double[] next) {
            throw new IllegalStateException("gone");
        }
    }

    @Test
    void aPassThatFailsForGoodIsNoResult() {
        Study study = study("limits.rows-in-memory=50000");
        PlannedFit fit = Plan.of(study, Set.of()).spread(study).get(0);
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        Broadcast<String> text = context.broadcast(study.resolvedText());
        SpreadRows rows = SpreadRows.of(context, new SpreadKey(text, fit.key()));
        assertThat(rows.size()).isEqualTo(200_000);
        assertThatThrownBy(() -> rows.fold(new Failing()))
                .isInstanceOf(RowsLostException.class)
                .hasMessageContaining(fit.key().setting())
                .hasMessageContaining("gone");
        FitKey unknown = new FitKey("nothing", 200_000, 1);
        assertThatThrownBy(() -> SpreadRows.of(context, new SpreadKey(text, unknown)))
                .hasMessageContaining("no setting 'nothing'");
        spark.stop();
        assertThatThrownBy(() -> rows.fold(new Failing())).isInstanceOf(RowsLostException.class);
    }

    @Test
    void theFirstRowsAreKeptUntilTheyAreReleased() {
        Study study = study("limits.rows-in-memory=50000");
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        // Executors are known for certain only after a job.
        assertThat(context.parallelize(List.of(1)).count()).isEqualTo(1);
        assertThat(StorageMemory.bytes(context)).isGreaterThan(100_000_000);
        PlannedFit fit = Plan.of(study, Set.of()).spread(study).get(0);
        SpreadRows rows = SpreadRows.of(context, new SpreadKey(context.broadcast(study.resolvedText()), fit.key()));
        assertThat(context.sc().getRDDStorageInfo()).isEmpty();
        double[] first = rows.fold(new Count());
        assertThat(context.sc().getRDDStorageInfo())
                .singleElement()
                .satisfies(info -> assertThat(info.numCachedPartitions()).isEqualTo(7))
                .satisfies(info -> assertThat(info.memSize()).isBetween(16L * 200_000, 17L * 200_000));
        assertThat(rows.fold(new Count())).containsExactly(first).containsExactly(200_000);
        assertThat(rows.passes()).isEqualTo(2);
        rows.release();
        assertThat(context.sc().getRDDStorageInfo()).isEmpty();
    }

    /** The number of rows. */
    private static final class Count implements RowFold {
        private static final long serialVersionUID = 1L;

        @Override
        public Worker worker(Rows rows) {
            return blocks -> {
                double[] count = new double[1];
                for (Block block : blocks) {
                    count[0] += block.rows();
                }
                return count;
            };
        }

        @Override
        public void combine(double[] sums, double[] next) {
            sums[0] += next[0];
        }
    }

    @Test
    void rangesAreNodesOfTheTreeAndCoverAllChunks() {
        for (int rows : List.of(1, 32_768, 100_000, 6_000_000, 1_000_000_000, Integer.MAX_VALUE)) {
            for (int cores : List.of(1, 2, 7, 1000)) {
                List<ChunkRange> ranges = ChunkRange.of(rows, cores);
                int next = 0;
                for (ChunkRange range : ranges) {
                    int length = range.to() - range.from();
                    assertThat(range.from()).isEqualTo(next);
                    assertThat(length).isBetween(1, ChunkRange.MOST_CHUNKS);
                    assertThat(range.from() % Integer.highestOneBit(length)).isZero();
                    next = range.to();
                }
                assertThat(next).isEqualTo(ChunkTree.chunks(rows));
                assertThat(ranges).hasSizeGreaterThanOrEqualTo(Math.min(next, 4 * cores));
            }
        }
    }
}
