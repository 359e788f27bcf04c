package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import java.util.List;

class SineExpertTest extends NetworkExpertContractTest {

    @Override
    List<Activation> activations() {
        return List.of(Activation.SINE);
    }
}
