package dev.ratelab.study;

import dev.ratelab.loss.Losses;
import java.util.List;

/** Lists of names of losses in blocks that derive further losses from them. */
public final class DistanceNames {
    private DistanceNames() {}

    /** Whether a name is that of a loss that measures a distance from the truth and does not change with translations of the gate. */
    public static boolean allowed(String name) {
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
}
