package dev.ratelab.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the options of a family one after the other; what is left over at the end is refused. */
public final class FamilyOptions {
    private final String family;
    private final Map<String, String> options;
    private final Set<String> known = new HashSet<>();

    private FamilyOptions(String family, Map<String, String> options) {
        this.family = family;
        this.options = options;
    }

    /**
     * The options of a family.
     *
     * @param family its name, for messages
     * @param options as written; not modified
     */
    public static FamilyOptions of(String family, Map<String, String> options) {
        return new FamilyOptions(family, options);
    }

    /** An option as text, or its default. */
    public String text(String name, String otherwise) {
        known.add(name);
        return options.getOrDefault(name, otherwise);
    }

    /**
     * An option that is one of a list.
     *
     * @throws IllegalArgumentException if it is another
     */
    public String oneOf(String name, List<String> allowed, String otherwise) {
        String value = text(name, otherwise);
        if (!allowed.contains(value)) {
            throw refuse(name, value, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    /**
     * An option that is a whole number of at least {@code least}.
     *
     * @throws IllegalArgumentException if it is not given or not such a number
     */
    public int integer(String name, int least) {
        String value = text(name, null);
        String what = "must be a whole number >= " + least;
        if (value == null) {
            throw new IllegalArgumentException(family + " needs the option " + name + ", a whole number >= " + least);
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw refuse(name, value, what);
        }
        throw refuse(name, value, what);
    }

    /** The error for an option with a bad value. */
    public IllegalArgumentException refuse(String name, String value, String why) {
        return new IllegalArgumentException(family + ": option " + name + " = " + value + " " + why);
    }

    /**
     * To be called after all options have been read.
     *
     * @throws IllegalArgumentException if one was given that nobody has asked for
     */
    public void refuseOthers() {
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(family + " has no option '" + name + "'"
                        + (known.isEmpty() ? "" : "; its options: " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }
}
