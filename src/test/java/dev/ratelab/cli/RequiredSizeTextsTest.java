package dev.ratelab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratelab.loss.LossName;
import dev.ratelab.rates.Reach;
import dev.ratelab.rates.RequiredSampleSize;
import dev.ratelab.testing.SmallStudy;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredSizeTextsTest {
    private static RequiredSampleSize size(
            String gate, int experts, Reach reach, double size, double low, double high) {
        return new RequiredSampleSize(
                gate + "-setting",
                gate,
                "linear",
                "density",
                experts,
                LossName.D1,
                0.1,
                0.9,
                reach,
                size,
                low,
                high,
                -0.5,
                -0.6,
                -0.4,
                100,
                1000,
                20,
                1,
                "a reason");
    }

    private static final double NONE = Double.NaN;

    private static final List<RequiredSampleSize> FOUND = List.of(
            size("softmax", 4, Reach.EXTRAPOLATED, 31234, 20789, 45678),
            size("top-k(k=1)", 4, Reach.AT_MOST, 100, NONE, 120),
            size("dense-to-sparse", 2, Reach.NOT_REACHABLE, NONE, NONE, NONE),
            size("softmax", 2, Reach.FAR_EXTRAPOLATED, 2.5e8, 1e7, 1e10));

    /** One input: scores of four atoms cost 8, an affine expert 2 and its weight 1. */
    @Test
    void designsStandSideBySideWithTheCostsOfDataAndOfPredictions() {
        List<String> lines = new RequiredSizeTexts(SmallStudy.with(), 0.002)
                .text(FOUND)
                .lines()
                .map(line -> line.replaceAll(" {2,}", "|"))
                .toList();
        assertThat(lines)
                .containsExactly(
                        "samples needed for D1 <= 0.1 with probability 0.9; cost of a prediction",
                        "gate|expert|k|samples|95 % interval|known|data cost|active experts|multiplications|why",
                        "softmax|linear|4|31200|[20800, 45700]|extrapolated|62.5|4|20|a reason",
                        "top-k(k=1)|linear|4|<= 100|<= 120|at-most|<= 0.200|1|11|a reason",
                        "dense-to-sparse|linear|2|-|-|not-reachable|-|2|11|a reason",
                        "softmax|linear|2|2.50e+08|[1.00e+07, 1.00e+10]|far-extrapolated|500000|2|10|a reason");
    }

    @Test
    void withoutACostThereIsNoColumnOfCosts() {
        assertThat(new RequiredSizeTexts(SmallStudy.with(), null).text(FOUND)).doesNotContain("data cost");
    }

    @Test
    void jsonHasEveryNumberUnrounded() throws Exception {
        JsonNode rows = new ObjectMapper().readTree(new RequiredSizeTexts(SmallStudy.with(), 0.002).json(FOUND));
        assertThat(rows).hasSize(4);
        JsonNode first = rows.get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "setting",
                        "gate",
                        "expert",
                        "problem",
                        "fitted_experts",
                        "metric",
                        "target",
                        "probability",
                        "reach",
                        "required_samples",
                        "required_samples_low",
                        "required_samples_high",
                        "data_cost",
                        "active_experts",
                        "multiplications",
                        "slope",
                        "slope_low",
                        "slope_high",
                        "smallest_sample_size",
                        "largest_sample_size",
                        "seeds",
                        "certified_share",
                        "reason");
        assertThat(first.get("required_samples").asDouble()).isEqualTo(31234);
        assertThat(first.get("data_cost").asDouble()).isEqualTo(31234 * 0.002);
        assertThat(rows.get(1).get("required_samples_low").isNull()).isTrue();
        assertThat(rows.get(2).get("required_samples").isNull()).isTrue();
        assertThat(rows.get(2).get("reach").asText()).isEqualTo("not-reachable");
    }
}
