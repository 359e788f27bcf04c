package dev.ratelab.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Prepares columns for JSON, which has no infinite numbers and no NaN: Spark writes them as text. */
final class JsonValues {
    private JsonValues() {}

    /** Whether values of the type are written as an array or an object. */
    static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    }

    /** The column with null in place of every number in it that is not finite. */
    static Column finite(Column column, DataType type) {
        if (type instanceof DoubleType || type instanceof FloatType) {
            return functions.when(functions.abs(column).lt(Double.POSITIVE_INFINITY), column);
        }
        if (type instanceof ArrayType array) {
            return functions.transform(column, element -> finite(element, array.elementType()));
        }
        if (type instanceof MapType map) {
            return functions.transform_values(column, (key, value) -> finite(value, map.valueType()));
        }
        if (type instanceof StructType struct) {
            StructField[] fields = struct.fields();
            Column[] parts = new Column[fields.length];
            for (int f = 0; f < fields.length; f++) {
                parts[f] = finite(column.getField(fields[f].name()), fields[f].dataType())
                        .as(fields[f].name());
            }
            return functions.when(column.isNotNull(), functions.struct(parts));
        }
        return column;
    }
}
