package dev.ratelab.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Noise;
import dev.ratelab.model.Problem;
import dev.ratelab.model.catalog.Experts;
import dev.ratelab.model.catalog.Gates;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssumptionsTest {
    private static final InputDistribution UNIFORM = InputDistribution.uniform(-1, 1);

    private static List<String> violated(Problem problem, InputDistribution input, NoiseLaw noise) {
        MixtureOfExperts model = new MixtureOfExperts(
                Gates.of("softmax"),
                Experts.of("linear"),
                problem == Problem.REGRESSION ? Noise.known(1) : Noise.OWN,
                1,
                1);
        List<Atom> atoms = List.of(new Atom(new double[2], new double[2], 1));
        return Assumptions.violatedBy(new Truth(model, atoms, input, noise));
    }

    private static List<String> violated(InputDistribution input) {
        return violated(Problem.DENSITY, input, NoiseLaw.NORMAL);
    }

    @Test
    void bounded_independent_inputs_with_normal_noise_violate_nothing() {
        assertThat(violated(UNIFORM)).isEmpty();
        assertThat(violated(new MixtureInput(List.of(new MixtureInput.Component(1, InputDistribution.uniform(0, 1))))))
                .isEmpty();
    }

    @Test
    void inputs_are_judged_by_bounds_moments_and_design() {
        assertThat(violated(InputDistribution.normal(0, 1))).containsExactly("inputs are not bounded");
        assertThat(violated(Inputs.correlated(1))).containsExactly("inputs are not bounded");
        assertThat(violated(new StudentInput(0, 1, 3))).containsExactly("inputs are not bounded");
        assertThat(violated(new MixtureInput(List.of(new MixtureInput.Component(1, new StudentInput(0, 1, 2))))))
                .containsExactly("inputs are not bounded", "inputs have no finite variance");
        assertThat(violated(InputDistribution.grid(0, 1))).containsExactly("inputs are a fixed grid, not a sample");
        assertThat(violated(EmpiricalInput.of(new double[1][3], true)))
                .containsExactly("inputs take finitely many values, they have no density");
        assertThat(violated(EmpiricalInput.of(new double[1][3], false)))
                .containsExactly("inputs are fixed rows of data, not a sample");
    }

    @Test
    void noise_is_judged_by_law_and_problem() {
        assertThat(violated(Problem.DENSITY, UNIFORM, new NoiseLaw.Laplace()))
                .containsExactly("the noise is not normal, so the fitted density is mis-specified");
        assertThat(violated(Problem.REGRESSION, UNIFORM, new NoiseLaw.Student(3)))
                .containsExactly("the noise is not normal");
        for (Problem problem : Problem.values()) {
            assertThat(violated(problem, UNIFORM, new NoiseLaw.Heteroscedastic(new double[] {1})))
                    .containsExactly("the noise variance depends on the inputs");
        }
    }
}
