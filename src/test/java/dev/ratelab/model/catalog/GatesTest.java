package dev.ratelab.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.model.Block;
import dev.ratelab.model.Gate;
import dev.ratelab.model.InvariantForm;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.ParameterKind;
import dev.ratelab.model.Problem;
import dev.ratelab.model.gate.TopKGate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {

    @Test
    void allGatesAreListed() {
        // The last is a gate of the tests, from a service file.
        assertThat(Gates.all().stream().map(Gate::id))
                .containsExactly(
                        "softmax",
                        "dense-to-sparse",
                        "activation-dense-to-sparse",
                        "laplace",
                        "quadratic",
                        "quadratic(form=monomial)",
                        "cosine",
                        "perturbed-cosine",
                        "sigmoid",
                        "normalised-sigmoid",
                        "gaussian",
                        "hierarchical(groups=2)",
                        "top-k(k=1)",
                        "toy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dense-to-sparse( bias = outside , temperature = 2.0 ) | dense-to-sparse(temperature=2,bias=outside)
        dense-to-sparse(temperature=estimated,bias=inside)    | dense-to-sparse
        dense-to-sparse(temperature=2:2)                      | dense-to-sparse(temperature=2)
        dense-to-sparse(temperature=1e1:.25)                  | dense-to-sparse(temperature=10:0.25)
        activation-dense-to-sparse(router=sigmoid)            | activation-dense-to-sparse
        quadratic(form=full)                                  | quadratic
        perturbed-cosine(xi-weight=0.1,xi-input=0.20)         | perturbed-cosine(xi-input=0.2)
        hierarchical(outer=softmax,inner=laplace,groups=2)    | hierarchical(groups=2,inner=laplace)
        hierarchical(groups=02+3,inner=quadratic(form=full))  | hierarchical(groups=2+3,inner=quadratic)
        top-k(scores=softmax,k=2)                             | top-k(k=2)
        top-k(scores=hierarchical(groups=2),k=1)              | top-k(k=1,scores=hierarchical(groups=2))
        """)
    void namesAreCanonical(String written, String canonical) {
        assertThat(Gates.of(written).id()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hard                                | unknown gate 'hard'; known: softmax, dense-to-sparse
        softmax(temperature=1)              | softmax has no option 'temperature'
        dense-to-sparse(tau=1)              | dense-to-sparse has no option 'tau'; its options: bias, temperature
        dense-to-sparse(temperature=0)      | dense-to-sparse: option temperature = 0 must be a number > 0
        dense-to-sparse(temperature=-1)     | dense-to-sparse: option temperature = -1 must be a number > 0
        dense-to-sparse(temperature=1:)     | dense-to-sparse: option temperature = 1: must be a number > 0
        dense-to-sparse(temperature=1:2:3)  | must be estimated, a number > 0, or two of them such as 2:0.5 to anneal it
        dense-to-sparse(temperature=free)   | must be estimated, a number > 0, or two of them such as 2:0.5 to anneal it
        dense-to-sparse(bias=none)          | option bias = none must be one of inside, outside
        activation-dense-to-sparse(router=sine) | router = sine must be one of sigmoid, tanh, gelu, silu, relu
        quadratic(form=half)                | quadratic: option form = half must be one of full, monomial
        perturbed-cosine(xi-weight=0)       | perturbed-cosine: option xi-weight = 0 must be a number > 0
        perturbed-cosine(xi-input=NaN)      | perturbed-cosine: option xi-input = NaN must be a number > 0
        hierarchical                        | hierarchical needs the option groups, a number of equal groups
        hierarchical(groups=0)              | hierarchical: option groups = 0 must be a number of equal groups
        hierarchical(groups=2+)             | hierarchical: option groups = 2+ must be a number of equal groups
        hierarchical(groups=2,outer=sigmoid) | outer = sigmoid cannot be a level of a hierarchical gate: its weights
        hierarchical(groups=2,inner=gaussian) | inner = gaussian cannot be a level of a hierarchical gate: its weights
        hierarchical(groups=2,inner=top-k(k=1)) | inner = top-k(k=1) cannot be a level of a hierarchical gate: it is
        hierarchical(groups=2,outer=hierarchical(groups=2)) | cannot be a level of a hierarchical gate: it is itself
        top-k                               | top-k needs the option k, a whole number >= 1
        top-k(k=0)                          | top-k: option k = 0 must be a whole number >= 1
        top-k(k=1,scores=top-k(k=1))        | top-k: option scores = top-k(k=1) is a top-k gate itself
        top-k(k=1,scores=sigmoid)           | top-k: option scores = sigmoid has weights that are no softmax of scores
        """)
    void badNamesAreRefusedWithTheReason(String name, String message) {
        assertThatThrownBy(() -> Gates.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cosine                          | DENSITY    | 2 | 1 | cosine needs at least two inputs
        sigmoid                         | DENSITY    | 2 | 3 | do not sum to one
        gaussian                        | REGRESSION | 2 | 3 | gaussian models the inputs too; least squares of y on x
        hierarchical(groups=2)          | DENSITY    | 5 | 3 | groups = 2 does not divide 5 experts
        hierarchical(groups=2+3)        | DENSITY    | 4 | 3 | groups = 2+3 hold 5 experts, not 4
        hierarchical(groups=2,inner=cosine) | DENSITY | 4 | 1 | hierarchical: cosine needs at least two inputs
        top-k(k=3)                      | DENSITY    | 2 | 3 | top-k keeps k = 3 scores, but there are only 2 experts
        top-k(k=1,scores=cosine)        | REGRESSION | 2 | 1 | top-k: cosine needs at least two inputs
        """)
    void gatesRefuseWhatTheyCannotDo(String id, Problem problem, int atoms, int dimension, String reason) {
        assertThat(Gates.of(id).refusal(problem, atoms, dimension))
                .hasValueSatisfying(text -> assertThat(text).contains(reason));
    }

    @Test
    void otherUsesAreNotRefused() {
        for (Gate gate : Gates.all()) {
            Problem problem = gate.normaliser() == Normaliser.NONE ? Problem.REGRESSION : Problem.DENSITY;
            assertThat(gate.refusal(problem, 4, 2)).as(gate.id()).isEmpty();
        }
        assertThat(Gates.of("perturbed-cosine").refusal(Problem.DENSITY, 2, 1)).isEmpty();
    }

    @Test
    void onlyGatesWithKinksAreNotSmooth() {
        assertThat(Gates.all().stream().filter(gate -> !gate.smooth()).map(Gate::id))
                .containsExactly("laplace", "top-k(k=1)");
        assertThat(Gates.of("activation-dense-to-sparse(router=relu)").smooth()).isFalse();
        assertThat(Gates.of("hierarchical(groups=2,inner=laplace)").smooth()).isFalse();
    }

    @Test
    void anAnnealedTemperatureGoesThroughFiveStagesInGeometricProgression() {
        assertThat(Gates.of("dense-to-sparse(temperature=4:0.25)").schedule().stream()
                        .map(Gate::id))
                .containsExactly(
                        "dense-to-sparse(temperature=4)",
                        "dense-to-sparse(temperature=2)",
                        "dense-to-sparse(temperature=1)",
                        "dense-to-sparse(temperature=0.5)",
                        "dense-to-sparse(temperature=4:0.25)");
        assertThat(Gates.of("top-k(k=1,scores=hierarchical(groups=2,inner=cosine(temperature=4:1)))")
                        .schedule())
                .hasSize(5)
                .first()
                .extracting(Gate::id)
                .isEqualTo("top-k(k=1,scores=hierarchical(groups=2,inner=cosine(temperature=4)))");
        assertThat(Gates.of("dense-to-sparse").schedule()).hasSize(1);
    }

    @Test
    void ofEqualScoresTheLowerIndexIsKept() {
        Gate gate = Gates.of("top-k(k=2)");
        double[][] scores = new double[3][Block.LENGTH];
        gate.values(new double[6], 0, new Block(new double[1][Block.LENGTH], Block.newArray(), 1), scores);
        assertThat(new double[] {scores[0][0], scores[1][0], scores[2][0]}).containsExactly(0, 0, TopKGate.EXCLUDED);
    }

    @Test
    void aHierarchicalGateSaysWhichLevelAParameterBelongsTo() {
        Gate gate = Gates.of("hierarchical(groups=2+1,outer=laplace,inner=dense-to-sparse)");
        assertThat(gate.kinds(2))
                .containsExactly(
                        new ParameterKind("gate-outer-bias", 0, 1),
                        new ParameterKind("gate-outer-centre", 1, 2),
                        new ParameterKind("gate-inner-bias", 3, 1),
                        new ParameterKind("gate-inner-weight", 4, 2),
                        new ParameterKind("gate-inner-temperature", 6, 1, true));
        assertThat(entries(gate, 0)).containsExactly(0, 0, 1);
        assertThat(entries(gate, 3)).containsExactly(0, 1, 2);
        assertThat(entries(gate, 4)).containsExactly(0, 0, 1);
        Gate shared = Gates.of("hierarchical(groups=3,outer=dense-to-sparse)");
        assertThat(entries(shared, 2)).containsExactly(0, 0, 0);
        assertThat(List.of(gate.group(0, 3), gate.group(1, 3), gate.group(2, 3)))
                .containsExactly(0, 0, 1);
    }

    private static int[] entries(Gate gate, int kind) {
        return new int[] {gate.entry(kind, 0, 3), gate.entry(kind, 1, 3), gate.entry(kind, 2, 3)};
    }

    @Test
    void invariantFormsDivideContinuousInvariancesOut() {
        double[] atom = {2, 3, 4, 0.5};
        assertForm("dense-to-sparse", atom, "gate-bias-over-temperature", 4, 6, 8);
        assertForm("dense-to-sparse(bias=outside)", atom, "gate-bias", 2, 6, 8);
        assertForm("activation-dense-to-sparse", atom, "gate-bias", 2, 3, 4, 0.5);
        assertForm("activation-dense-to-sparse(router=relu)", atom, "gate-bias-over-temperature", 4, 6, 8);
        assertForm("cosine", atom, "gate-bias", 2, 0.6, 0.8, 0.5);
        assertForm("perturbed-cosine(xi-weight=5)", atom, "gate-bias", 2, 0.6, 0.8);
        assertThat(Gates.of("cosine").invariantForm(2).kinds().stream().map(ParameterKind::name))
                .containsExactly("gate-bias", "gate-direction", "gate-temperature");
    }

    private static void assertForm(String id, double[] atom, String first, double... form) {
        InvariantForm coordinates = Gates.of(id).invariantForm(2);
        assertThat(coordinates.kinds().get(0).name()).isEqualTo(first);
        assertThat(coordinates.of(atom)).containsExactly(form, within(1e-15));
    }
}
