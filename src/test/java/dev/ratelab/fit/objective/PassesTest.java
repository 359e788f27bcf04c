package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.ascent.Deadline;
import dev.ratelab.fit.ascent.FitStatus;
import dev.ratelab.fit.ascent.NewtonPolish;
import dev.ratelab.fit.ascent.Starts;
import dev.ratelab.fit.ascent.StopRule;
import dev.ratelab.fit.ascent.WarmUp;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.expert.LinearExpert;
import dev.ratelab.model.gate.SoftmaxGate;
import dev.ratelab.testing.Simulated;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a fit goes over the sample: with many rows that is all its time. */
final class PassesTest {
    /** Nats that the last EM iteration before the polish gains at most. */
    private static final double SMALLEST_GAIN = 0.3;

    private static final MixtureOfExperts MODEL = new MixtureOfExperts(new SoftmaxGate(), new LinearExpert(), 3, 1);

    private final Sample data = Simulated.sample(2000, 1, 5);
    private final Standardisation units = Standardisation.of(MODEL, data);
    private final Rows sample = units.apply(data);
    private final FeasibleSet feasible = new FeasibleSet(List.of());
    private final double[] start = start();

    private double[] start() {
        double[] theta =
                Starts.random(1, MODEL, data, "passes").get(0).parameters().clone();
        return units.toStandard(theta);
    }

    @Test
    void warmUpEndsWithTheFirstIterationThatGainsLittle() {
        WarmUp.Result end = warmUp(200).run(start, new Deadline(0));
        assertThat(end.iterations()).isBetween(3, 100);
        for (int limit = 1; limit < end.iterations(); limit++) {
            assertThat(valueAfter(limit) - valueAfter(limit - 1))
                    .as("gain of iteration " + limit)
                    .isGreaterThanOrEqualTo(SMALLEST_GAIN);
        }
        assertThat(valueAfter(end.iterations()) - valueAfter(end.iterations() - 1))
                .isBetween(0.0, SMALLEST_GAIN);
        assertThat(valueAfter(end.iterations() + 1)).isEqualTo(valueAfter(end.iterations()));
    }

    /** One pass an iteration, two at the start and one at each of two stationary points. */
    @Test
    void thePolishGoesOverTheSampleOnceAnIterationAndFourTimesMore() {
        double[] warm = warmUp(50).run(start, new Deadline(0)).theta();
        Objective objective = Objective.of(MODEL, sample);
        NewtonPolish.Result end =
                new NewtonPolish(MODEL, objective, feasible).run(warm, StopRule.defaults(), new Deadline(0));
        assertThat(end.certificate().status()).isEqualTo(FitStatus.CONVERGED);
        assertThat(end.iterations()).isBetween(5, 39);
        assertThat(objective.passes()).isEqualTo(end.iterations() + 4);
    }

    private WarmUp warmUp(int limit) {
        return new WarmUp(Objective.of(MODEL, sample), ParameterBounds.none(), feasible, units, limit);
    }

    private double valueAfter(int iterations) {
        return Estimator.logLikelihood(
                MODEL, sample, warmUp(iterations).run(start, new Deadline(0)).theta());
    }
}
