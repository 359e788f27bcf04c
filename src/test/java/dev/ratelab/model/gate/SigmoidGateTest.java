package dev.ratelab.model.gate;

import dev.ratelab.model.gate.GateCase.Variant;
import java.util.Arrays;
import java.util.List;

class SigmoidGateTest extends GateContractTest {

    @Override
    List<Variant> variants() {
        return List.of(
                new Variant("sigmoid", References.sigmoid()), new Variant("normalised-sigmoid", References.sigmoid()));
    }

    @Override
    boolean splitsExactlyAt(double[] x) {
        return Arrays.stream(x).allMatch(value -> value == 0);
    }
}
