package dev.ratelab.study;

import dev.ratelab.loss.Losses;
import dev.ratelab.model.Gate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which losses are measured once more after the fitted atoms have been merged: the block {@code merge}.
 *
 * @param to down to which numbers of atoms, at least one of {@link #TRUE_EXPERTS} and {@link #DIC}
 * @param metrics names of the losses, at least one
 */
public record MergeOptions(List<String> to, List<String> metrics) {
    /** As many atoms as the target of the losses has. */
    public static final String TRUE_EXPERTS = "true-experts";

    /** The number of atoms that the dendrogram information criterion chooses. */
    public static final String DIC = "dic";

    /** The key of the block in a study file. */
    static final String KEY = "merge";

    private static final String TO = "to";
    private static final String METRICS = "metrics";
    private static final String PURPOSE = "a value after merging";
    private static final List<String> WAYS = List.of(TRUE_EXPERTS, DIC);

    public MergeOptions {
        to = List.copyOf(to);
        metrics = List.copyOf(metrics);
        if (to.isEmpty() || !WAYS.containsAll(to)) {
            throw new IllegalArgumentException(TO + " = " + to + " must name one or both of " + WAYS);
        }
        DistanceNames.require(metrics, METRICS, PURPOSE);
    }

    /**
     * Reads the block. Defaults: both numbers of atoms, and the loss {@code D1}.
     *
     * @param gates the gates of the grid
     * @throws StudyException if it is refused, or the atoms of no gate of the grid can be merged
     */
    static MergeOptions read(Node block, List<Gate> gates) {
        block.allow(List.of(TO, METRICS));
        if (gates.stream().noneMatch(gate -> gate.merging().isPresent())) {
            throw block.refuse(
                    "needs a gate in the grid whose atoms can be merged by averaging: one with scores that are linear in"
                            + " parameters of each atom's own, such as softmax, dense-to-sparse or quadratic");
        }
        List<String> to = block.find(TO).map(MergeOptions::ways).orElse(WAYS);
        List<String> metrics = block.find(METRICS)
                .map(node -> DistanceNames.read(node, PURPOSE))
                .orElse(List.of(Losses.D1));
        return new MergeOptions(to, metrics);
    }

    private static List<String> ways(Node node) {
        List<Node> nodes = node.filledList("a list of " + String.join(" and ", WAYS));
        List<String> ways =
                nodes.stream().map(way -> way.oneOf("number of atoms", WAYS)).toList();
        Node.refuseDuplicates(nodes, ways);
        return ways;
    }

    /** Key and canonical text of each entry. */
    Map<String, String> entries() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(TO, StudyText.list(to, StudyText::quoted));
        map.put(METRICS, StudyText.list(metrics, StudyText::quoted));
        return map;
    }
}
