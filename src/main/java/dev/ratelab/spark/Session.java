package dev.ratelab.spark;

import dev.ratelab.rates.CellSummary;
import dev.ratelab.rates.RateRow;
import dev.ratelab.run.FitRow;
import dev.ratelab.spark.store.CellTable;
import dev.ratelab.spark.store.RateTable;
import dev.ratelab.spark.store.Store;
import dev.ratelab.store.StoreLayout;
import dev.ratelab.study.Study;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * What commands do with Spark: run studies and answer queries on the views {@code fits}, {@code cells} and {@code rates} of a
 * store.
 *
 * <p>Configured by {@code spark-submit} or by system properties; on all cores of this machine if neither names a master.
 */
public final class Session implements AutoCloseable {
    private static final String ALL_CORES = "local[*]";

    /** Class of the SQL states for values that an operation cannot take, such as a division by zero. */
    private static final String DATA_EXCEPTION = "22";

    private final SparkSession spark;

    private Session(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Starts Spark, or joins the session at work.
     *
     * @param name what the cluster's pages call it
     */
    public static Session start(String name) {
        SparkConf configuration = new SparkConf().setAppName("ratelab " + name);
        configuration.setIfMissing("spark.master", ALL_CORES);
        if (configuration.get("spark.master").startsWith("local")) {
            // An error of a task fails the run instead of ending this JVM, with Spark's own exit codes; executors of a
            // cluster end, and
            // are replaced.
            configuration.setIfMissing("spark.executor.killOnFatalError.depth", "0");
        }
        return of(SparkSession.builder().config(configuration).getOrCreate());
    }

    static Session of(SparkSession spark) {
        spark.conf().set("spark.sql.jsonGenerator.ignoreNullFields", "false");
        return new Session(spark);
    }

    /** Makes the fits that a store lacks, and its summaries; see {@link StudyRun}. */
    public StudyRun.Outcome run(Study study, StoreLayout layout, double waveSeconds, PrintStream messages)
            throws IOException {
        return new StudyRun(spark, study, layout, waveSeconds, messages).run();
    }

    /**
     * Result of a query.
     *
     * @param columns names of the columns
     * @param rows cells as text, nested values as JSON; null where the value is null
     */
    public record Result(List<String> columns, List<List<String>> rows) {}

    /**
     * Runs a query; nested columns become JSON text.
     *
     * @throws IllegalArgumentException if Spark does not understand the query, or a value in it is wrong
     */
    public Result query(StoreLayout layout, String sql) {
        Dataset<Row> result = dataset(layout, sql);
        List<List<String>> rows = new ArrayList<>();
        for (Row row : ask(() -> flat(result).collectAsList())) {
            List<String> cells = new ArrayList<>();
            for (int c = 0; c < row.length(); c++) {
                cells.add(row.isNullAt(c) ? null : row.get(c).toString());
            }
            rows.add(cells);
        }
        return new Result(List.of(result.columns()), rows);
    }

    /**
     * Runs a query and writes each row as a JSON object; what is undefined or infinite is null.
     *
     * @throws IllegalArgumentException if the query or a value in it is wrong, or two of its columns have one name
     */
    public List<String> queryJson(StoreLayout layout, String sql) {
        Dataset<Row> result = dataset(layout, sql);
        List<String> names = List.of(result.columns());
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException(
                        "two columns of the query are called '" + name + "'; name one of them with AS");
            }
        }
        return byPosition(result, JsonValues::finite)
                .toDF(result.columns())
                .toJSON()
                .collectAsList();
    }

    /** All rates of a store, in the order in which they are stored. */
    public List<RateRow> rates(StoreLayout layout) {
        List<RateRow> rates = new ArrayList<>();
        for (Row row : new Store(spark, layout).rates().collectAsList()) {
            rates.add(RateTable.fromRow(row));
        }
        return rates;
    }

    /** All fits of a store, in the order of their keys. */
    public List<FitRow> fits(StoreLayout layout) {
        return new Store(spark, layout).fitRows();
    }

    /** All summaries of a store, in the order in which they are stored. */
    public List<CellSummary> cells(StoreLayout layout) {
        List<CellSummary> cells = new ArrayList<>();
        for (Row row : new Store(spark, layout).cells().collectAsList()) {
            cells.add(CellTable.fromRow(row));
        }
        return cells;
    }

    private Dataset<Row> dataset(StoreLayout layout, String sql) {
        Store store = new Store(spark, layout);
        store.fits().createOrReplaceTempView("fits");
        store.cells().createOrReplaceTempView("cells");
        store.rates().createOrReplaceTempView("rates");
        return ask(() -> spark.sql(sql));
    }

    /** The answer; what is wrong with the query or with what it computes is told from what is wrong with Spark. */
    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (Exception failure) {
            boolean dataException = failure instanceof SparkThrowable known
                    && known.getSqlState() != null
                    && known.getSqlState().startsWith(DATA_EXCEPTION);
            if (dataException || failure instanceof AnalysisException) {
                throw new IllegalArgumentException(
                        "the query is wrong: " + failure.getMessage().strip(), failure);
            }
            throw failure;
        }
    }

    /** The result with nested columns as JSON text. */
    private static Dataset<Row> flat(Dataset<Row> result) {
        return byPosition(
                result,
                (column, type) ->
                        JsonValues.isNested(type) ? functions.to_json(JsonValues.finite(column, type)) : column);
    }

    /** The result with every column changed. Columns are told apart by position, for two may have one name. */
    private static Dataset<Row> byPosition(Dataset<Row> result, BiFunction<Column, DataType, Column> change) {
        StructField[] fields = result.schema().fields();
        String[] positions = new String[fields.length];
        Column[] changed = new Column[fields.length];
        for (int c = 0; c < fields.length; c++) {
            positions[c] = "column_" + c;
            changed[c] = change.apply(functions.col(positions[c]), fields[c].dataType());
        }
        return result.toDF(positions).select(changed);
    }

    @Override
    public void close() {
        spark.stop();
    }
}
