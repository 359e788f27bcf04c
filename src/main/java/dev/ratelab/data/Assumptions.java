package dev.ratelab.data;

import dev.ratelab.model.Normaliser;
import dev.ratelab.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** The assumptions of the convergence theory: independent bounded inputs with a density, and normal noise. */
public final class Assumptions {
    private Assumptions() {}

    /**
     * The assumptions of the theory that a truth violates. Rates may well hold without them; they are not proved.
     *
     * @return short sentences without a full stop; empty if there are none
     */
    public static List<String> violatedBy(Truth truth) {
        List<String> violated = new ArrayList<>();
        InputDistribution input = truth.input();
        // A gate that models the inputs assumes that they are a normal mixture.
        boolean modelled = truth.model().gate().normaliser() == Normaliser.JOINT;
        if (!modelled && !input.bounded()) {
            violated.add("inputs are not bounded");
        }
        if (hasInfiniteVariance(input)) {
            violated.add("inputs have no finite variance");
        }
        if (input instanceof GridInput) {
            violated.add("inputs are a fixed grid, not a sample");
        }
        if (input instanceof EmpiricalInput empirical) {
            violated.add(
                    empirical.resample()
                            ? "inputs take finitely many values, they have no density"
                            : "inputs are fixed rows of data, not a sample");
        }
        if (truth.noise() instanceof NoiseLaw.Heteroscedastic) {
            violated.add("the noise variance depends on the inputs");
        } else if (!(truth.noise() instanceof NoiseLaw.Normal)) {
            violated.add(
                    truth.problem() == Problem.DENSITY
                            ? "the noise is not normal, so the fitted density is mis-specified"
                            : "the noise is not normal");
        }
        return List.copyOf(violated);
    }

    private static boolean hasInfiniteVariance(InputDistribution input) {
        if (input instanceof MixtureInput mixture) {
            return mixture.components().stream().anyMatch(component -> hasInfiniteVariance(component.distribution()));
        }
        return input instanceof StudentInput student && student.degreesOfFreedom() <= 2;
    }
}
