package dev.ratelab.study;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Experts;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Gates;
import dev.ratelab.model.MixtureOfExperts;
import java.util.List;

/** Reads the block {@code grid}. */
record GridReader(Grid grid, boolean nested) {
    private static final List<String> KEYS =
            List.of("gate", "expert", "fitted-experts", "sample-sizes", "seeds", "nested");

    /** A driver holds the plan of all fits in memory. */
    private static final int MOST_FITS = 10_000_000;

    static GridReader read(Node block, Truth truth) {
        block.allow(KEYS);
        List<String> gateIds = Gates.all().stream().map(Gate::id).toList();
        List<String> expertIds = Experts.all().stream().map(Expert::id).toList();
        List<String> gates =
                names(block, "gate", "gate", gateIds, truth.model().gate().id());
        List<String> experts = names(
                block,
                "expert",
                "expert family",
                expertIds,
                truth.model().expert().id());
        List<Integer> fitted = fittedExperts(block, truth);
        List<SampleSizes.Size> sizes = SampleSizes.read(block.get("sample-sizes", SampleSizes.WHAT));
        for (SampleSizes.Size size : sizes) {
            refuseTooSmall(size, fitted, truth.model());
            refuseTooLarge(size, truth.input());
        }
        Node seedsNode = block.get("seeds", "a whole number >= 1");
        int seeds = seedsNode.integer(1);
        double fits = (double) gates.size() * experts.size() * fitted.size() * sizes.size() * seeds;
        if (fits > MOST_FITS) {
            throw seedsNode.refuse("makes more than " + MOST_FITS + " fits, the most that one study may have");
        }
        boolean nested = block.find("nested").map(Node::bool).orElse(false);
        List<Integer> sorted =
                sizes.stream().map(SampleSizes.Size::value).sorted().toList();
        return new GridReader(new Grid(gates, experts, fitted, sorted, seeds), nested);
    }

    private static List<String> names(Node block, String key, String sort, List<String> known, String ofTruth) {
        String what = "a list of names, such as [" + ofTruth + "]";
        List<Node> nodes = block.get(key, what).filledList(what);
        List<String> names = nodes.stream().map(node -> node.oneOf(sort, known)).toList();
        Node.refuseDuplicates(nodes, names);
        for (Node node : nodes) {
            refuseOther(node, sort, node.text(what), ofTruth);
        }
        return names;
    }

    static void refuseOther(Node node, String sort, String name, String ofTruth) {
        if (!name.equals(ofTruth)) {
            throw node.refuse(
                    "is not the truth's " + sort + " '" + ofTruth + "': the fit would be mis-specified and its"
                            + " target the projection of the truth, which is not supported yet");
        }
    }

    private static List<Integer> fittedExperts(Node block, Truth truth) {
        String what = "a list of whole numbers >= 1";
        List<Node> nodes = block.get("fitted-experts", what).filledList(what);
        List<Integer> fitted = nodes.stream().map(node -> node.integer(1)).toList();
        Node.refuseDuplicates(nodes, fitted);
        for (int i = 0; i < fitted.size(); i++) {
            if (fitted.get(i) < truth.model().atoms()) {
                throw nodes.get(i)
                        .refuse("is below the " + truth.model().atoms() + " experts of the truth: the fit would be"
                                + " mis-specified and its target the"
                                + " projection of the truth, which is not"
                                + " supported yet");
            }
        }
        return fitted;
    }

    private static void refuseTooLarge(SampleSizes.Size size, InputDistribution input) {
        if (size.value() > input.mostRows()) {
            throw new StudyException(size.node().path() + " = " + size.value() + " is above the " + input.mostRows()
                    + " rows of truth.input, which are taken in order; set truth.input.resample = true to draw them with"
                    + " replacement (" + size.node().place() + ")");
        }
    }

    private static void refuseTooSmall(SampleSizes.Size size, List<Integer> fitted, MixtureOfExperts truth) {
        for (int experts : fitted) {
            int parameters =
                    new MixtureOfExperts(truth.gate(), truth.expert(), experts, truth.dimension()).freeParameterCount();
            if (size.value() <= parameters) {
                String relation = size.value() < parameters ? " is below" : " is no more than";
                throw new StudyException(size.node().path() + " = " + size.value() + relation + " the " + parameters
                        + " parameters of the fit with " + experts + " experts; it must be above them ("
                        + size.node().place() + ")");
            }
        }
    }
}
