package dev.ratelab.model.expert;

import dev.ratelab.model.Expert;
import java.util.List;
import java.util.Map;

class LinearExpertTest extends ExpertContractTest {

    @Override
    List<Expert> experts() {
        return List.of(new LinearExpert());
    }

    @Override
    Expert of(String name, Map<String, String> options) {
        return new LinearExpert();
    }
}
