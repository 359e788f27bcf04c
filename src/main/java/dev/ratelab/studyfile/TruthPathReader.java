package dev.ratelab.studyfile;

import com.typesafe.config.ConfigValueType;
import dev.ratelab.data.InputNodes;
import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Normaliser;
import dev.ratelab.study.Grid;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfPath;
import dev.ratelab.study.StudyKeys.OfTruth;
import dev.ratelab.study.TruthAt;
import dev.ratelab.study.TruthPath;
import dev.ratelab.study.Truths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code truth.path}, and refuses worst cases that cannot be computed. */
final class TruthPathReader {
    private static final String WHAT =
            "fixed, worst-case, { type = worst-case, atom = 2, cell = 2 }, or a list of these";
    private static final List<String> TYPES = List.of(TruthPath.FIXED_NAME, TruthPath.WORST_CASE_NAME);

    private TruthPathReader() {}

    /** The paths of a truth, in the order of the file. */
    static List<TruthPath> read(Node truth) {
        if (truth.value().valueType() != ConfigValueType.OBJECT) {
            return TruthPath.FIXED_ONLY;
        }
        Optional<Node> node = truth.find(OfTruth.PATH);
        if (node.isEmpty()) {
            return TruthPath.FIXED_ONLY;
        }
        List<Node> nodes = nodes(node.get());
        List<TruthPath> paths = nodes.stream().map(TruthPathReader::path).toList();
        Node.refuseDuplicates(nodes, paths);
        return paths;
    }

    private static List<Node> nodes(Node node) {
        return node.isList() ? node.filledList("a list of paths") : List.of(node);
    }

    private static TruthPath path(Node node) {
        if (node.value().valueType() == ConfigValueType.STRING) {
            return node.oneOf("path of the truth", TYPES).equals(TruthPath.FIXED_NAME)
                    ? TruthPath.FIXED
                    : TruthPath.WORST_CASE;
        }
        if (node.value().valueType() != ConfigValueType.OBJECT) {
            throw node.refuse("must be " + WHAT);
        }
        boolean fixed = node.get(StudyKeys.TYPE, String.join(" or ", TYPES))
                .oneOf("path of the truth", TYPES)
                .equals(TruthPath.FIXED_NAME);
        node.allow(fixed ? List.of(StudyKeys.TYPE) : List.of(StudyKeys.TYPE, OfPath.ATOM, OfPath.CELL));
        return new TruthPath(!fixed, whole(node, OfPath.ATOM, Integer.MAX_VALUE), whole(node, OfPath.CELL, 2));
    }

    private static OptionalInt whole(Node block, String key, int most) {
        Optional<Node> node = block.find(key);
        return node.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) node.get().whole(1, most));
    }

    /** Refuses worst cases where the truth or the fits of the study have none. */
    static void refuse(Node truthNode, Truths truths, Grid grid, boolean nested) {
        List<TruthPath> paths = grid.paths();
        if (paths.equals(TruthPath.FIXED_ONLY)) {
            return;
        }
        List<Node> nodes = nodes(truthNode.get(OfTruth.PATH, WHAT));
        for (int p = 0; p < paths.size(); p++) {
            if (!paths.get(p).worstCase()) {
                continue;
            }
            if (nested) {
                throw nodes.get(p).refuse("needs grid.nested = false: each n has a truth, and data, of its own");
            }
            for (Gate gate : grid.gates()) {
                for (Expert expert : grid.experts()) {
                    Truth truth = truths.of(gate, expert);
                    refuseTruth(nodes.get(p), truth);
                    for (int fitted : grid.fittedExperts()) {
                        refuseFit(nodes.get(p), truth, paths.get(p), gate, expert, fitted);
                    }
                }
            }
        }
    }

    private static void refuseTruth(Node node, Truth truth) {
        List<String> reasons = new ArrayList<>();
        if (truth.model().gate().normaliser() == Normaliser.JOINT) {
            reasons.add("needs inputs that do not move with the truth, the gate "
                    + truth.model().gate().id() + " models them");
        } else if (InputNodes.smooth(truth.input(), truth.model().dimension(), 2, 2)
                .isEmpty()) {
            reasons.add("needs inputs with a quadrature, such as one or two uniform or normal ones: a distance of "
                    + "predictions at some drawn points is not that of the functions");
        }
        if (!(truth.noise() instanceof NoiseLaw.Normal)) {
            reasons.add("needs normal noise, not " + truth.noise().id() + " noise");
        }
        if (!reasons.isEmpty()) {
            throw node.refuse(reasons.get(0));
        }
    }

    private static void refuseFit(Node node, Truth truth, TruthPath path, Gate gate, Expert expert, int fitted) {
        int atoms = truth.atoms().size();
        if (path.atom().isPresent() && path.atom().getAsInt() > atoms) {
            throw node.refuse("has atom = " + path.atom().getAsInt() + ", which must be from 1 to " + atoms);
        }
        if (!truth.isHeldBy(gate, expert, fitted)) {
            throw node.refuse("needs fits whose family holds the truth; gate " + gate.id() + " with " + fitted + " "
                    + expert.id()
                    + " experts does not");
        }
        int cell = TruthAt.cell(truth, path, fitted);
        if (!TruthAt.available(truth, path, cell, fitted)) {
            throw node.refuse(
                    cell == 1
                            ? "moves nothing: the atoms of gate " + gate.id() + " with " + expert.id()
                                    + " experts have no parameters of their own but weights"
                            : "has cell = 2, for which gate " + gate.id() + " with " + fitted + " " + expert.id()
                                    + " experts has no room: grid.fitted-experts must be above the " + atoms
                                    + " of the truth, and two atoms able to make the function of one");
        }
    }
}
