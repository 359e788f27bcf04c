package dev.ratelab.study;

import dev.ratelab.loss.LossName;
import dev.ratelab.study.StudyKeys.OfDerived;
import java.util.List;

/** Losses in blocks that derive further losses from them. */
final class DistanceNames {
    private DistanceNames() {}

    /**
     * Requires at least one loss, and each of them to have values in {@linkplain LossName#derivable derivations}.
     *
     * @param purpose what such losses have, for the message
     * @throws IllegalArgumentException naming what is wrong
     */
    static void require(List<LossName> names, String purpose) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(OfDerived.METRICS + " must name at least one loss");
        }
        for (LossName name : names) {
            if (!name.derivable()) {
                throw new IllegalArgumentException("'" + name + "' is not the name of a loss that has " + purpose);
            }
        }
    }

    /** As a study file lists them. */
    static String text(List<LossName> names) {
        return StudyText.list(names, name -> StudyText.quoted(name.text()));
    }
}
