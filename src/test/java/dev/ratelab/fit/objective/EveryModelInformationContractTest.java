package dev.ratelab.fit.objective;

import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Slow;
import java.util.stream.Stream;

/** {@link ModelInformationContractTest} with every gate and every expert. */
@Slow
class EveryModelInformationContractTest extends ModelInformationContractTest {
    @Override
    Stream<ModelCase> models() {
        return ModelCase.all();
    }
}
