package dev.ratelab.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the options of a family one after the other; what is left over at the end is refused. */
public final class FamilyOptions {
    private static final double LARGEST_WHOLE = 1e15;
    private static final String YES = "yes";

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
        if (value == null) {
            throw new IllegalArgumentException(family + " needs the option " + name + ", a whole number >= " + least);
        }
        return integer(name, value, least, Integer.MAX_VALUE, "must be a whole number >= " + least);
    }

    /**
     * An option that is a whole number within limits, or its default.
     *
     * @throws IllegalArgumentException if it is not such a number
     */
    public int integer(String name, int least, int most, int otherwise) {
        String value = text(name, null);
        String what = "must be a whole number from " + least + " to " + most;
        return value == null ? otherwise : integer(name, value, least, most, what);
    }

    private int integer(String name, String value, int least, int most, String what) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw refuse(name, value, what);
        }
        throw refuse(name, value, what);
    }

    /**
     * An option that is yes or no, or its default.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public boolean yes(String name, boolean otherwise) {
        return oneOf(name, List.of(YES, "no"), otherwise ? YES : "no").equals(YES);
    }

    /**
     * An option that is a finite number above zero, or its default.
     *
     * @throws IllegalArgumentException if it is not such a number
     */
    public double positive(String name, double otherwise) {
        String value = text(name, null);
        return value == null ? otherwise : positive(name, value, value);
    }

    /**
     * A part of an option's text as a finite number above zero.
     *
     * @param name the option
     * @param value its whole text, for the message
     * @param part the part to be read
     * @throws IllegalArgumentException if it is not such a number
     */
    public double positive(String name, String value, String part) {
        double number = Double.NaN;
        if (part.matches("[0-9.]+([eE][+-]?[0-9]+)?")) {
            try {
                number = Double.parseDouble(part);
            } catch (NumberFormatException notANumber) {
                throw refuse(name, value, "must be a number > 0");
            }
        }
        if (number > 0 && number < Double.POSITIVE_INFINITY) {
            return number;
        }
        throw refuse(name, value, "must be a number > 0");
    }

    /** A number as it is written in a name: without a fraction where it is whole. */
    public static String numberText(double number) {
        long whole = (long) number;
        return whole == number && Math.abs(number) < LARGEST_WHOLE ? Long.toString(whole) : Double.toString(number);
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
