package dev.ratelab.model.catalog;

import dev.ratelab.model.FamilyName;
import dev.ratelab.model.FamilyOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Named families of one sort, looked up by name and options. */
final class Registry<T> {
    private final String sort;
    private final Map<String, Entry<T>> byName = new LinkedHashMap<>();
    private final List<String> listed = new ArrayList<>();

    /**
     * One line of a registry.
     *
     * @param name the family's name
     * @param factory makes the family from its options; refuses bad ones
     * @param listed the members that are listed to users, as names with options
     */
    record Entry<T>(String name, Function<Map<String, String>, T> factory, List<String> listed) {}

    /**
     * A registry.
     *
     * @param entries its lines
     * @param others families from elsewhere, by {@link java.util.ServiceLoader}: no options, named by their ids
     */
    Registry(String sort, List<Entry<T>> entries, Iterable<T> others, Function<T, String> id) {
        this.sort = sort;
        entries.forEach(this::add);
        for (T other : others) {
            String name = id.apply(other);
            if (!FamilyName.parse(name).options().isEmpty()) {
                throw new IllegalStateException(sort + " '" + name + "' of a service file has options in its name");
            }
            add(plain(name, () -> other));
        }
    }

    private void add(Entry<T> entry) {
        if (byName.put(entry.name, entry) != null) {
            throw new IllegalStateException("two families are called " + sort + " '" + entry.name + "'");
        }
        listed.addAll(entry.listed);
    }

    /** The line of a family without options. */
    static <T> Entry<T> plain(String name, Supplier<T> family) {
        return new Entry<>(
                name,
                options -> {
                    FamilyOptions.of(name, options).refuseOthers();
                    return family.get();
                },
                List.of(name));
    }

    /** The line of a family with options. */
    static <T> Entry<T> of(String name, Function<Map<String, String>, T> factory, String... listed) {
        return new Entry<>(name, factory, List.of(listed));
    }

    /** The listed members, made anew: a gate that is made of others looks them up, which it cannot before the registry is made. */
    List<T> all() {
        return listed.stream().map(this::of).toList();
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    T of(String id) {
        FamilyName name = FamilyName.parse(id);
        Entry<T> found = byName.get(name.name());
        if (found == null) {
            throw new IllegalArgumentException(
                    "unknown " + sort + " '" + name.name() + "'; known: " + String.join(", ", byName.keySet()));
        }
        return found.factory.apply(name.options());
    }
}
