package dev.ratelab.study;

import dev.ratelab.loss.LossName;
import dev.ratelab.study.StudyKeys.OfDerived;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which losses are measured once more after the fitted atoms have been merged: the block {@code merge}.
 *
 * @param to down to which numbers of atoms, at least one of {@link #TRUE_EXPERTS} and {@link #DIC}
 * @param metrics names of the losses, at least one
 */
public record MergeOptions(List<String> to, List<LossName> metrics) {
    /** As many atoms as the target of the losses has. */
    public static final String TRUE_EXPERTS = "true-experts";

    /** The number of atoms that the dendrogram information criterion chooses. */
    public static final String DIC = "dic";

    /** What such losses have, for messages. */
    public static final String PURPOSE = "a value after merging";

    /** Both numbers of atoms. */
    public static final List<String> WAYS = List.of(TRUE_EXPERTS, DIC);

    public MergeOptions {
        to = List.copyOf(to);
        metrics = List.copyOf(metrics);
        if (to.isEmpty() || !WAYS.containsAll(to)) {
            throw new IllegalArgumentException(OfDerived.TO + " = " + to + " must name one or both of " + WAYS);
        }
        DistanceNames.require(metrics, PURPOSE);
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(OfDerived.TO, StudyText.list(to, StudyText::quoted));
        map.put(OfDerived.METRICS, DistanceNames.text(metrics));
        return map;
    }
}
