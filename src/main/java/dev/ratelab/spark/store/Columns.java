package dev.ratelab.spark.store;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Where columns of a {@link Table} are declared: by values of its records, or of a part of them. Undefined numbers are {@code NaN} in Java
 * and null in the table.
 *
 * @param <R> type of the records
 * @param <P> type of the part
 */
class Columns<R, P> {
    /** All columns of the table, in the order in which they were declared. */
    final List<Column<R, ?>> columns;

    private final Function<R, P> part;

    Columns(List<Column<R, ?>> columns, Function<R, P> part) {
        this.columns = columns;
        this.part = part;
    }

    /** The same table, for columns by values of a part of this part. */
    <Q> Columns<R, Q> of(Function<P, Q> inner) {
        return new Columns<>(columns, part.andThen(inner));
    }

    /** A column of text. */
    Column<R, String> text(String name, String comment, Function<P, String> get) {
        return text(name, null, comment, get);
    }

    /** A column of text that older tables lack. */
    Column<R, String> text(String name, String ifNull, String comment, Function<P, String> get) {
        return add(name, StringType, "", comment, get, text -> text, String.class::cast, ifNull);
    }

    /** A column of texts from a fixed set, such as the names of an enumeration. */
    <V> Column<R, V> choice(
            String name,
            V ifNull,
            String comment,
            Function<P, V> get,
            Function<V, String> text,
            Function<String, V> parse) {
        return add(name, StringType, "", comment, get, text::apply, stored -> parse.apply((String) stored), ifNull);
    }

    /** A column of whole numbers. */
    Column<R, Integer> integer(String name, String comment, ToIntFunction<P> get) {
        return add(name, IntegerType, "", comment, get::applyAsInt, number -> number, Integer.class::cast, 0);
    }

    /** A column of numbers. */
    Column<R, Double> number(String name, String unit, String comment, ToDoubleFunction<P> get) {
        return number(name, Double.NaN, unit, comment, get);
    }

    /** A column of numbers that older tables lack. */
    Column<R, Double> number(String name, double ifNull, String unit, String comment, ToDoubleFunction<P> get) {
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
    Column<R, List<String>> texts(String name, String comment, Function<P, List<String>> get) {
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
    Column<R, List<Double>> numbers(String name, String comment, Function<P, List<Double>> get) {
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
            String name, Table<V> table, String comment, Function<P, List<V>> get, Function<Row, V> read) {
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
            Function<P, V> get,
            Function<V, Object> encode,
            Function<Object, V> decode,
            V ifNull) {
        Column<R, V> column =
                new Column<>(columns.size(), name, type, unit, comment, part.andThen(get), encode, decode, ifNull);
        columns.add(column);
        return column;
    }
}
