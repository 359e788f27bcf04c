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
    private static final String CANONICAL = "canonical";
    private static final String RANDOM = "random";
    private static final int DEFAULT_EXPERTS = 2;
    private static final String VARIANCES = "a list of noise variances, one for each expert, or one number for all";

    private final Node countedList;
    private final int atoms;

    private TruthReader(Node countedList, int atoms) {
        this.countedList = countedList;
        this.atoms = atoms;
    }

    /**
     * Reads a truth.
     *
     * @param directory directory against which names of data files are resolved
     */
    static Truths read(Node truth, Path directory) {
        if (truth.value().valueType() == ConfigValueType.STRING) {
            truth.oneOf("truth", List.of(CANONICAL));
            return new Truths.Named(Problem.DENSITY, DEFAULT_EXPERTS, 1, OptionalDouble.empty(), OptionalLong.empty());
        }
        return truth.find("type").isPresent() ? named(truth) : new Truths.Given(given(truth, directory));
    }

    private static Truths named(Node truth) {
        String type = truth.get("type", "").oneOf("type of truth", List.of(CANONICAL, RANDOM));
        List<String> keys =
                new ArrayList<>(List.of("type", "problem", "experts", "inputs", "variance", TruthPathReader.KEY));
        if (type.equals(RANDOM)) {
            keys.add("seed");
        }
        truth.allow(keys);
        OptionalLong seed = OptionalLong.empty();
        if (type.equals(RANDOM)) {
            seed = OptionalLong.of(
                    truth.get("seed", "a whole number, the seed of the truth").whole(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        Optional<Node> variance = truth.find("variance");
        return new Truths.Named(
                problem(truth),
                truth.find("experts").map(TruthReader::count).orElse(DEFAULT_EXPERTS),
                truth.find("inputs").map(TruthReader::count).orElse(1),
                variance.isPresent() ? OptionalDouble.of(variance.get().positive()) : OptionalDouble.empty(),
                seed);
    }

    private static int count(Node node) {
        return (int) node.whole(1, MixtureOfExperts.MOST_PARAMETERS);
    }

    private static Truth given(Node truth, Path directory) {
        truth.allow(List.of("problem", "input", "gate", "expert", "variance", "noise", TruthPathReader.KEY));
        Problem problem = problem(truth);
        Node inputNode = truth.get("input", "a block with the distribution of the inputs");
        Node gateNode = truth.get("gate", "a block with the true gate");
        Node expertNode = truth.get("expert", "a block with the true experts");
        Gate gate = FamilyChecks.gate(gateNode.get("type", "one of " + String.join(", ", Gates.names())));
        Expert expert = FamilyChecks.expert(expertNode.get("type", "one of " + String.join(", ", Experts.names())));
        gateNode.allow(keys(gate.kinds(1)));
        expertNode.allow(keys(expert.kinds(1)));
        OptionalInt fromGate = dimension(gateNode, gate::kinds);
        OptionalInt fromExpert = dimension(expertNode, expert::kinds);
        int dimension = fromGate.isPresent() ? fromGate.getAsInt() : fromExpert.orElse(1);
        TruthReader reader = of(truth, expertNode, expert);
        FamilyChecks.refuse(gateNode, gate, problem, reader.atoms, dimension);
        double[] variances = reader.variances(truth);
        Noise own = truth.get("variance", VARIANCES).isList() ? Noise.OWN : Noise.SHARED;
        Noise fitted = problem == Problem.REGRESSION ? Noise.known(variances[0]) : own;
        MixtureOfExperts model =
                reader.countedList.make(() -> new MixtureOfExperts(gate, expert, fitted, reader.atoms, dimension));
        double[][] gates = reader.parameters(gateNode, gate.kinds(dimension), gate);
        double[][] experts = reader.parameters(expertNode, expert.kinds(dimension), null);
        List<Atom> atoms = new ArrayList<>();
        for (int i = 0; i < reader.atoms; i++) {
            atoms.add(new Atom(gates[i], experts[i], variances[i]));
        }
        refuseEqualExperts(expertNode, atoms);
        refuseOutOfRange(gateNode, model, atoms);
        InputDistribution input = input(inputNode, model, atoms, directory);
        NoiseLaw noise = truth.find("noise")
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
            throw new StudyException(gate.path() + " has parameters that the gate "
                    + model.gate().id() + " cannot have (" + gate.place() + ")");
        }
    }

    private static InputDistribution input(Node block, MixtureOfExperts model, List<Atom> atoms, Path directory) {
        Optional<InputDistribution> ofGate = GateInputs.of(model, atoms);
        Node type = block.get("type", "the type of the inputs");
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
            block.allow(List.of("type"));
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

    /** The list that says how many experts there are: the variances, or where they share one, the first of the experts' lists. */
    private static TruthReader of(Node truth, Node expertNode, Expert expert) {
        Node variances = truth.get("variance", VARIANCES);
        if (variances.isList()) {
            return new TruthReader(variances, variances.filledList(VARIANCES).size());
        }
        ParameterKind first = expert.kinds(1).get(0);
        String what = listOf(first.length() == 1 ? "numbers" : "vectors");
        Node list = expertNode.get(StudyText.key(first), what);
        return new TruthReader(list, list.filledList(what).size());
    }

    /** A list with one variance for each expert, or one number for all. */
    private double[] variances(Node truth) {
        Node node = truth.get("variance", VARIANCES);
        double[] variances = new double[atoms];
        if (!node.isList()) {
            Arrays.fill(variances, node.positive());
            return variances;
        }
        List<Node> elements = node.filledList(VARIANCES);
        for (int i = 0; i < atoms; i++) {
            variances[i] = elements.get(i).positive();
        }
        if (problem(truth) == Problem.REGRESSION) {
            refuseUnequalVariances(elements);
        }
        return variances;
    }

    private StudyException wrongCount(Node node, int found, int needed) {
        return node.refuse("has " + found + " entries and " + countedList.path() + " has " + atoms
                + (needed == atoms
                        ? ": each list of the truth has one entry for each expert"
                        : ": with so many experts it needs " + needed));
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

    private static String listOf(String elements) {
        return "a list of " + elements + ", one for each expert";
    }

    private static String vectorOf(int length) {
        return length == 1 ? "a vector of one number" : "a vector of " + length + " numbers";
    }

    /** {@code [atom][parameter]}; the gate says which entry of a list an atom takes, without one each atom takes its own. */
    private double[][] parameters(Node block, List<ParameterKind> kinds, Gate gate) {
        ParameterKind last = kinds.get(kinds.size() - 1);
        double[][] parameters = new double[atoms][last.offset() + last.length()];
        for (int c = 0; c < kinds.size(); c++) {
            ParameterKind kind = kinds.get(c);
            String what = listOf(kind.length() == 1 ? "numbers" : "vectors of " + kind.length() + " numbers");
            Node node = block.get(StudyText.key(kind), what);
            int needed = StudyText.entries(gate, c, atoms);
            if (needed == 1 && atoms > 1 && !node.isList()) {
                for (double[] atom : parameters) {
                    component(node, kind, atom);
                }
                continue;
            }
            List<Node> elements = node.filledList(what);
            if (elements.size() != needed) {
                throw wrongCount(node, elements.size(), needed);
            }
            for (int i = 0; i < atoms; i++) {
                component(elements.get(gate == null ? i : gate.entry(c, i, atoms)), kind, parameters[i]);
            }
        }
        return parameters;
    }

    private static void component(Node element, ParameterKind kind, double[] atom) {
        if (kind.length() == 1 && !element.isList()) {
            atom[kind.offset()] = number(element, kind);
            return;
        }
        List<Node> numbers = element.list(vectorOf(kind.length()));
        if (numbers.size() != kind.length()) {
            throw element.refuse("must be " + vectorOf(kind.length()) + ", as the first vector of the truth");
        }
        for (int c = 0; c < kind.length(); c++) {
            atom[kind.offset() + c] = number(numbers.get(c), kind);
        }
    }

    private static double number(Node node, ParameterKind kind) {
        return kind.positive() ? node.positive() : node.finite();
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
