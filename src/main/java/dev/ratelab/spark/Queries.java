package dev.ratelab.spark;

import dev.ratelab.rates.RateRow;
import dev.ratelab.study.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Spark SQL on the views {@code fits}, {@code cells} and {@code rates} of a store. */
public final class Queries {
    private Queries() {}

    /** Registers the views of a store. */
    public static void registerViews(SparkSession spark, StoreLayout layout) {
        Store store = new Store(spark, layout);
        store.fits().createOrReplaceTempView("fits");
        store.cells().createOrReplaceTempView("cells");
        store.rates().createOrReplaceTempView("rates");
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
     * @throws IllegalArgumentException if Spark does not understand the query
     */
    public static Result run(SparkSession spark, StoreLayout layout, String sql) {
        Dataset<Row> result = flat(query(spark, layout, sql));
        List<List<String>> rows = new ArrayList<>();
        for (Row row : result.collectAsList()) {
            List<String> cells = new ArrayList<>();
            for (int c = 0; c < row.length(); c++) {
                cells.add(row.isNullAt(c) ? null : row.get(c).toString());
            }
            rows.add(cells);
        }
        return new Result(List.of(result.columns()), rows);
    }

    /**
     * Runs a query and writes its rows as JSON objects; what is undefined is null.
     *
     * @throws IllegalArgumentException if Spark does not understand the query
     */
    public static List<String> json(SparkSession spark, StoreLayout layout, String sql) {
        return query(spark, layout, sql).toJSON().collectAsList();
    }

    /** All rates of a store, in the order in which they are stored. */
    public static List<RateRow> rates(SparkSession spark, StoreLayout layout) {
        List<RateRow> rates = new ArrayList<>();
        for (Row row : new Store(spark, layout).rates().collectAsList()) {
            rates.add(RateTable.fromRow(row));
        }
        return rates;
    }

    private static Dataset<Row> query(SparkSession spark, StoreLayout layout, String sql) {
        registerViews(spark, layout);
        try {
            return spark.sql(sql);
        } catch (Exception wrong) {
            if (wrong instanceof AnalysisException) {
                throw new IllegalArgumentException(
                        "the query is wrong: " + wrong.getMessage().strip(), wrong);
            }
            throw wrong;
        }
    }

    /** The result with nested columns as JSON text. */
    private static Dataset<Row> flat(Dataset<Row> result) {
        Dataset<Row> flat = result;
        for (StructField field : result.schema().fields()) {
            if (isNested(field.dataType())) {
                flat = flat.withColumn(field.name(), functions.to_json(functions.col("`" + field.name() + "`")));
            }
        }
        return flat;
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    }
}
