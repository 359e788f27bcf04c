package dev.ratelab.fit.objective;

import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Slow;
import java.util.stream.Stream;

/** {@link ModelContractTest} with every gate and every expert. */
@Slow
class EveryModelContractTest extends ModelContractTest {
    @Override
    Stream<ModelCase> models() {
        return ModelCase.all();
    }
}
