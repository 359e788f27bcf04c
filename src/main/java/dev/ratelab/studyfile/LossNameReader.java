package dev.ratelab.studyfile;

import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossName;
import dev.ratelab.study.StudyException;
import java.util.List;
import java.util.function.Function;

/** Names of losses in study files, and lists of them in blocks that derive further losses. */
final class LossNameReader {
    private static final String WHAT = "the name of a loss";

    private LossNameReader() {}

    /**
     * Reads the name of one loss.
     *
     * @throws StudyException if there is none of that name
     */
    static LossName one(Node node) {
        return one(node, LossName::parse);
    }

    /**
     * Reads names of losses, in which {@code <j>} may stand for the number of every true atom.
     *
     * @throws StudyException if there is none of a name, or two are equal
     */
    static List<LossName> patterns(Node node) {
        List<Node> nodes = node.list("a list of names of losses; empty is all");
        List<LossName> names =
                nodes.stream().map(name -> one(name, LossName::parsePattern)).toList();
        for (int i = 0; i < names.size(); i++) {
            LossName name = names.get(i);
            if (name.derivation() != Derivation.PLAIN || !name.equals(name.pattern())) {
                throw nodes.get(i).refuse("is not the name of a loss of every fit, with <j> for the number of an atom");
            }
        }
        Node.refuseDuplicates(nodes, names);
        return names;
    }

    private static LossName one(Node node, Function<String, LossName> parse) {
        String text = node.text(WHAT);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException refused) {
            throw node.refuse("is refused: " + refused.getMessage());
        }
    }

    /**
     * Reads a list with at least one loss.
     *
     * @param purpose what such losses have, for the message
     * @throws StudyException if it is refused
     */
    static List<LossName> read(Node node, String purpose) {
        List<Node> nodes = node.filledList("a list of names of losses");
        List<LossName> names = nodes.stream().map(LossNameReader::one).toList();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).derivable()) {
                throw nodes.get(i)
                        .refuse("is not a loss that has " + purpose
                                + ": it must measure a distance and not change with translations of the gate");
            }
        }
        Node.refuseDuplicates(nodes, names);
        return names;
    }
}
