package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.model.Expert;
import java.util.List;

class ReluExpertTest extends NetworkExpertContractTest {

    @Override
    List<Activation> activations() {
        return List.of(Activation.RELU);
    }

    @Override
    double kinkDistance(Expert expert, double[] parameters, double[] x) {
        NetworkOptions options = ((NetworkExpert) expert).options();
        double distance = Double.POSITIVE_INFINITY;
        for (int u = 0; u < options.width(); u++) {
            double argument = options.bias() ? parameters[u] : 0;
            for (int j = 0; j < x.length; j++) {
                argument += parameters[options.weightOffset() + u * x.length + j] * x[j];
            }
            distance = Math.min(distance, Math.abs(argument));
        }
        return distance;
    }

    /** Depends on the inputs: a unit whose kink lies outside of their range is linear there, or zero. */
    @Override
    boolean declaresAllInvariances(Expert expert) {
        return false;
    }
}
