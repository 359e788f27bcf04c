package dev.ratelab.fit.ascent;

import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.Slow;
import java.util.stream.Stream;

/** {@link ModelAscentContractTest} with every gate and every expert. */
@Slow
class EveryModelAscentContractTest extends ModelAscentContractTest {
    @Override
    Stream<ModelCase> models() {
        return ModelCase.all();
    }
}
