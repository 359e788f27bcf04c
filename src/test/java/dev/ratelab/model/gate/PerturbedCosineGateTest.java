package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;

class PerturbedCosineGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant("perturbed-cosine", References.cosine(References.OWN, 0.1, 0.1)),
                new Variant(
                        "perturbed-cosine(xi-weight=0.5,xi-input=0.2,temperature=0.5)",
                        References.cosine(0.5, 0.5, 0.2)));
    }
}
