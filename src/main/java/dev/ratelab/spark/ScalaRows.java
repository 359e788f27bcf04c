package dev.ratelab.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Rows with Scala's lists and maps in the place of Java's: what Spark makes tables of, unless it is given all rows in one list. */
final class ScalaRows {
    private ScalaRows() {}

    /** The same row, with every list and map in it, at any depth, replaced. */
    static Row of(Row row) {
        Object[] values = new Object[row.length()];
        for (int c = 0; c < values.length; c++) {
            values[c] = value(row.get(c));
        }
        return RowFactory.create(values);
    }

    private static Object value(Object value) {
        if (value instanceof Row row) {
            return of(row);
        }
        if (value instanceof List<?> list) {
            return CollectionConverters.asScala(
                            list.stream().map(ScalaRows::value).toList())
                    .toSeq();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> values = new LinkedHashMap<>();
            map.forEach((key, mapped) -> values.put(key, value(mapped)));
            return CollectionConverters.asScala(values);
        }
        return value;
    }
}
