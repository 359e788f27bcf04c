package dev.ratelab.fit.objective;

import dev.ratelab.data.Truth;
import org.openjdk.jmh.annotations.Param;

/**
 * Three experts (four for a hierarchical gate) and one input: every gate with linear experts and every expert with a softmax gate. A
 * gate whose weights do not sum to one is fitted by least squares.
 */
public class FamilyPass extends RowPass {
    /** Gate and expert. */
    @Param({
        "softmax linear",
        "dense-to-sparse linear",
        "activation-dense-to-sparse linear",
        "laplace linear",
        "quadratic linear",
        "quadratic(form=monomial) linear",
        "cosine linear",
        "perturbed-cosine linear",
        "sigmoid linear",
        "normalised-sigmoid linear",
        "gaussian linear",
        "hierarchical(groups=2) linear",
        "top-k(k=2) linear",
        "softmax constant",
        "softmax polynomial(degree=2)",
        "softmax sigmoid",
        "softmax tanh",
        "softmax gelu",
        "softmax silu",
        "softmax relu",
        "softmax sine"
    })
    public String model;

    @Override
    Truth truth() {
        String[] names = model.split(" ", 2);
        int atoms = names[0].startsWith("hierarchical") ? 4 : 3;
        return Problems.truth(names[0], names[1], atoms, 1);
    }
}
