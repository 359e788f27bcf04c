package dev.ratelab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;

/** JSON for scripts. Numbers that are not finite are null. */
final class Json {
    private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private Json() {}

    static String of(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }

    /** An array of objects that are JSON already. */
    static String array(List<String> objects) {
        return objects.isEmpty() ? "[]" : "[\n  " + String.join(",\n  ", objects) + "\n]";
    }

    /** The number, or null where it is undefined. */
    static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
