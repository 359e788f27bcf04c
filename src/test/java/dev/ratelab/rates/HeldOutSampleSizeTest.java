package dev.ratelab.rates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.loss.LossName;
import dev.ratelab.plan.Plan;
import dev.ratelab.plan.PlannedFit;
import dev.ratelab.run.FitKey;
import dev.ratelab.run.FitRow;
import dev.ratelab.run.FitRunner;
import dev.ratelab.study.Study;
import dev.ratelab.studyfile.StudyParser;
import dev.ratelab.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Required sample sizes of twelve designs, predicted from real fits to n = 1,000 to 16,000 and held against fits to the sizes that
 * were predicted, with seeds that the prediction has not seen.
 *
 * <p>A required size lies in an interval [low, high] if the share of data sets whose error is at most the target is at most the
 * wanted probability at low, and at least that at high: the error falls with n. Both shares are estimated from {@link #FRESH} fits each;
 * no allowance is made for the error of these shares.
 */
@Slow
class HeldOutSampleSizeTest {
    private static final int SEEDS = 20;
    private static final int FRESH = 100;
    private static final double PROBABILITY = 0.9;
    private static final double SIMULATION_ERROR = 2 * Math.sqrt(PROBABILITY * (1 - PROBABILITY) / FRESH);

    /** Gate, expert family, loss; the target is what is reached about four to five times beyond the largest size. */
    private static final List<List<String>> DESIGNS = List.of(
            List.of("softmax", "linear", "regression-l2"),
            List.of("softmax", "tanh", "D1"),
            List.of("softmax", "sigmoid", "D1"),
            List.of("softmax", "gelu", "expert-function-error-exact"),
            List.of("softmax", "silu", "D1"),
            List.of("softmax", "sine", "D1"),
            List.of("softmax", "polynomial(degree=2)", "D1"),
            List.of("sigmoid", "tanh", "regression-l2"),
            List.of("quadratic", "linear", "expert-function-error-exact"),
            List.of("dense-to-sparse", "linear", "D1"),
            List.of("perturbed-cosine", "tanh", "regression-l2"),
            List.of("normalised-sigmoid", "sine", "expert-function-error-exact"));

    private static Study study(String gate, String expert) {
        String text = """
                study = held-out
                truth = { type = canonical, problem = regression, experts = 2, variance = 1e-4 }
                grid {
                  gate = ["%s"], expert = ["%s"], fitted-experts = [2]
                  sample-sizes = { log-spaced = { from = 1000, to = 16000, count = 5 } }
                  seeds = %d, design = quadrature, nodes = 24
                }
                fit.starts = { oracle = 1, oracle-radii = [0.1], random = 0 }
                """.formatted(gate, expert, SEEDS);
        return StudyParser.standard().parse(text, "held-out.conf", List.of());
    }

    /** Share of fresh fits whose error is at most the target; a fit that is not certified counts as one that is not. */
    private static double share(FitRunner runner, String setting, double size, LossName metric, double target) {
        int reached = 0;
        for (int seed = SEEDS + 1; seed <= SEEDS + FRESH; seed++) {
            FitRow row = runner.run(new FitKey(setting, (int) size, seed));
            reached += row.status().certified() && row.losses().get(metric) <= target ? 1 : 0;
        }
        return (double) reached / FRESH;
    }

    private record Check(String design, RequiredSampleSize found, double shareAtLow, double shareAtHigh) {

        boolean held() {
            return shareAtLow <= PROBABILITY && shareAtHigh >= PROBABILITY;
        }

        /** Whether an end of the interval is a size whose share differs from the wanted one by more than two standard errors. */
        boolean informative() {
            return found.high() / found.low() < 15
                    && (shareAtHigh > PROBABILITY + SIMULATION_ERROR || shareAtLow < PROBABILITY - SIMULATION_ERROR);
        }
    }

    private static Check check(List<String> design) {
        LossName metric = LossName.parse(design.get(2));
        Study study = study(design.get(0), design.get(1));
        FitRunner runner = new FitRunner(study);
        List<FitRow> rows = new ArrayList<>();
        for (PlannedFit fit : Plan.of(study, Set.of()).fits()) {
            rows.add(runner.run(fit.key()));
        }
        double largest = rows.stream()
                .filter(row -> row.sampleSize() == 16000)
                .mapToDouble(row -> row.losses().get(metric))
                .max()
                .orElseThrow();
        RequiredSampleSize found = RequiredSampleSize.compute(rows, 2, metric, largest / 2.5, PROBABILITY)
                .get(0);
        String setting = study.settings().get(0).id();
        return new Check(
                String.join(" ", design),
                found,
                share(runner, setting, found.low(), metric, found.target()),
                share(runner, setting, found.high(), metric, found.target()));
    }

    @Test
    void predictedSizesReachTheTargetWithinTheirIntervals() {
        List<Check> checks = DESIGNS.stream().map(HeldOutSampleSizeTest::check).toList();
        String report = checks.stream().map(Check::toString).toList().toString();
        assertThat(checks).allSatisfy(check -> assertThat(check.found().reach()).isEqualTo(Reach.EXTRAPOLATED));
        assertThat(checks.stream().filter(Check::held).count()).as(report).isGreaterThanOrEqualTo(11);
        assertThat(checks.stream().filter(Check::informative).count())
                .as(report)
                .isGreaterThanOrEqualTo(11);
    }
}
