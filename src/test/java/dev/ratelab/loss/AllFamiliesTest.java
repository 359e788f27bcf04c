package dev.ratelab.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.InputDistribution;
import dev.ratelab.data.Truth;
import dev.ratelab.model.Atom;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.random.Stream;
import dev.ratelab.random.Streams;
import dev.ratelab.testing.LossTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the losses of every gate with every expert. */
class AllFamiliesTest {
    private static final int DIMENSION = 2;
    private static final int TRUE_ATOMS = 4;
    static final List<String> GATES = List.of(
            "softmax",
            "dense-to-sparse",
            "dense-to-sparse(bias=outside)",
            "dense-to-sparse(temperature=0.5)",
            "activation-dense-to-sparse",
            "activation-dense-to-sparse(router=relu)",
            "laplace",
            "quadratic",
            "cosine",
            "perturbed-cosine",
            "perturbed-cosine(temperature=2)",
            "sigmoid",
            "normalised-sigmoid",
            "gaussian",
            "hierarchical(groups=2)",
            "hierarchical(groups=2,outer=laplace,inner=laplace)",
            "hierarchical(groups=2,outer=dense-to-sparse,inner=dense-to-sparse)",
            "top-k(k=2)",
            "top-k(k=2,scores=laplace)");
    static final List<String> EXPERTS = List.of(
            "linear",
            "constant",
            "polynomial(degree=2)",
            "tanh(output-weight=yes)",
            "tanh(bias=no,width=2)",
            "sine",
            "relu(output-weight=yes)");

    static java.util.stream.Stream<Arguments> families() {
        java.util.stream.Stream.Builder<Arguments> all = java.util.stream.Stream.builder();
        for (String gate : GATES) {
            for (String expert : EXPERTS) {
                for (Problem problem : Problem.values()) {
                    MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
                    if (model.gate().refusal(problem, TRUE_ATOMS, DIMENSION).isEmpty()) {
                        all.add(Arguments.of(gate, expert, problem));
                    }
                }
            }
        }
        return all.build();
    }

    private static MixtureOfExperts model(String gate, String expert, Problem problem, int atoms) {
        return new MixtureOfExperts(
                Gates.of(gate),
                Experts.of(expert),
                problem == Problem.REGRESSION ? Noise.known(0.5) : Noise.OWN,
                atoms,
                DIMENSION);
    }

    private static List<Atom> random(MixtureOfExperts model, String key) {
        Stream stream = Streams.of(key, "all-families");
        double[] theta = new double[model.parameterCount()];
        for (int a = 0; a < theta.length; a++) {
            theta[a] = a < model.logVarianceOffset() ? stream.normal(a, 0) : 0.3 * stream.normal(a, 0);
        }
        return model.toAtoms(theta);
    }

    private static List<Atom> moved(MixtureOfExperts model, List<Atom> atoms, double radius, String key) {
        Stream stream = Streams.of(key, "moved");
        double[] theta = model.toParameters(atoms);
        for (int a = 0; a < theta.length; a++) {
            theta[a] += radius * stream.normal(a, 0);
        }
        return model.toAtoms(theta);
    }

    private static Truth truth(MixtureOfExperts model, List<Atom> atoms) {
        return new Truth(model, atoms, InputDistribution.uniform(-1, 1));
    }

    /** Losses that measure parameters in coordinates in which invariances are divided out. */
    private static Map<String, Double> identified(Map<String, Double> losses, Gate gate) {
        List<String> invariant = gate.invariantForm(DIMENSION).kinds().stream()
                .map(ParameterKind::name)
                .toList();
        List<String> raw = gate.kinds(DIMENSION).stream()
                .map(ParameterKind::name)
                .filter(name -> !invariant.contains(name))
                .toList();
        Map<String, Double> kept = new LinkedHashMap<>(losses);
        kept.keySet()
                .removeIf(name -> name.endsWith("-unprofiled")
                        || raw.stream().anyMatch(kind -> name.startsWith(kind + "-error")));
        return kept;
    }

    private static void assertSame(Map<String, Double> actual, Map<String, Double> expected, double relative) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, value) ->
                assertThat(actual.get(name)).as(name).isCloseTo(value, within(relative * Math.max(1, value))));
    }

    @ParameterizedTest
    @MethodSource("families")
    void all_losses_are_zero_at_the_truth_and_all_names_are_known(String gate, String expert, Problem problem) {
        MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
        List<Atom> atoms = random(model, gate + expert);
        Map<String, Double> found = LossTexts.compute(truth(model, atoms), model, atoms);
        assertThat(found.keySet())
                .contains("D1", "D2", "regression-l2", "gate-l2")
                .allSatisfy(name -> assertThat(LossName.parse(name).text()).isEqualTo(name));
        assertThat(found.containsKey("hellinger")).isEqualTo(problem == Problem.DENSITY);
        assertThat(found.containsKey("variance-error-exact")).isEqualTo(problem == Problem.DENSITY);
        found.forEach((name, value) -> {
            if (!LossName.parse(name).descriptive()) {
                assertThat(value).as(name).isCloseTo(0, within(1e-9));
            }
        });
        List<ParameterKind> kinds = new ArrayList<>(model.gate().kinds(DIMENSION));
        kinds.addAll(model.gate().invariantForm(DIMENSION).kinds());
        kinds.addAll(model.expert().kinds(DIMENSION));
        kinds.forEach(kind -> assertThat(found).containsKey(kind.name() + "-error-exact"));
    }

    @ParameterizedTest
    @MethodSource("families")
    void the_order_of_the_fitted_atoms_does_not_matter(String gate, String expert, Problem problem) {
        MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
        List<Atom> atoms = random(model, gate + expert);
        List<Atom> estimate = moved(model, atoms, 0.2, gate);
        // Within groups of two, and the groups themselves.
        List<Atom> shuffled = List.of(estimate.get(3), estimate.get(2), estimate.get(1), estimate.get(0));
        LossEvaluator evaluator = LossEvaluator.of(truth(model, atoms));
        assertSame(
                LossTexts.of(evaluator.evaluate(model, shuffled).losses()),
                LossTexts.of(evaluator.evaluate(model, estimate).losses()),
                1e-9);
    }

    /** Along each invariance that the gate declares, by a finite amount. */
    @ParameterizedTest
    @MethodSource("families")
    void invariances_of_the_gate_do_not_matter(String gate, String expert, Problem problem) {
        MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
        List<Atom> atoms = random(model, gate + expert);
        List<Atom> estimate = moved(model, atoms, 0.1, gate);
        LossEvaluator evaluator = LossEvaluator.of(truth(model, atoms));
        Map<String, Double> expected =
                identified(LossTexts.of(evaluator.evaluate(model, estimate).losses()), model.gate());
        for (List<Atom> moved : alongInvariances(model, estimate)) {
            Map<String, Double> found =
                    identified(LossTexts.of(evaluator.evaluate(model, moved).losses()), model.gate());
            assertSame(found, expected, 1e-8);
        }
    }

    /** The estimate after many small steps along each direction: its curve, in which all of it stays invariant. */
    private static List<List<Atom>> alongInvariances(MixtureOfExperts model, List<Atom> estimate) {
        double[] start = model.toParameters(estimate);
        int count = directions(model, start).length;
        List<List<Atom>> list = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            double[] theta = start.clone();
            int steps = 20;
            for (int step = 0; step < steps; step++) {
                theta = rungeKutta(model, theta, v, 0.02 / steps);
            }
            list.add(model.toAtoms(theta));
        }
        return list;
    }

    private static double[][] directions(MixtureOfExperts model, double[] theta) {
        double[][] ofGate = model.gate().invariances(theta, model.gateOffset(), model.atoms(), DIMENSION);
        double[][] directions = new double[ofGate.length][theta.length];
        for (int v = 0; v < ofGate.length; v++) {
            System.arraycopy(ofGate[v], 0, directions[v], model.gateOffset(), ofGate[v].length);
        }
        return directions;
    }

    private static double[] rungeKutta(MixtureOfExperts model, double[] theta, int v, double step) {
        double[] k1 = directions(model, theta)[v];
        double[] k2 = directions(model, plus(theta, k1, step / 2))[v];
        double[] k3 = directions(model, plus(theta, k2, step / 2))[v];
        double[] k4 = directions(model, plus(theta, k3, step))[v];
        double[] next = theta.clone();
        for (int a = 0; a < next.length; a++) {
            next[a] += step / 6 * (k1[a] + 2 * k2[a] + 2 * k3[a] + k4[a]);
        }
        return next;
    }

    private static double[] plus(double[] a, double[] b, double factor) {
        double[] sum = a.clone();
        for (int c = 0; c < a.length; c++) {
            sum[c] += factor * b[c];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("families")
    void discrete_symmetries_of_experts_do_not_matter(String gate, String expert, Problem problem) {
        MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
        Expert family = model.expert();
        List<Atom> atoms = random(model, gate + expert);
        List<Atom> estimate = moved(model, atoms, 0.1, gate);
        LossEvaluator evaluator = LossEvaluator.of(truth(model, atoms));
        Map<String, Double> expected =
                identified(LossTexts.of(evaluator.evaluate(model, estimate).losses()), model.gate());
        List<double[]> equivalents = family.equivalents(estimate.get(0).expert(), DIMENSION);
        for (double[] equivalent : equivalents) {
            List<Atom> changed = new ArrayList<>(estimate);
            double[] periods = family.periods(DIMENSION);
            for (int c = 0; c < equivalent.length; c++) {
                equivalent[c] += 3 * periods[c];
            }
            changed.set(
                    0,
                    new Atom(estimate.get(0).gate(), equivalent, estimate.get(0).variance()));
            assertSame(
                    identified(LossTexts.of(evaluator.evaluate(model, changed).losses()), model.gate()),
                    expected,
                    1e-9);
        }
    }

    /**
     * A top-K fit needs more scores than the truth. Sigmoid weights with a slope cannot be split exactly: their copies have half the
     * mass each, which is what losses of parameters are about, but not half the weight everywhere.
     */
    @ParameterizedTest
    @MethodSource("families")
    void the_truth_split_into_copies_has_no_loss(String gate, String expert, Problem problem) {
        MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
        boolean sigmoid = gate.contains("sigmoid");
        List<Atom> atoms = random(model, gate + expert);
        String wider = gate.replace("top-k(k=2", "top-k(k=4");
        MixtureOfExperts fitted = model(wider, expert, problem, 2 * TRUE_ATOMS);
        List<Atom> copies = new ArrayList<>();
        for (Atom atom : atoms) {
            double[] split = atom.gate().clone();
            if (sigmoid) {
                // sigmoid(bias) = 1 / (1 + e^-bias), and half of it for the copy.
                split[0] = -Math.log(1 + 2 * Math.exp(-split[0]));
            } else {
                model.gate().mass().split(split, 2, model.dimension());
            }
            copies.add(new Atom(split, atom.expert(), atom.variance()));
            copies.add(new Atom(split.clone(), atom.expert(), atom.variance()));
        }
        Map<String, Double> found = LossTexts.compute(truth(model, atoms), fitted, copies);
        found.forEach((name, value) -> {
            boolean measured = name.equals("D1")
                    || name.equals("D2")
                    || name.contains("-error-")
                    || (!sigmoid && (name.equals("gate-l2") || name.equals("regression-l2")));
            if (measured) {
                assertThat(value).as(name).isCloseTo(0, within(1e-8));
            }
        });
        assertThat(found.get("over-cell-share")).isEqualTo(1);
        assertThat(found.get("empty-cells")).isZero();
    }

    /** Small errors: D1 is of first order, and D2 equals it in cells of one atom. */
    @ParameterizedTest
    @MethodSource("families")
    void first_power_losses_are_homogeneous_at_the_truth(String gate, String expert, Problem problem) {
        MixtureOfExperts model = model(gate, expert, problem, TRUE_ATOMS);
        List<Atom> atoms = random(model, gate + expert);
        LossEvaluator evaluator = LossEvaluator.of(truth(model, atoms));
        Map<String, Double> near = LossTexts.of(
                evaluator.evaluate(model, moved(model, atoms, 1e-6, gate)).losses());
        Map<String, Double> nearer = LossTexts.of(
                evaluator.evaluate(model, moved(model, atoms, 5e-7, gate)).losses());
        assertThat(near.get("D1") / nearer.get("D1")).isCloseTo(2, within(1e-3));
        assertThat(near.get("D2")).isCloseTo(near.get("D1"), within(1e-12));
        assertThat(near.get("regression-l2") / nearer.get("regression-l2")).isCloseTo(2, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "laplace", "sigmoid"})
    void a_target_takes_the_place_of_the_truth(String gate) {
        MixtureOfExperts model = model("softmax", "linear", Problem.REGRESSION, 2);
        Truth truth = truth(model, random(model, "truth"));
        MixtureOfExperts fitted = model(gate, "tanh", Problem.REGRESSION, 3);
        List<Atom> target = random(fitted, "target");
        Map<String, Double> found = LossTexts.of(
                LossEvaluator.of(truth, fitted, target).evaluate(fitted, target).losses());
        assertThat(found.get("D1")).isCloseTo(0, within(1e-12));
        assertThat(found.get("regression-l2")).isZero();
        Map<String, Double> toTruth =
                LossTexts.of(LossEvaluator.of(truth).evaluate(fitted, target).losses());
        assertThat(toTruth.keySet()).containsExactlyInAnyOrder("regression-l2", "min-weight");
        assertThat(toTruth.get("regression-l2")).isPositive();
    }

    @Test
    void weights_that_do_not_sum_to_one_have_a_regression_function_and_no_density() {
        MixtureOfExperts model =
                new MixtureOfExperts(Gates.of("sigmoid"), Experts.of("constant"), Noise.known(1), 1, 1);
        assertThat(model.gate().normaliser()).isEqualTo(Normaliser.NONE);
        List<Atom> atoms = List.of(new Atom(new double[] {0, 0}, new double[] {3}, 1));
        List<Atom> estimate = List.of(new Atom(new double[] {0, 0}, new double[] {5}, 1));
        Map<String, Double> found = LossTexts.compute(truth(model, atoms), model, estimate);
        assertThat(found.get("regression-l2")).isCloseTo(1, within(1e-12));
        assertThat(found.get("min-weight")).isCloseTo(0.5, within(1e-12));
        assertThat(found.get("D1")).isCloseTo(2, within(1e-12));
    }
}
