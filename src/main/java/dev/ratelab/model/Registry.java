package dev.ratelab.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Named families of one sort, looked up by name. */
final class Registry<T> {
    private final String sort;
    private final List<T> all;
    private final Map<String, T> byId;

    Registry(String sort, Function<T, String> id, List<T> all) {
        this.sort = sort;
        this.all = all;
        this.byId = all.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
    }

    List<T> all() {
        return all;
    }

    T of(String id) {
        T found = byId.get(id);
        if (found == null) {
            throw new IllegalArgumentException("unknown " + sort + " '" + id + "'; known: "
                    + byId.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return found;
    }
}
