package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.List;

class SoftmaxGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(new Variant("softmax", References.softmax()));
    }

    @Override
    boolean merges() {
        return true;
    }
}
