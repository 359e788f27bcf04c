package dev.ratelab.model.expert;

import dev.ratelab.math.Activation;
import dev.ratelab.model.Expert;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The contract of one activation's experts, with every option and their combinations. */
abstract class NetworkExpertContractTest extends ExpertContractTest {

    abstract List<Activation> activations();

    @Override
    List<Expert> experts() {
        return activations().stream()
                .map(NetworkOptions::of)
                .flatMap(options -> Stream.of(
                        options,
                        options.withBias(false),
                        options.withOutputWeight(true),
                        options.withBias(false).withOutputWeight(true),
                        options.withWidth(2),
                        options.withWidth(3).withOutputWeight(true),
                        options.withBias(false).withWidth(2).withOutputWeight(true)))
                .<Expert>map(NetworkExpert::of)
                .toList();
    }

    @Override
    Expert of(String name, Map<String, String> options) {
        return NetworkExpert.of(name, options);
    }
}
