package dev.ratelab.spark.store;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table by its columns, in the order in which they are declared: schema, rows from records, and through each {@link Column} the values of
 * a row. Undefined numbers are {@code NaN} in Java and null in the table. Columns are only ever added, at the end.
 *
 * @param <R> type of the records
 */
final class Table<R> {
    private final List<Column<R, ?>> columns = new ArrayList<>();

    /** A column of text. */
    Column<R, String> text(String name, String comment, Function<R, String> get) {
        return text(name, null, comment, get);
    }

    /** A column of text that older tables lack. */
    Column<R, String> text(String name, String ifNull, String comment, Function<R, String> get) {
        return add(name, StringType, "", comment, get, text -> text, String.class::cast, ifNull);
    }

    /** A column of texts from a fixed set, such as the names of an enumeration. */
    <V> Column<R, V> choice(
            String name,
            V ifNull,
            String comment,
            Function<R, V> get,
            Function<V, String> text,
            Function<String, V> parse) {
        return add(name, StringType, "", comment, get, text::apply, stored -> parse.apply((String) stored), ifNull);
    }

    /** A column of whole numbers. */
    Column<R, Integer> integer(String name, String comment, ToIntFunction<R> get) {
        return add(name, IntegerType, "", comment, get::applyAsInt, number -> number, Integer.class::cast, 0);
    }

    /** A column of numbers. */
    Column<R, Double> number(String name, String unit, String comment, ToDoubleFunction<R> get) {
        return number(name, Double.NaN, unit, comment, get);
    }

    /** A column of numbers that older tables lack. */
    Column<R, Double> number(String name, double ifNull, String unit, String comment, ToDoubleFunction<R> get) {
        return add(
                name,
                DoubleType,
                unit,
                comment,
                get::applyAsDouble,
                number -> Double.isNaN(number) ? null : number,
                Double.class::cast,
                ifNull);
    }

    /** A column of lists of texts. */
    Column<R, List<String>> texts(String name, String comment, Function<R, List<String>> get) {
        return add(
                name,
                createArrayType(StringType, false),
                "",
                comment,
                get,
                list -> list,
                stored -> List.copyOf(Table.<String>list(stored)),
                List.of());
    }

    /** A column of lists of numbers, in which undefined ones are null. */
    Column<R, List<Double>> numbers(String name, String comment, Function<R, List<Double>> get) {
        return add(
                name,
                createArrayType(DoubleType, true),
                "",
                comment,
                get,
                list -> list.stream()
                        .map(number -> Double.isNaN(number) ? null : number)
                        .toList(),
                stored -> Table.<Double>list(stored).stream()
                        .map(number -> number == null ? Double.NaN : number)
                        .toList(),
                List.of());
    }

    /** A column of lists of records of a table of their own. */
    <V> Column<R, List<V>> records(
            String name, Table<V> table, String comment, Function<R, List<V>> get, Function<Row, V> read) {
        return add(
                name,
                createArrayType(table.schema(), false),
                "",
                comment,
                get,
                list -> list.stream().map(table::row).toList(),
                stored -> Table.<Row>list(stored).stream().map(read).toList(),
                List.of());
    }

    /** A column of any type. */
    <V> Column<R, V> add(
            String name,
            DataType type,
            String unit,
            String comment,
            Function<R, V> get,
            Function<V, Object> encode,
            Function<Object, V> decode,
            V ifNull) {
        Column<R, V> column = new Column<>(columns.size(), name, type, unit, comment, get, encode, decode, ifNull);
        columns.add(column);
        return column;
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
