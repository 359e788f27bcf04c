package dev.ratelab.model.gate;

import dev.ratelab.model.FamilyOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the leaves of a hierarchical gate fall into groups, in ascending order.
 *
 * @param count number of groups, at least 1
 * @param explicit the groups' sizes; empty for groups of equal size
 */
record Groups(int count, List<Integer> explicit) {
    /** The option in study files. */
    static final String OPTION = "groups";

    private static final int MOST = 1000;

    /** Reads a number of equal groups, such as {@code 2}, or sizes, such as {@code 2+3}. */
    static Groups read(FamilyOptions options) {
        String text = options.text(OPTION, null);
        String what = "a number of equal groups, such as 2, or the groups' sizes, such as 2+3";
        if (text == null) {
            throw new IllegalArgumentException(HierarchicalGate.NAME + " needs the option " + OPTION + ", " + what);
        }
        String[] parts = text.split("\\+", -1);
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            numbers[i] = part.matches("[0-9]{1,4}") ? Integer.parseInt(part) : 0;
            if (numbers[i] < 1 || numbers[i] > MOST) {
                throw options.refuse(OPTION, text, "must be " + what + ", of numbers from 1 to " + MOST);
            }
        }
        return parts.length == 1
                ? new Groups(numbers[0], List.of())
                : new Groups(parts.length, IntStream.of(numbers).boxed().toList());
    }

    /** As written in a name. */
    String text() {
        return explicit.isEmpty()
                ? Integer.toString(count)
                : explicit.stream().map(String::valueOf).collect(Collectors.joining("+"));
    }

    /** Why that many atoms cannot be grouped so, or nothing. */
    Optional<String> refusal(int atoms) {
        if (explicit.isEmpty()) {
            return atoms % count == 0
                    ? Optional.empty()
                    : Optional.of(OPTION + " = " + count + " does not divide " + atoms + " experts");
        }
        int sum = explicit.stream().mapToInt(Integer::intValue).sum();
        return sum == atoms
                ? Optional.empty()
                : Optional.of(OPTION + " = " + text() + " hold " + sum + " experts, not " + atoms);
    }

    /** Index of the first atom of each group, then the number of atoms. */
    int[] starts(int atoms) {
        int[] starts = new int[count + 1];
        for (int g = 0; g < count; g++) {
            starts[g + 1] = starts[g] + (explicit.isEmpty() ? atoms / count : explicit.get(g));
        }
        return starts;
    }

    /** The group of an atom. */
    int group(int atom, int atoms) {
        int found = Arrays.binarySearch(starts(atoms), atom);
        return found >= 0 ? found : -found - 2;
    }
}
