package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;

class DenseToSparseGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant("dense-to-sparse", References.tempered(References.OWN, true, r -> r)),
                new Variant("dense-to-sparse(bias=outside)", References.tempered(References.OWN, false, r -> r)),
                new Variant("dense-to-sparse(temperature=0.5)", References.tempered(0.5, true, r -> r)),
                new Variant(
                        "dense-to-sparse(temperature=2:0.5,bias=outside)", References.tempered(0.5, false, r -> r)));
    }

    @Override
    boolean merges() {
        return true;
    }
}
