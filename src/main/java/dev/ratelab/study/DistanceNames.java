package dev.ratelab.study;

import dev.ratelab.loss.Losses;
import java.util.List;

/** Lists of names of losses in blocks that derive further losses from them. */
final class DistanceNames {
    private DistanceNames() {}

    /** Whether a name is that of a loss that measures a distance from the truth and does not change with translations of the gate. */
    static boolean allowed(String name) {
        return Losses.known(name)
                && !Losses.descriptive(name)
                && !name.equals(Losses.D1_UNPROFILED)
                && !name.equals(Losses.D2_UNPROFILED);
    }

    /**
     * Requires at least one name, and each of them to be {@linkplain #allowed allowed}.
     *
     * @param key key of the list, for the message
     * @param purpose what such losses have, for the message
     * @throws IllegalArgumentException naming what is wrong
     */
    static void require(List<String> names, String key, String purpose) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(key + " must name at least one loss");
        }
        for (String name : names) {
            if (!allowed(name)) {
                throw new IllegalArgumentException("'" + name + "' is not the name of a loss that has " + purpose);
            }
        }
    }

    /**
     * Reads a list with at least one name.
     *
     * @param purpose what such losses have, for the message
     * @throws StudyException if it is refused
     */
    static List<String> read(Node node, String purpose) {
        List<Node> nodes = node.filledList("a list of names of losses");
        List<String> names =
                nodes.stream().map(name -> name.text("the name of a loss")).toList();
        for (int i = 0; i < names.size(); i++) {
            if (!allowed(names.get(i))) {
                throw nodes.get(i)
                        .refuse("is not a loss that has " + purpose
                                + ": it must be the name of a loss, <j> being the number of an"
                                + " atom, that measures a distance and does not change with translations of the gate");
            }
        }
        Node.refuseDuplicates(nodes, names);
        return names;
    }
}
