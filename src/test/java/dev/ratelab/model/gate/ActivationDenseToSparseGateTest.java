package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;
import org.apache.commons.math3.special.Erf;

class ActivationDenseToSparseGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant(
                        "activation-dense-to-sparse",
                        References.tempered(References.OWN, true, z -> 1 / (1 + Math.exp(-z)))),
                new Variant(
                        "activation-dense-to-sparse(router=tanh)",
                        References.tempered(References.OWN, true, Math::tanh)),
                new Variant(
                        "activation-dense-to-sparse(router=gelu,temperature=2)",
                        References.tempered(2, true, z -> z * (1 - 0.5 * Erf.erfc(z / Math.sqrt(2))))),
                new Variant(
                        "activation-dense-to-sparse(router=silu)",
                        References.tempered(References.OWN, true, z -> z / (1 + Math.exp(-z)))),
                new Variant(
                        "activation-dense-to-sparse(router=relu)",
                        References.tempered(References.OWN, true, z -> Math.max(z, 0))));
    }
}
