package dev.ratelab.studyfile;

import com.typesafe.config.ConfigValueType;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.study.GateInputs;
import dev.ratelab.study.StudyException;
import dev.ratelab.study.StudyKeys;
import dev.ratelab.study.StudyKeys.OfTruth;
import dev.ratelab.study.StudyText;
import dev.ratelab.study.Truths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Reads {@code truth} but its {@code path}: {@code canonical}, or a block that names canonical or random truths, or a block with all numbers. In the last,
 * the number of experts is that of the variances, or where one variance is given for all, of the entries of the
 * experts' first list, and the number of inputs d is that of the vectors in
 * the lists of the gate and the experts.
 */
final class TruthReader {
    private static final int DEFAULT_EXPERTS = 2;

    /**
     * Reads a truth.
     *
     * @param directory directory against which names of data files are resolved
     */
    static Truths read(Node truth, Path directory) {
        if (truth.value().valueType() == ConfigValueType.STRING) {
            truth.oneOf("truth", List.of(Truths.Named.CANONICAL));
            return new Truths.Named(Problem.DENSITY, DEFAULT_EXPERTS, 1, OptionalDouble.empty(), OptionalLong.empty());
        }
        return truth.find(StudyKeys.TYPE).isPresent() ? named(truth) : new Truths.Given(given(truth, directory));
    }

    private static Truths named(Node truth) {
        String type = truth.get(StudyKeys.TYPE, "")
                .oneOf("type of truth", List.of(Truths.Named.CANONICAL, Truths.Named.RANDOM));
        List<String> keys = new ArrayList<>(OfTruth.NAMED);
        if (type.equals(Truths.Named.RANDOM)) {
            keys.add(OfTruth.SEED);
        }
        truth.allow(keys);
        OptionalLong seed = OptionalLong.empty();
        if (type.equals(Truths.Named.RANDOM)) {
            seed = OptionalLong.of(truth.get(OfTruth.SEED, "a whole number, the seed of the truth")
                    .whole(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        Optional<Node> variance = truth.find(OfTruth.VARIANCE);
        return new Truths.Named(
                problem(truth),
                truth.find(OfTruth.EXPERTS).map(TruthReader::count).orElse(DEFAULT_EXPERTS),
                truth.find(OfTruth.INPUTS).map(TruthReader::count).orElse(1),
                variance.isPresent() ? OptionalDouble.of(variance.get().positive()) : OptionalDouble.empty(),
                seed);
    }

    private static int count(Node node) {
        return (int) node.whole(1, MixtureOfExperts.MOST_PARAMETERS);
    }

    private static Truth given(Node truth, Path directory) {
        truth.allow(OfTruth.GIVEN);
        Problem problem = problem(truth);
        Node inputNode = truth.get(OfTruth.INPUT, "a block with the distribution of the inputs");
        Node gateNode = truth.get(OfTruth.GATE, "a block with the true gate");
        Node expertNode = truth.get(OfTruth.EXPERT, "a block with the true experts");
        Gate gate = FamilyChecks.gate(gateNode.get(StudyKeys.TYPE, "one of " + String.join(", ", Gates.names())));
        Expert expert =
                FamilyChecks.expert(expertNode.get(StudyKeys.TYPE, "one of " + String.join(", ", Experts.names())));
        gateNode.allow(keys(gate.kinds(1)));
        expertNode.allow(keys(expert.kinds(1)));
        OptionalInt fromGate = dimension(gateNode, gate::kinds);
        OptionalInt fromExpert = dimension(expertNode, expert::kinds);
        int dimension = fromGate.isPresent() ? fromGate.getAsInt() : fromExpert.orElse(1);
        AtomReader reader = AtomReader.of(truth, expertNode, expert);
        FamilyChecks.refuse(gateNode, gate, problem, reader.atoms(), dimension);
        double[] variances = reader.variances(problem);
        Noise own = reader.ownVariances() ? Noise.OWN : Noise.SHARED;
        Noise fitted = problem == Problem.REGRESSION ? Noise.known(variances[0]) : own;
        MixtureOfExperts model =
                reader.countedList().make(() -> new MixtureOfExperts(gate, expert, fitted, reader.atoms(), dimension));
        List<Atom> atoms = reader.read(gateNode, gate, dimension, variances);
        refuseOutOfRange(gateNode, model, atoms);
        InputDistribution input = input(inputNode, model, atoms, directory);
        NoiseLaw noise = truth.find(OfTruth.NOISE)
                .map(node -> NoiseReader.read(node, dimension))
                .orElse(NoiseLaw.NORMAL);
        return new Truth(model, atoms, input, noise);
    }

    /** Refuses parameters that the gate cannot have, such as a covariance that is not positive definite. */
    private static void refuseOutOfRange(Node gate, MixtureOfExperts model, List<Atom> atoms) {
        boolean finite = true;
        try {
            finite = Arrays.stream(model.toParameters(atoms)).allMatch(Double::isFinite);
        } catch (IllegalArgumentException refused) {
            throw new StudyException(gate.path() + ": " + refused.getMessage() + " (" + gate.place() + ")", refused);
        }
        if (!finite) {
            throw gate.fault(" has parameters that the gate " + model.gate().id() + " cannot have");
        }
    }

    private static InputDistribution input(Node block, MixtureOfExperts model, List<Atom> atoms, Path directory) {
        Optional<InputDistribution> ofGate = GateInputs.of(model, atoms);
        Node type = block.get(StudyKeys.TYPE, "the type of the inputs");
        boolean isOfGate = type.text("the type of the inputs").equals(GateInputs.TYPE);
        if (ofGate.isPresent() != isOfGate) {
            throw type.refuse(
                    isOfGate
                            ? "needs a gate that models the inputs, which "
                                    + model.gate().id() + " does not"
                            : "must be " + GateInputs.TYPE + ": the gate "
                                    + model.gate().id() + " models the inputs");
        }
        if (isOfGate) {
            block.allow(List.of(StudyKeys.TYPE));
            return ofGate.orElseThrow();
        }
        InputDistribution input = InputReader.read(block, directory);
        int needed = input.dimension().orElse(model.dimension());
        if (needed != model.dimension()) {
            throw type.refuse((needed == 1 ? "needs one input" : "has " + needed + " inputs") + ", the truth has "
                    + model.dimension());
        }
        return input;
    }

    private static Problem problem(Node truth) {
        List<String> ids = Stream.of(Problem.values()).map(Problem::id).toList();
        String id =
                truth.get(OfTruth.PROBLEM, "one of " + String.join(", ", ids)).oneOf("problem", ids);
        return Problem.of(id);
    }

    private static List<String> keys(List<ParameterKind> kinds) {
        return Stream.concat(Stream.of(StudyKeys.TYPE), kinds.stream().map(StudyText::key))
                .toList();
    }

    /** The number of inputs that the first list of vectors tells, if the family has vectors. */
    private static OptionalInt dimension(Node block, IntFunction<List<ParameterKind>> kinds) {
        List<ParameterKind> ofOne = kinds.apply(1);
        for (int index = 0; index < ofOne.size(); index++) {
            if (ofOne.get(index).length() == kinds.apply(2).get(index).length()) {
                continue;
            }
            String what = AtomReader.listOf("vectors");
            Node node = block.get(StudyText.key(ofOne.get(index)), what);
            Node vector = node.filledList(what).get(0);
            int length =
                    vector.isList() ? vector.filledList("a vector of numbers").size() : 1;
            for (int dimension = 1; dimension <= MixtureOfExperts.MOST_PARAMETERS; dimension++) {
                if (kinds.apply(dimension).get(index).length() == length) {
                    return OptionalInt.of(dimension);
                }
            }
            throw vector.refuse("has " + length + " entries, which no number of inputs up to "
                    + MixtureOfExperts.MOST_PARAMETERS + " needs");
        }
        return OptionalInt.empty();
    }
}
