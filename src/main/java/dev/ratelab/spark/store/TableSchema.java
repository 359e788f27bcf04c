package dev.ratelab.spark.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Builds a schema in which every column carries its documentation as the comment that Parquet keeps. */
final class TableSchema {
    private final List<StructField> fields = new ArrayList<>();

    TableSchema add(String name, DataType type, String comment) {
        fields.add(new StructField(
                name,
                type,
                true,
                new MetadataBuilder().putString("comment", comment).build()));
        return this;
    }

    StructType build() {
        return new StructType(fields.toArray(new StructField[0]));
    }

    /** A number for a table: null where it is undefined. */
    static Double nullable(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** The inverse of {@link #nullable}. */
    static double number(Row row, int column) {
        return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }
}
