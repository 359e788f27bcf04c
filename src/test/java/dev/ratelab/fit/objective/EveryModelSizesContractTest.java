package dev.ratelab.fit.objective;

import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Slow;
import java.util.stream.Stream;

/** {@link ModelSizesContractTest} with every gate and every expert. */
@Slow
class EveryModelSizesContractTest extends ModelSizesContractTest {
    @Override
    Stream<ModelCase.Cross> crosses() {
        return ModelCase.crosses();
    }
}
