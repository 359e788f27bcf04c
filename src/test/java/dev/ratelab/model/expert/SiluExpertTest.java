package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import java.util.List;

class SiluExpertTest extends NetworkExpertContractTest {

    @Override
    List<Activation> activations() {
        return List.of(Activation.SILU);
    }
}
