package dev.ratelab.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Truth;
import dev.ratelab.model.Expert;
import dev.ratelab.model.Gate;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import dev.ratelab.testing.ExpectedInformation;
import dev.ratelab.testing.Slow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CanonicalTruthsTest {
    /** Smallest eigenvalue of the scaled expected information, the largest possible being about 1. */
    private static final Map<Problem, Double> FLOOR = Map.of(Problem.DENSITY, 1e-6, Problem.REGRESSION, 5e-9);

    private static final List<String> GATES = List.of(
            "softmax",
            "dense-to-sparse",
            "dense-to-sparse(bias=outside)",
            "dense-to-sparse(temperature=0.7)",
            "dense-to-sparse(temperature=2:0.7)",
            "activation-dense-to-sparse",
            "activation-dense-to-sparse(router=tanh)",
            "activation-dense-to-sparse(router=gelu)",
            "activation-dense-to-sparse(router=silu)",
            "activation-dense-to-sparse(router=relu)",
            "laplace",
            "quadratic",
            "quadratic(form=monomial)",
            "cosine",
            "perturbed-cosine",
            "sigmoid",
            "normalised-sigmoid",
            "gaussian",
            "hierarchical(groups=2)",
            "hierarchical(groups=2,inner=laplace)",
            "hierarchical(groups=2,outer=laplace)",
            "hierarchical(groups=2,outer=laplace,inner=laplace)",
            "top-k(k=2)");

    private static final List<String> EXPERTS = List.of(
            "constant",
            "linear",
            "polynomial(degree=2)",
            "sigmoid",
            "tanh",
            "gelu",
            "silu",
            "relu",
            "sine",
            "polynomial(degree=2,bias=no)",
            "tanh(bias=no)",
            "gelu(bias=no)",
            "relu(bias=no)",
            "sine(bias=no)",
            "polynomial(degree=2,output-weight=yes)",
            "sigmoid(output-weight=yes)",
            "tanh(output-weight=yes)",
            "gelu(output-weight=yes)",
            "relu(output-weight=yes)",
            "sine(output-weight=yes)",
            "polynomial(degree=2,width=2)",
            "tanh(width=2)",
            "gelu(width=2)",
            "relu(width=2)",
            "sine(width=2)");

    /** A problem and a gate, tested with all experts. */
    record Case(Problem problem, String gate) {
        String name(String expert) {
            return problem.id() + " " + gate + " " + expert;
        }
    }

    /**
     * ReLU experts that first derivatives do not identify: the gate leaves an atom no weight on one side of a kink, or the kinks of gate
     * and experts cut the inputs into pieces on which fewer functions than parameters are left.
     */
    private static final Set<String> NOT_IDENTIFIED = Set.of(
            "density top-k(k=2) relu(width=2)",
            "regression hierarchical(groups=2,inner=laplace) relu",
            "regression hierarchical(groups=2,inner=laplace) relu(output-weight=yes)",
            "regression hierarchical(groups=2,inner=laplace) relu(width=2)",
            "regression hierarchical(groups=2,outer=laplace,inner=laplace) relu",
            "regression hierarchical(groups=2,outer=laplace,inner=laplace) relu(output-weight=yes)",
            "regression hierarchical(groups=2,outer=laplace,inner=laplace) relu(width=2)",
            "regression top-k(k=2) relu(width=2)");

    /**
     * Identified but weak: smooth experts, four of them in two groups or with two units each, between weights that are nearly the same
     * functions.
     */
    private static final Set<String> WEAK = Set.of(
            "density hierarchical(groups=2,inner=laplace) tanh(width=2)",
            "regression hierarchical(groups=2) gelu(output-weight=yes)",
            "regression hierarchical(groups=2) gelu(width=2)",
            "regression hierarchical(groups=2) linear",
            "regression hierarchical(groups=2) polynomial(degree=2)",
            "regression hierarchical(groups=2) polynomial(degree=2,width=2)",
            "regression hierarchical(groups=2) silu",
            "regression hierarchical(groups=2) sine(output-weight=yes)",
            "regression hierarchical(groups=2) sine(width=2)",
            "regression hierarchical(groups=2,inner=laplace) linear",
            "regression hierarchical(groups=2,inner=laplace) tanh(width=2)",
            "regression hierarchical(groups=2,outer=laplace) gelu(output-weight=yes)",
            "regression hierarchical(groups=2,outer=laplace) gelu(width=2)",
            "regression hierarchical(groups=2,outer=laplace) polynomial(degree=2,width=2)",
            "regression perturbed-cosine polynomial(degree=2,width=2)");

    static Stream<Case> cases() {
        return Stream.of(Problem.values()).flatMap(problem -> GATES.stream()
                .filter(gate -> Gates.of(gate)
                        .refusal(problem, atoms(gate), inputs(gate))
                        .isEmpty())
                .map(gate -> new Case(problem, gate)));
    }

    private static int atoms(String gate) {
        return gate.startsWith("hierarchical") ? 4 : gate.startsWith("top-k") ? 3 : 2;
    }

    private static int inputs(String gate) {
        return gate.equals("cosine") ? 2 : 1;
    }

    static Truth truth(Problem problem, String gate, String expert, int atoms, int inputs) {
        return new Truths.Named(problem, atoms, inputs, OptionalDouble.empty(), OptionalLong.empty())
                .of(Gates.of(gate), Experts.of(expert));
    }

    @Slow
    @ParameterizedTest
    @MethodSource("cases")
    void theInformationIsNotSingularBesidesTheInvariances(Case pair) {
        Set<String> found = new TreeSet<>();
        Set<String> listed = new TreeSet<>();
        for (String expert : EXPERTS) {
            Truth truth = truth(pair.problem(), pair.gate(), expert, atoms(pair.gate()), inputs(pair.gate()));
            double smallest = ExpectedInformation.smallestEigenvalue(truth, inputs(pair.gate()) == 1 ? 60 : 16, 8);
            if (!(smallest > FLOOR.get(pair.problem()))) {
                found.add(pair.name(expert));
            }
            if (WEAK.contains(pair.name(expert)) || NOT_IDENTIFIED.contains(pair.name(expert))) {
                listed.add(pair.name(expert));
            }
        }
        assertThat(found).isEqualTo(listed);
    }

    @Test
    void expertsOfATruthDifferAlsoWhenThereAreMany() {
        for (String expert : EXPERTS) {
            double[][] parameters =
                    Experts.of(expert).canonical(9, 2).orElseThrow().parameters();
            assertThat(Stream.of(parameters).map(Arrays::toString)).as(expert).doesNotHaveDuplicates();
        }
    }

    @Test
    void randomTruthsAreValidAndDependOnTheirSeed() {
        for (String gate : GATES) {
            Problem problem = gate.equals("sigmoid") ? Problem.REGRESSION : Problem.DENSITY;
            Truths.Named first = random(problem, gate, 1);
            Gate fitted = Gates.of(gate);
            Expert tanh = Experts.of("tanh");
            double[] theta = first.of(fitted, tanh).parameters();
            assertThat(theta).as(gate).isEqualTo(first.of(fitted, tanh).parameters());
            assertThat(theta)
                    .isNotEqualTo(random(problem, gate, 2).of(fitted, tanh).parameters());
            for (double value : theta) {
                assertThat(value).isFinite();
            }
        }
    }

    private static Truths.Named random(Problem problem, String gate, long seed) {
        return new Truths.Named(problem, atoms(gate), inputs(gate), OptionalDouble.empty(), OptionalLong.of(seed));
    }
}
