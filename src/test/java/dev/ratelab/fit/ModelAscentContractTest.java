package dev.ratelab.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Sample;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No algorithm lowers the objective of any model; the models are those of {@link ModelCase#all}. */
class ModelAscentContractTest {
    private static final int ROWS = 300;
    private static final int ITERATIONS = 15;
    private static final Deadline NO_DEADLINE = new Deadline(0);

    @ParameterizedTest
    @MethodSource("dev.ratelab.fit.ModelCase#densities")
    void expectationMaximisationNeverLowersTheLikelihood(ModelCase c) {
        MixtureOfExperts model = c.model();
        Sample sample = c.sample(ROWS);
        Standardisation units = Standardisation.of(model, sample);
        Sample standard = units.apply(sample);
        double[] start = units.toStandard(c.theta(11));
        ExpectationMaximisation.Result result = new ExpectationMaximisation(
                        model, Objective.of(model, standard), ParameterBounds.none(), units)
                .run(start, ITERATIONS, 0, NO_DEADLINE);
        double[] history = result.logLikelihoods();
        for (int i = 1; i < history.length; i++) {
            assertThat(history[i]).as("iteration %d", i).isGreaterThanOrEqualTo(history[i - 1]);
        }
        assertThat(history[history.length - 1]).isGreaterThan(history[0]);
        assertThat(Estimator.logLikelihood(model, standard, result.theta())).isEqualTo(history[history.length - 1]);
    }

    @ParameterizedTest
    @MethodSource("dev.ratelab.fit.ModelCase#regressions")
    void gaussNewtonAndNewtonNeverLowerTheObjective(ModelCase c) {
        MixtureOfExperts model = c.model();
        Sample sample = c.sample(ROWS);
        Objective objective = Objective.of(model, sample);
        FeasibleSet everything = new FeasibleSet(List.of());
        double[] theta = c.theta(12);
        double before = Estimator.logLikelihood(model, sample, theta);
        double first = before;
        for (int run = 0; run < 3; run++) {
            theta = new GaussNewton(model, objective, everything)
                    .run(theta, 4, 0, NO_DEADLINE)
                    .theta();
            double after = Estimator.logLikelihood(model, sample, theta);
            // A step may be judged by its gradient within the rounding error of the objective.
            assertThat(after).as("run %d", run).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
            before = after;
        }
        assertThat(before).isGreaterThan(first);
        NewtonPolish.Result end =
                new NewtonPolish(model, objective, everything).run(theta, new StopRule(1e-6, 4, 0, 0), NO_DEADLINE);
        assertThat(end.logLikelihood()).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
        assertThat(end.logLikelihood()).isEqualTo(Estimator.logLikelihood(model, sample, end.theta()));
    }
}
