package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;

class CosineGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant("cosine", References.cosine(References.OWN, 0, 0)),
                new Variant("cosine(temperature=0.5)", References.cosine(0.5, 0, 0)));
    }
}
