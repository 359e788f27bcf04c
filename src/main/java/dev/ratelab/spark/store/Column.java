package dev.ratelab.spark.store;

import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * One column of a table: all that is known of it is said once, where its {@link Table} declares it.
 *
 * @param <R> type of the records of the table
 * @param <V> type of the value in Java
 * @param index place in the table, from 0
 * @param name name in the table
 * @param type type in the table
 * @param unit unit of its numbers, empty where they have none
 * @param comment what it is, in one line without the unit
 * @param get the value of a record; null is null in the table
 * @param encode a value as Spark holds it; not asked for null
 * @param decode the inverse; not asked for null
 * @param ifNull the value of a row whose column is null, as in tables from before there was the column
 */
record Column<R, V>(
        int index,
        String name,
        DataType type,
        String unit,
        String comment,
        Function<R, V> get,
        Function<V, Object> encode,
        Function<Object, V> decode,
        V ifNull) {

    /** The value of a row of the table's schema. */
    V of(Row row) {
        Object stored = row.get(index);
        return stored == null ? ifNull : decode.apply(stored);
    }

    /** The value of a record as Spark holds it. */
    Object encoded(R record) {
        V value = get.apply(record);
        return value == null ? null : encode.apply(value);
    }

    /** The comment that Parquet keeps. */
    String commentWithUnit() {
        return unit.isEmpty() ? comment : comment + ", " + unit;
    }
}
