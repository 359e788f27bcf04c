package dev.ratelab.fit.objective;

import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Slow;
import java.util.stream.Stream;

/** {@link WeightedLikelihoodTest} with every gate and every expert. */
@Slow
class EveryWeightedLikelihoodTest extends WeightedLikelihoodTest {
    @Override
    Stream<ModelCase> densities() {
        return ModelCase.densities(ModelCase.all());
    }
}
