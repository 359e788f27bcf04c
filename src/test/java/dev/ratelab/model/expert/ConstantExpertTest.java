package dev.ratelab.model.expert;

import dev.ratelab.model.Expert;
import java.util.List;
import java.util.Map;

class ConstantExpertTest extends ExpertContractTest {

    @Override
    List<Expert> experts() {
        return List.of(new ConstantExpert());
    }

    @Override
    Expert of(String name, Map<String, String> options) {
        return new ConstantExpert();
    }
}
