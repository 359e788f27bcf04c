package dev.ratelab.study;

import com.typesafe.config.ConfigValueType;
import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.NoiseLaw;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Experts;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Gates;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Reads the block {@code truth}. The number of experts is the length of {@code variance}; the number of inputs d is
 * that of the vectors in the lists of the gate and the experts.
 */
final class TruthReader {
    /** Inputs are counted up to here when d is inferred. */
    private static final int MOST_INPUTS = 4096;

    private final Node variance;
    private final int atoms;

    private TruthReader(Node variance, int atoms) {
        this.variance = variance;
        this.atoms = atoms;
    }

    /**
     * Reads a truth.
     *
     * @param directory directory against which names of data files are resolved
     */
    static Truth read(Node truth, Path directory) {
        if (truth.value().valueType() == ConfigValueType.STRING) {
            throw truth.refuse("must be a block { ... }: named truths are not supported yet");
        }
        truth.allow(List.of("problem", "input", "gate", "expert", "variance", "noise"));
        Problem problem = problem(truth);
        Node inputNode = truth.get("input", "a block with the distribution of the inputs");
        InputDistribution input = InputReader.read(inputNode, directory);
        Node gateNode = truth.get("gate", "a block with the true gate");
        Node expertNode = truth.get("expert", "a block with the true experts");
        Node variance = truth.get("variance", "a list of noise variances, one for each expert");
        List<Node> variances = variance.filledList("a list of noise variances, one for each expert");
        TruthReader reader = new TruthReader(variance, variances.size());

        Gate gate = gate(gateNode);
        Expert expert = expert(expertNode);
        gateNode.allow(keys(gate.kinds(1)));
        expertNode.allow(keys(expert.kinds(1)));
        OptionalInt fromGate = dimension(gateNode, gate::kinds);
        OptionalInt fromExpert = dimension(expertNode, expert::kinds);
        int dimension = fromGate.isPresent() ? fromGate.getAsInt() : fromExpert.orElse(1);
        double[][] gates = reader.parameters(gateNode, gate.kinds(dimension));
        double[][] experts = reader.parameters(expertNode, expert.kinds(dimension));
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < variances.size(); i++) {
            atoms.add(new Atom(gates[i], experts[i], variances.get(i).positive()));
        }
        refuseEqualExperts(expertNode, atoms);
        int needed = input.dimension().orElse(dimension);
        if (needed != dimension) {
            throw inputNode
                    .get("type", "")
                    .refuse((needed == 1 ? "needs one input" : "has " + needed + " inputs") + ", the truth has "
                            + dimension);
        }
        if (problem == Problem.REGRESSION) {
            refuseUnequalVariances(variances);
        }
        NoiseLaw noise = truth.find("noise")
                .map(node -> NoiseReader.read(node, dimension))
                .orElse(NoiseLaw.NORMAL);
        return new Truth(problem, new MixtureOfExperts(gate, expert, atoms.size(), dimension), atoms, input, noise);
    }

    private static void refuseUnequalVariances(List<Node> variances) {
        double first = variances.get(0).positive();
        for (Node variance : variances) {
            if (variance.positive() != first) {
                throw variance.refuse(
                        "differs from " + first + ": in regression all experts have the same noise variance");
            }
        }
    }

    private static Problem problem(Node truth) {
        List<String> ids = Stream.of(Problem.values()).map(Problem::id).toList();
        String id = truth.get("problem", "one of " + String.join(", ", ids)).oneOf("problem", ids);
        return Problem.of(id);
    }

    private static Gate gate(Node block) {
        List<String> ids = Gates.all().stream().map(Gate::id).toList();
        return Gates.of(block.get("type", "one of " + String.join(", ", ids)).oneOf("gate", ids));
    }

    private static Expert expert(Node block) {
        List<String> ids = Experts.all().stream().map(Expert::id).toList();
        return Experts.of(block.get("type", "one of " + String.join(", ", ids)).oneOf("expert family", ids));
    }

    private static List<String> keys(List<ParameterKind> kinds) {
        return Stream.concat(Stream.of("type"), kinds.stream().map(StudyText::key))
                .toList();
    }

    /** The number of inputs that the first list of vectors tells, if the family has vectors. */
    private static OptionalInt dimension(Node block, IntFunction<List<ParameterKind>> kinds) {
        List<ParameterKind> ofOne = kinds.apply(1);
        for (int index = 0; index < ofOne.size(); index++) {
            if (ofOne.get(index).length() == kinds.apply(2).get(index).length()) {
                continue;
            }
            String what = listOf("vectors");
            Node node = block.get(StudyText.key(ofOne.get(index)), what);
            Node vector = node.filledList(what).get(0);
            int length =
                    vector.isList() ? vector.filledList("a vector of numbers").size() : 1;
            for (int dimension = 1; dimension <= MOST_INPUTS; dimension++) {
                if (kinds.apply(dimension).get(index).length() == length) {
                    return OptionalInt.of(dimension);
                }
            }
            throw vector.refuse(
                    "has " + length + " entries, which no number of inputs up to " + MOST_INPUTS + " needs");
        }
        return OptionalInt.empty();
    }

    private static String listOf(String elements) {
        return "a list of " + elements + ", one for each expert";
    }

    private static String vectorOf(int length) {
        return length == 1 ? "a vector of one number" : "a vector of " + length + " numbers";
    }

    /** {@code [atom][parameter]}. */
    private double[][] parameters(Node block, List<ParameterKind> kinds) {
        ParameterKind last = kinds.get(kinds.size() - 1);
        double[][] parameters = new double[atoms][last.offset() + last.length()];
        for (ParameterKind kind : kinds) {
            String what = listOf(kind.length() == 1 ? "numbers" : "vectors of " + kind.length() + " numbers");
            Node node = block.get(StudyText.key(kind), what);
            List<Node> elements = node.filledList(what);
            if (elements.size() != atoms) {
                throw node.refuse("has " + elements.size() + " entries and " + variance.path() + " has " + atoms
                        + ": each list of the truth has one entry for each expert");
            }
            for (int i = 0; i < atoms; i++) {
                component(elements.get(i), kind, parameters[i]);
            }
        }
        return parameters;
    }

    private static void component(Node element, ParameterKind kind, double[] atom) {
        if (kind.length() == 1 && !element.isList()) {
            atom[kind.offset()] = element.finite();
            return;
        }
        List<Node> numbers = element.list(vectorOf(kind.length()));
        if (numbers.size() != kind.length()) {
            throw element.refuse("must be " + vectorOf(kind.length()) + ", as the first vector of the truth");
        }
        for (int c = 0; c < kind.length(); c++) {
            atom[kind.offset() + c] = numbers.get(c).finite();
        }
    }

    private static void refuseEqualExperts(Node expert, List<Atom> atoms) {
        for (int i = 0; i < atoms.size(); i++) {
            for (int l = 0; l < i; l++) {
                if (Arrays.equals(atoms.get(i).expert(), atoms.get(l).expert())
                        && atoms.get(i).variance() == atoms.get(l).variance()) {
                    throw new StudyException(expert.path() + ": experts " + (l + 1) + " and " + (i + 1)
                            + " have the same parameters and variance; true atoms must differ in their experts ("
                            + expert.place() + ")");
                }
            }
        }
    }
}
