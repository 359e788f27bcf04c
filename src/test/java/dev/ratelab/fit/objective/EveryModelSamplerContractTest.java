package dev.ratelab.fit.objective;

import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Slow;
import java.util.stream.Stream;

/** {@link ModelSamplerContractTest} with every gate and every expert. */
@Slow
class EveryModelSamplerContractTest extends ModelSamplerContractTest {
    @Override
    Stream<ModelCase> models() {
        return ModelCase.all();
    }

    @Override
    Stream<ModelCase.Cross> crosses() {
        return ModelCase.crosses();
    }
}
