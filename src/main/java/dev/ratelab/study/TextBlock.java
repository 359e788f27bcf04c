package dev.ratelab.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A block of a study file as text: keys with values in a fixed order. A value is a name, a number, a switch, or a list of
 * values or blocks. Mutable while it is built.
 */
final class TextBlock {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    /** A block with its type first. */
    static TextBlock of(String type) {
        return new TextBlock().put(StudyKeys.TYPE, type);
    }

    TextBlock put(String key, String name) {
        entries.put(key, name);
        return this;
    }

    TextBlock put(String key, double number) {
        entries.put(key, number);
        return this;
    }

    TextBlock put(String key, long number) {
        entries.put(key, number);
        return this;
    }

    TextBlock put(String key, boolean flag) {
        entries.put(key, flag);
        return this;
    }

    TextBlock put(String key, double[] numbers) {
        entries.put(key, list(numbers));
        return this;
    }

    TextBlock put(String key, double[][] rows) {
        List<Object> list = new ArrayList<>();
        for (double[] row : rows) {
            list.add(list(row));
        }
        entries.put(key, list);
        return this;
    }

    TextBlock put(String key, List<TextBlock> blocks) {
        entries.put(key, blocks);
        return this;
    }

    private static List<Object> list(double[] numbers) {
        List<Object> list = new ArrayList<>();
        for (double number : numbers) {
            list.add(number);
        }
        return list;
    }

    /** Adds canonical entries such as {@code truth.input.mean[1]} to {@code 0.0}; positions count from 1. */
    void flatten(String prefix, Map<String, String> map) {
        entries.forEach((key, value) -> flatten(prefix + "." + key, value, map));
    }

    private static void flatten(String path, Object value, Map<String, String> map) {
        if (value instanceof TextBlock block) {
            block.flatten(path, map);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + (i + 1) + "]", list.get(i), map);
            }
        } else {
            map.put(path, scalar(value));
        }
    }

    /** The block as HOCON on one line. */
    String hocon() {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + hocon(entry.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String hocon(Object value) {
        if (value instanceof TextBlock block) {
            return block.hocon();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TextBlock::hocon).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String name ? StudyText.quoted(name) : scalar(value);
    }

    private static String scalar(Object value) {
        return value instanceof Double number ? StudyText.number(number) : String.valueOf(value);
    }
}
