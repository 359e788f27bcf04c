package dev.ratelab.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The name of a family with its options, as written in study files: {@code softmax}, {@code top-k(k=2)} or
 * {@code hierarchical(groups=2,outer=laplace)}. The value of an option may itself be a name with options.
 *
 * @param name the family
 * @param options value by name, in the order written
 */
public record FamilyName(String name, Map<String, String> options) {
    private static final String WORD = "[a-z0-9][a-z0-9-]*";

    public FamilyName {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static FamilyName parse(String text) {
        String compact = text.strip();
        int open = compact.indexOf('(');
        String name = open < 0 ? compact : compact.substring(0, open).strip();
        if (!name.matches(WORD) || (open >= 0 && !compact.endsWith(")"))) {
            throw malformed(text);
        }
        Map<String, String> options = new LinkedHashMap<>();
        if (open >= 0) {
            readOptions(text, compact.substring(open + 1, compact.length() - 1), options);
        }
        return new FamilyName(name, options);
    }

    private static void readOptions(String text, String list, Map<String, String> options) {
        int depth = 0;
        int from = 0;
        for (int at = 0; at <= list.length(); at++) {
            char c = at == list.length() ? ',' : list.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
            if (depth < 0 || (at == list.length() && depth != 0)) {
                throw malformed(text);
            }
            if (c == ',' && depth == 0) {
                readOption(text, list.substring(from, at), options);
                from = at + 1;
            }
        }
    }

    private static void readOption(String text, String option, Map<String, String> options) {
        int equals = option.indexOf('=');
        if (equals < 0) {
            throw malformed(text);
        }
        String key = option.substring(0, equals).strip();
        String value = option.substring(equals + 1).strip();
        if (!key.matches(WORD) || value.isEmpty()) {
            throw malformed(text);
        }
        if (options.put(key, value) != null) {
            throw new IllegalArgumentException("'" + text + "' gives the option " + key + " twice");
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a name or a name with options, such as top-k(k=2,scores=cosine)");
    }

    @Override
    public String toString() {
        return options.isEmpty()
                ? name
                : options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining(",", name + "(", ")"));
    }
}
