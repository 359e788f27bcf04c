package dev.ratelab.studyfile;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.loss.Derivation;
import dev.ratelab.loss.LossName;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Family;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.study.AdaptiveSeeds;
import dev.ratelab.study.Grid;
import dev.ratelab.study.StudyKeys.OfGrid;
import dev.ratelab.study.StudyKeys.OfSeeds;
import dev.ratelab.study.TruthPath;
import dev.ratelab.study.Truths;
import dev.ratelab.target.Projection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads the block {@code grid}. */
record GridReader(Grid grid, boolean nested) {
    /** Fewest sample sizes from which a rate is computed. */
    private static final int LEAST_SIZES = 3;

    /** A driver holds the plan of all fits in memory. */
    private static final int MOST_FITS = 10_000_000;

    static GridReader read(Node block, Truths truths, List<TruthPath> paths) {
        block.allow(OfGrid.ALL);
        List<Gate> gates = families(block, OfGrid.GATE, "softmax", FamilyChecks::gate);
        List<Expert> experts = families(block, OfGrid.EXPERT, "linear", FamilyChecks::expert);
        OptionalInt nodes = DesignReader.nodes(block, truths.problem());
        refuseOthers(block, gates, experts, truths);
        List<Integer> fitted = fittedExperts(block, gates, experts, truths);
        Truth first = truths.of(gates.get(0), experts.get(0));
        List<SampleSizes.Size> sizes = sizes(block, first, nodes.isPresent());
        List<Double> factors = startRadiusFactors(block);
        Node seedsNode = block.get(OfGrid.SEEDS, "a whole number >= 1");
        Optional<AdaptiveSeeds> adaptive = adaptive(seedsNode, sizes.size());
        if (adaptive.isPresent() && factors.size() > 1) {
            throw block.get(OfGrid.START_RADIUS_FACTORS, "")
                    .refuse("needs a fixed number of seeds: each seed is compared with itself at other radii");
        }
        int seeds = adaptive.map(AdaptiveSeeds::max).orElseGet(() -> seedsNode.integer(1));
        double fits = (double) gates.size()
                * experts.size()
                * fitted.size()
                * sizes.size()
                * seeds
                * factors.size()
                * paths.size();
        if (fits > MOST_FITS) {
            throw seedsNode.refuse("makes more than " + MOST_FITS + " fits, the most that one study may have");
        }
        for (Gate gate : gates) {
            for (Expert expert : experts) {
                Truth truth = truths.of(gate, expert);
                MixtureOfExperts fittedModel = new MixtureOfExperts(
                        gate,
                        expert,
                        truth.model().noise(),
                        fitted.get(0),
                        truth.model().dimension());
                if (nodes.isPresent()) {
                    DesignReader.refuse(block, truth, fittedModel, fitted, nodes.getAsInt());
                } else {
                    refuseTooSmall(sizes, fitted, fittedModel);
                    for (SampleSizes.Size size : sizes) {
                        refuseTooLarge(size, truth.input());
                    }
                }
            }
        }
        boolean nested = block.find(OfGrid.NESTED).map(Node::bool).orElse(false);
        if (nested && nodes.isPresent()) {
            throw block.get(OfGrid.NESTED, "")
                    .refuse("needs design = " + Grid.ROWS + ": nodes are the same for every n");
        }
        List<Integer> sorted =
                sizes.stream().map(SampleSizes.Size::value).sorted().toList();
        return new GridReader(new Grid(gates, experts, fitted, sorted, seeds, nodes, factors, adaptive, paths), nested);
    }

    /** The rule of a block in the place of a number of seeds. */
    private static Optional<AdaptiveSeeds> adaptive(Node node, int sizes) {
        if (!(node.value().unwrapped() instanceof Map)) {
            return Optional.empty();
        }
        node.allow(List.of(OfSeeds.TARGET_SLOPE_ERROR, OfSeeds.MAX, OfSeeds.METRIC));
        double target =
                node.get(OfSeeds.TARGET_SLOPE_ERROR, "a finite number > 0").positive();
        int max = node.get(OfSeeds.MAX, "a whole number >= " + AdaptiveSeeds.INITIAL)
                .integer(AdaptiveSeeds.INITIAL);
        Optional<Node> metric = node.find(OfSeeds.METRIC);
        LossName name = metric.map(LossNameReader::one).orElse(AdaptiveSeeds.DEFAULT_METRIC);
        if (name.descriptive() || name.derivation() != Derivation.PLAIN) {
            throw metric.orElseThrow()
                    .refuse("is no loss of every fit that has a slope; the losses stand in docs/tables.md");
        }
        if (sizes < LEAST_SIZES) {
            throw node.refuse("needs at least " + LEAST_SIZES + " sample sizes, a slope having no error with " + sizes);
        }
        return Optional.of(new AdaptiveSeeds(target, max, name));
    }

    private static <T extends Family> List<T> families(
            Node block, String key, String example, Function<Node, T> reader) {
        String what = "a list of names, such as [" + example + "]";
        List<Node> nodes = block.get(key, what).filledList(what);
        List<T> families = nodes.stream().map(reader).toList();
        Node.refuseDuplicates(nodes, families.stream().map(Family::id).toList());
        return families;
    }

    /** Where a truth that is written out has no {@link Projection}, the grid may name its families only. */
    private static void refuseOthers(Node block, List<Gate> gates, List<Expert> experts, Truths truths) {
        if (!(truths instanceof Truths.Given given)) {
            return;
        }
        Optional<String> reason = Projection.refusal(given.truth());
        if (reason.isPresent()) {
            MixtureOfExperts truth = given.truth().model();
            refuseOther(block.get(OfGrid.GATE, ""), "gate", gates, truth.gate(), reason.get());
            refuseOther(block.get(OfGrid.EXPERT, ""), "expert family", experts, truth.expert(), reason.get());
        }
    }

    /** Why fits may not be of families that do not hold the truth, or nothing: their target is its {@link Projection}. */
    private static Optional<String> refusesMisSpecified(Truths truths) {
        return truths instanceof Truths.Given given
                ? Projection.refusal(given.truth())
                : Optional.of("is not available for truths that are not written out");
    }

    private static void refuseOther(
            Node list, String sort, List<? extends Family> families, Family ofTruth, String reason) {
        for (int i = 0; i < families.size(); i++) {
            if (!families.get(i).sameAs(ofTruth)) {
                throw list.filledList("")
                        .get(i)
                        .refuse("is not the truth's " + sort + " '" + ofTruth.id()
                                + "': the fit would be mis-specified and its target the projection of the truth, which "
                                + reason);
            }
        }
    }

    private static List<Double> startRadiusFactors(Node block) {
        Optional<Node> list = block.find(OfGrid.START_RADIUS_FACTORS);
        if (list.isEmpty()) {
            return Grid.ONE_RADIUS;
        }
        List<Node> nodes = list.get().filledList("a list of positive numbers, such as [1, 0.1, 10]");
        List<Double> factors = nodes.stream().map(Node::positive).toList();
        Node.refuseDuplicates(nodes, factors);
        if (factors.get(0) != 1) {
            throw nodes.get(0)
                    .refuse("must be 1: the first factor is that of the rates, which the others are to confirm");
        }
        return factors;
    }

    /** Sample sizes, or the sizes that give the wanted {@code n / sigma^2}. */
    private static List<SampleSizes.Size> sizes(Node block, Truth truth, boolean quadrature) {
        Optional<Node> precision = block.find(OfGrid.NOISE_PRECISION);
        if (precision.isEmpty()) {
            return SampleSizes.read(block.get(OfGrid.SAMPLE_SIZES, SampleSizes.WHAT));
        }
        if (!quadrature) {
            throw precision.get().refuse("needs design = " + Grid.QUADRATURE);
        }
        if (block.find(OfGrid.SAMPLE_SIZES).isPresent()) {
            throw precision.get().refuse("and sample-sizes say the same thing twice");
        }
        return SampleSizes.ofPrecision(precision.get(), truth.atoms().get(0).variance());
    }

    private static List<Integer> fittedExperts(Node block, List<Gate> gates, List<Expert> experts, Truths truths) {
        String what = "a list of whole numbers >= 1";
        List<Node> nodes = block.get(OfGrid.FITTED_EXPERTS, what).filledList(what);
        List<Integer> fitted = nodes.stream().map(node -> node.integer(1)).toList();
        Node.refuseDuplicates(nodes, fitted);
        Optional<String> misSpecifiedRefusal = refusesMisSpecified(truths);
        for (int h = 0; h < experts.size() && truths instanceof Truths.Named named; h++) {
            Node expertNode = block.get(OfGrid.EXPERT, "").filledList("").get(h);
            FamilyChecks.requireCanonical(expertNode, experts.get(h).canonical(named.experts(), named.inputs()));
        }
        for (int g = 0; g < gates.size(); g++) {
            Gate gate = gates.get(g);
            Node gateNode = block.get(OfGrid.GATE, "").filledList("").get(g);
            if (truths instanceof Truths.Named named) {
                FamilyChecks.refuse(gateNode, gate, truths.problem(), named.experts(), named.inputs());
                FamilyChecks.requireCanonical(gateNode, gate.canonical(named.experts(), named.inputs()));
            }
            List<Truth> targets = experts.stream()
                    .map(expert -> gateNode.make(() -> truths.of(gate, expert)))
                    .toList();
            Truth truth = targets.get(0);
            for (int i = 0; i < fitted.size(); i++) {
                int atoms = fitted.get(i);
                FamilyChecks.refuse(
                        gateNode, gate, truths.problem(), atoms, truth.model().dimension());
                for (int e = 0; e < targets.size(); e++) {
                    MixtureOfExperts target = targets.get(e).model();
                    Expert expert = experts.get(e);
                    nodes.get(i)
                            .make(() -> new MixtureOfExperts(gate, expert, target.noise(), atoms, target.dimension()));
                }
                if (fitted.get(i) < truth.model().atoms() && misSpecifiedRefusal.isPresent()) {
                    throw nodes.get(i)
                            .refuse("is below the " + truth.model().atoms() + " experts of the truth: the fit would be"
                                    + " mis-specified and its target the projection of the truth, which "
                                    + misSpecifiedRefusal.get());
                }
            }
        }
        return fitted;
    }

    private static void refuseTooLarge(SampleSizes.Size size, InputDistribution input) {
        if (size.value() > input.mostRows()) {
            throw size.fault("is above the " + input.mostRows()
                    + " rows of truth.input, which are taken in order; set truth.input.resample = true to draw them"
                    + " with replacement");
        }
    }

    private static void refuseTooSmall(List<SampleSizes.Size> sizes, List<Integer> fitted, MixtureOfExperts truth) {
        for (int experts : fitted) {
            int parameters = truth.withAtoms(experts).freeParameterCount();
            for (SampleSizes.Size size : sizes) {
                if (size.value() <= parameters) {
                    throw size.fault((size.value() < parameters ? "is below" : "is no more than") + " the " + parameters
                            + " parameters of the fit with " + experts + " experts; it must be above them");
                }
            }
        }
    }
}
