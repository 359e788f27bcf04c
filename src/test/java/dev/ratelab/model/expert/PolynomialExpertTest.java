package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.model.Expert;
import java.util.List;

class PolynomialExpertTest extends NetworkExpertContractTest {

    @Override
    List<Activation> activations() {
        return List.of(Activation.power(1), Activation.power(2), Activation.power(3), Activation.power(4));
    }

    @Override
    boolean declaresAllInvariances(Expert expert) {
        NetworkOptions options = ((NetworkExpert) expert).options();
        return options.activation().homogeneity() <= 2 || options.width() == 1;
    }
}
