package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.loss.LossName;
import dev.ratelab.rates.OptimisationEffect;
import dev.ratelab.rates.OptimisationError;
import dev.ratelab.rates.SettingCoordinates;
import dev.ratelab.run.FittedSetting;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimisationTextsTest {
    private static final SettingCoordinates SETTING =
            new SettingCoordinates("s", new FittedSetting("softmax", "linear", "density", 3, 1), "fixed");
    private static final OptimisationError ERROR =
            new OptimisationError(SETTING, 1000, 20, 16, 1, 3, 0.25, 0, 2.5, Double.NaN);
    private static final OptimisationEffect EFFECT =
            new OptimisationEffect(SETTING, LossName.D1, -0.5, -0.48, -0.25, 0.23, 0.1, 0.36);

    @Test
    void sharesAndSlopesStandInTwoTables() {
        String text = new OptimisationTexts(List.of(ERROR), List.of(EFFECT), LossName.D1).text();
        List<String> lines = text.lines().toList();
        assertThat(lines.get(0)).contains("more than 0.1 nat below");
        assertThat(lines.get(2).split(" {2,}"))
                .containsExactly("softmax", "linear", "3", "1.00", "1000", "20", "16", "25.0 %", "2.50", "0.0 %", "-");
        assertThat(lines.get(4)).isEqualTo("slopes of D1 by kind of start");
        assertThat(lines.get(6).split(" {2,}"))
                .containsExactly(
                        "softmax", "linear", "3", "1.00", "-0.500", "-0.480", "-0.250", "0.230", "[0.100, 0.360]");
        assertThat(new OptimisationTexts(List.of(ERROR), List.of(), LossName.D2).text())
                .endsWith("no slopes of D2 by kind of start: its study has no block start-kinds with that metric"
                        + System.lineSeparator());
    }

    @Test
    void scriptsGetAllNumbers() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(new OptimisationTexts(List.of(ERROR), List.of(EFFECT), LossName.D1).json());
        JsonNode error = json.get("errors").get(0);
        assertThat(error.get("random_worse").asDouble()).isEqualTo(0.25);
        assertThat(error.get("without_random").asInt()).isEqualTo(3);
        assertThat(error.get("oracle_deficit").isNull()).isTrue();
        assertThat(json.get("effects").get(0).get("difference_high").asDouble()).isEqualTo(0.36);
    }
}
