package dev.ratelab.studyfile;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.ratelab.data.EmpiricalInput;
import dev.ratelab.model.NearestName;
import dev.ratelab.study.StudyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of a study file with its path and place. Reads are strict: no conversion between types; what is not allowed
 * is refused with key, value, what is allowed, and place.
 *
 * @param path path from the root, empty for the root; positions in lists count from 1
 * @param value the value
 */
record Node(String path, ConfigValue value) {
    private static final Pattern ORIGIN = Pattern.compile("(.*?)(?:: (\\d+)(?:-\\d+)?)?");
    private static final int LONGEST_VALUE = 60;

    /** The most entries of a list: as many as there may be rows of empirical inputs. */
    private static final int MOST_ENTRIES = EmpiricalInput.MOST_NUMBERS;

    /** Where the value stands: {@code file:line}, or {@code --set}. */
    String place() {
        return place(value.origin());
    }

    static String place(ConfigOrigin origin) {
        String description = origin.description();
        if (description.startsWith("merge of ")) {
            description = description.substring(description.lastIndexOf(',') + 1);
        }
        Matcher matcher = ORIGIN.matcher(description);
        if (!matcher.matches() || matcher.group(2) == null || matcher.group(1).equals(StudyParser.OVERRIDE)) {
            return matcher.matches() ? matcher.group(1) : description;
        }
        return matcher.group(1) + ":" + matcher.group(2);
    }

    /** A refusal of this value; {@code what} says what is allowed. */
    StudyException refuse(String what) {
        return fault(" = " + shown() + " " + what);
    }

    /** A refusal of what the value makes; {@code what} goes on after its path. */
    StudyException fault(String what) {
        return new StudyException(path + what + " (" + place() + ")");
    }

    /** What is made of this value, whose {@link IllegalArgumentException} becomes a refusal of the value. */
    <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new StudyException(refuse("is refused: " + e.getMessage()).getMessage(), e);
        }
    }

    private String shown() {
        String text = value.render(ConfigRenderOptions.concise());
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The entries of a block, each of which must be one of the allowed keys. */
    Node allow(Collection<String> keys) {
        for (String key : new TreeSet<>(block().keySet())) {
            if (!keys.contains(key)) {
                Node unknown = new Node(child(key), block().get(key));
                throw unknown.refuse("is an unknown key; " + NearestName.suggestion(key, keys) + "allowed "
                        + (path.isEmpty() ? "at the top" : "in " + path) + ": " + String.join(", ", keys));
            }
        }
        return this;
    }

    ConfigObject block() {
        if (value instanceof ConfigObject object) {
            return object;
        }
        throw refuse("must be a block { ... }");
    }

    /** The value of a key if it is given. */
    Optional<Node> find(String key) {
        ConfigValue found = block().get(key);
        return found == null ? Optional.empty() : Optional.of(new Node(child(key), found));
    }

    /** The value of a key; {@code what} says what it is, for the message if it is missing. */
    Node get(String key, String what) {
        return find(key).orElseThrow(() -> new Node(child(key), value).fault(" is missing: it must be " + what));
    }

    String text(String what) {
        if (value.valueType() == ConfigValueType.STRING) {
            return (String) value.unwrapped();
        }
        throw refuse("must be " + what);
    }

    /** One of the given names. */
    String oneOf(String sort, Collection<String> names) {
        String name = text("the name of a " + sort + ": " + String.join(", ", names));
        if (!names.contains(name)) {
            throw refuse("is an unknown " + sort + "; " + NearestName.suggestion(name, names) + "known: "
                    + String.join(", ", names));
        }
        return name;
    }

    boolean bool() {
        if (value.unwrapped() instanceof Boolean flag) {
            return flag;
        }
        throw refuse("must be true or false");
    }

    /** Whether the value is a list. */
    boolean isList() {
        return value instanceof ConfigList;
    }

    /** The elements of a list; {@code what} says what the list is. */
    List<Node> list(String what) {
        if (!(value instanceof ConfigList list)) {
            throw refuse("must be " + what);
        }
        if (list.size() > MOST_ENTRIES) {
            throw refuse("has " + list.size() + " entries; a list may have at most " + MOST_ENTRIES);
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            nodes.add(new Node(path + "[" + (i + 1) + "]", list.get(i)));
        }
        return nodes;
    }

    /** The elements of a list with at least one. */
    List<Node> filledList(String what) {
        List<Node> nodes = list(what);
        if (nodes.isEmpty()) {
            throw refuse("is empty: it must be " + what);
        }
        return nodes;
    }

    double finite() {
        return number("a finite number", number -> true);
    }

    double positive() {
        return number("a finite number > 0", number -> number > 0);
    }

    double notNegative() {
        return number("a finite number >= 0", number -> number >= 0);
    }

    /** The number as it is written, if it is finite and allowed; negative zero is zero. */
    private double number(String what, DoublePredicate allowed) {
        if (value.unwrapped() instanceof Number written) {
            double number = written.doubleValue() + 0.0;
            if (Double.isFinite(number) && allowed.test(number)) {
                return number;
            }
        }
        throw refuse("must be " + what);
    }

    int integer(int least) {
        return (int) whole(least, Integer.MAX_VALUE);
    }

    /** A whole number; {@code 1e5} is one. */
    long whole(long least, long most) {
        String what = "must be a whole number" + (least == Long.MIN_VALUE ? "" : " >= " + least)
                + (most == Long.MAX_VALUE ? "" : " and <= " + most);
        if (!(value.unwrapped() instanceof Number number)) {
            throw refuse(what);
        }
        long whole = number.longValue();
        boolean exact = number instanceof Double fraction
                ? fraction == whole && Math.abs(fraction) < 1L << 53
                : number instanceof Integer || number instanceof Long;
        if (!exact || whole < least || whole > most) {
            throw refuse(what);
        }
        return whole;
    }

    /** Refuses a list that names something twice. */
    static void refuseDuplicates(List<Node> nodes, List<?> values) {
        Map<Object, Node> seen = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node before = seen.putIfAbsent(values.get(i), nodes.get(i));
            if (before != null) {
                throw nodes.get(i).refuse("repeats " + before.path() + ": nothing may be named twice");
            }
        }
    }
}
