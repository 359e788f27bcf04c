package dev.ratelab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.LossName;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The quadrature design gives the losses that n rows give: two samples of {@value #SEEDS} fits each, compared by the Kolmogorov-Smirnov
 * test. The data are fixed by their seeds; for other seeds each comparison would fail with a probability of 1e-3.
 */
class QuadratureLossTest {
    private static final int SEEDS = 60;
    private static final String TEXT = """
            study = design
            truth {
              problem = regression
              input = { type = uniform, low = -2, high = 2 }
              gate = { type = softmax, bias = [0, 0], weight = [[2], [0]] }
              expert = { type = tanh, expert-bias = [1, -1], expert-weight = [[3], [-4]] }
              variance = 0.01
            }
            grid {
              gate = [softmax], expert = [tanh], fitted-experts = [2], sample-sizes = [4000], seeds = 60
              design = %s
            }
            fit { starts = { oracle-radii = [0.1], oracle = 1, random = 0 } }
            """;

    private static double[] losses(String design, String metric) {
        Study study = StudyParser.standard().parse(TEXT.formatted(design), "design", List.of());
        FitRunner runner = new FitRunner(study);
        String setting = study.settings().get(0).id();
        return IntStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> runner.run(new FitKey(setting, 4000, seed)))
                .peek(row ->
                        assertThat(row.status().certified()).as(row.message()).isTrue())
                .mapToDouble(row -> row.losses().get(LossName.parse(metric)))
                .toArray();
    }

    @Slow
    @ParameterizedTest
    @ValueSource(strings = {"D1", "regression-l2", "expert-weight-error-atom-2", "gate-weight-error-atom-1"})
    void bothDesignsGiveTheSameDistributionOfLosses(String metric) {
        double[] rows = losses("rows", metric);
        double[] nodes = losses("quadrature", metric);
        assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(rows, nodes))
                .isGreaterThan(1e-3);
    }

    @Test
    void theTestSeesAThirdMoreLoss() {
        double[] nodes = losses("quadrature", "regression-l2");
        double[] larger = Arrays.stream(nodes).map(loss -> 1.4 * loss).toArray();
        assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(nodes, larger))
                .isLessThan(1e-2);
    }
}
