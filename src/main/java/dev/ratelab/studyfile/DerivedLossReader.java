package dev.ratelab.studyfile;

import dev.ratelab.fit.ascent.StartOptions;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Gate;
import dev.ratelab.study.IdentifiedSetOptions;
import dev.ratelab.study.MergeOptions;
import dev.ratelab.study.StartKindOptions;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys.OfDerived;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the blocks that ask for losses beside those of the estimates: {@code identified-set}, {@code merge}, {@code start-kinds}. */
final class DerivedLossReader {
    private static final double DEFAULT_COVERAGE = 0.95;
    private static final int DEFAULT_STARTS = 8;
    private static final List<LossName> DEFAULT_METRICS = List.of(LossName.D1);
    private static final Pattern QUANTILE = Pattern.compile(IdentifiedSetOptions.CHI_SQUARE + "\\((0\\.[0-9]+)\\)");

    private DerivedLossReader() {}

    /**
     * Reads {@code identified-set}. Defaults: {@code nats = "chi-square(0.95)"}, eight starts, and the loss {@code D1}.
     *
     * @throws StudyException if it is refused
     */
    static IdentifiedSetOptions identifiedSet(Node block) {
        block.allow(List.of(OfDerived.NATS, OfDerived.STARTS, OfDerived.METRICS));
        IdentifiedSetOptions.Level level = block.find(OfDerived.NATS)
                .map(DerivedLossReader::level)
                .orElseGet(() -> new IdentifiedSetOptions.Level(true, DEFAULT_COVERAGE));
        int starts = block.find(OfDerived.STARTS)
                .map(node -> (int) node.whole(1, StartOptions.MOST))
                .orElse(DEFAULT_STARTS);
        return new IdentifiedSetOptions(level, starts, metrics(block, IdentifiedSetOptions.PURPOSE));
    }

    private static IdentifiedSetOptions.Level level(Node node) {
        if (node.value().unwrapped() instanceof Number) {
            return new IdentifiedSetOptions.Level(false, node.positive());
        }
        String what = "must be a number of nats > 0, or " + IdentifiedSetOptions.CHI_SQUARE
                + "(P) with a probability P between 0 and 1";
        Matcher matcher = QUANTILE.matcher(node.value().unwrapped() instanceof String text ? text : "");
        if (!matcher.matches()) {
            throw node.refuse(what);
        }
        try {
            return new IdentifiedSetOptions.Level(true, Double.parseDouble(matcher.group(1)));
        } catch (IllegalArgumentException e) {
            throw node.refuse(what);
        }
    }

    /**
     * Reads {@code merge}. Defaults: both numbers of atoms, and the loss {@code D1}.
     *
     * @param gates the gates of the grid
     * @throws StudyException if it is refused, or the atoms of no gate of the grid can be merged
     */
    static MergeOptions merge(Node block, List<Gate> gates) {
        block.allow(List.of(OfDerived.TO, OfDerived.METRICS));
        if (gates.stream().noneMatch(gate -> gate.merging().isPresent())) {
            throw block.refuse(
                    "needs a gate in the grid whose atoms can be merged by averaging: one with scores that are linear in"
                            + " parameters of each atom's own, such as softmax, dense-to-sparse or quadratic");
        }
        List<String> to = block.find(OfDerived.TO).map(DerivedLossReader::ways).orElse(MergeOptions.WAYS);
        return new MergeOptions(to, metrics(block, MergeOptions.PURPOSE));
    }

    private static List<String> ways(Node node) {
        List<Node> nodes = node.filledList("a list of " + String.join(" and ", MergeOptions.WAYS));
        List<String> ways = nodes.stream()
                .map(way -> way.oneOf("number of atoms", MergeOptions.WAYS))
                .toList();
        Node.refuseDuplicates(nodes, ways);
        return ways;
    }

    /**
     * Reads {@code start-kinds}. Default: the loss {@code D1}.
     *
     * @param starts the starts of every fit
     * @throws StudyException if it is refused, or there are not both kinds of starts
     */
    static StartKindOptions startKinds(Node block, StartOptions starts) {
        block.allow(List.of(OfDerived.METRICS));
        if (starts.oracle() == 0 || starts.random() == 0) {
            throw block.refuse("needs starts of both kinds: fit.starts.oracle = " + starts.oracle()
                    + " and fit.starts.random = " + starts.random() + " must both be at least 1");
        }
        return new StartKindOptions(metrics(block, StartKindOptions.PURPOSE));
    }

    /** The list of losses in a block, or its default. */
    private static List<LossName> metrics(Node block, String purpose) {
        return block.find(OfDerived.METRICS)
                .map(node -> LossNameReader.read(node, purpose))
                .orElse(DEFAULT_METRICS);
    }
}
