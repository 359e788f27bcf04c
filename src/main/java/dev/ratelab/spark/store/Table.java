package dev.ratelab.spark.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table by its columns, in the order in which they are declared: schema, rows from records, and through each {@link Column} the values of
 * a row. Columns are only ever added, at the end.
 *
 * @param <R> type of the records
 */
final class Table<R> extends Columns<R, R> {
    Table() {
        super(new ArrayList<>(), Function.identity());
    }

    /** A list as Spark holds it, as one of Java. */
    @SuppressWarnings("unchecked")
    static <T> List<T> list(Object stored) {
        return stored instanceof List<?> list ? (List<T>) list : CollectionConverters.asJava((Seq<T>) stored);
    }

    /** A map as Spark holds it, as one of Java. */
    @SuppressWarnings("unchecked")
    static <T> Map<String, T> map(Object stored) {
        return stored instanceof Map<?, ?> map
                ? (Map<String, T>) map
                : CollectionConverters.asJava((scala.collection.Map<String, T>) stored);
    }

    /** The columns, in their order. */
    List<Column<R, ?>> columns() {
        return List.copyOf(columns);
    }

    /** The schema, in which each column carries its comment. */
    StructType schema() {
        return new StructType(columns.stream()
                .map(column -> new StructField(
                        column.name(),
                        column.type(),
                        true,
                        new MetadataBuilder()
                                .putString("comment", column.commentWithUnit())
                                .build()))
                .toArray(StructField[]::new));
    }

    /** A record as a row of the schema. */
    Row row(R record) {
        return RowFactory.create(
                columns.stream().map(column -> column.encoded(record)).toArray());
    }
}
