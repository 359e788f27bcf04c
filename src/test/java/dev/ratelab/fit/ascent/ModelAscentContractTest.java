package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.model.Problem;
import dev.ratelab.testing.ModelCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No algorithm lowers the objective of any model; the models are those of {@link ModelCase#all}, and with fewer iterations those of
 * {@link ModelCase#crosses}: every pair at every size.
 */
class ModelAscentContractTest {
    private static final int ROWS = 300;
    private static final int ITERATIONS = 15;
    private static final int FEW_ITERATIONS = 3;
    private static final Deadline NO_DEADLINE = new Deadline(0);

    @ParameterizedTest
    @MethodSource("dev.ratelab.testing.ModelCase#crosses")
    void holdsAtEverySize(ModelCase.Cross cross) {
        cross.cases().forEach(c -> {
            if (c.model().problem() == Problem.DENSITY) {
                expectationMaximisation(c, FEW_ITERATIONS);
            } else {
                gaussNewtonAndNewton(c, 1, FEW_ITERATIONS, false);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.ratelab.testing.ModelCase#densities")
    void expectationMaximisationNeverLowersTheLikelihood(ModelCase c) {
        expectationMaximisation(c, ITERATIONS);
    }

    private static void expectationMaximisation(ModelCase c, int iterations) {
        MixtureOfExperts model = c.model();
        Sample sample = c.sample(ROWS);
        Standardisation units = Standardisation.of(model, sample);
        Rows standard = units.apply(sample);
        double[] start = units.toStandard(c.theta(11));
        List<Double> history = new ArrayList<>(List.of(Estimator.logLikelihood(model, standard, start)));
        WarmUp.Result result = new ExpectationMaximisation(
                        model, Objective.of(model, standard), ParameterBounds.none(), units, ROWS)
                .run(start, iterations, likelihood -> history.add(likelihood) ? 0 : 1, NO_DEADLINE);
        assertThat(history).as("%s", c).isSorted().hasSize(1 + result.iterations());
        assertThat(result.iterations()).as("%s", c).isPositive();
        assertThat(history.get(history.size() - 1)).as("%s", c).isGreaterThan(history.get(0));
        assertThat(Estimator.logLikelihood(model, standard, result.theta()))
                .as("%s", c)
                .isEqualTo(history.get(history.size() - 1));
    }

    @ParameterizedTest
    @MethodSource("dev.ratelab.testing.ModelCase#regressions")
    void gaussNewtonAndNewtonNeverLowerTheObjective(ModelCase c) {
        gaussNewtonAndNewton(c, 3, 4, true);
    }

    /**
     * Runs both.
     *
     * @param rises whether the iterations are enough for the radius to become so small that a step is taken
     */
    private static void gaussNewtonAndNewton(ModelCase c, int runs, int iterations, boolean rises) {
        MixtureOfExperts model = c.model();
        Sample sample = c.sample(ROWS);
        Objective objective = Objective.of(model, sample);
        FeasibleSet everything = new FeasibleSet(List.of());
        double[] theta = c.theta(12);
        double before = Estimator.logLikelihood(model, sample, theta);
        double first = before;
        for (int run = 0; run < runs; run++) {
            theta = new GaussNewton(model, objective, everything)
                    .run(theta, iterations, 0, NO_DEADLINE)
                    .theta();
            double after = Estimator.logLikelihood(model, sample, theta);
            // A step may be judged by its gradient within the rounding error of the objective.
            assertThat(after).as("%s: run %d", c, run).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
            before = after;
        }
        if (rises) {
            assertThat(before).as("%s", c).isGreaterThan(first);
        }
        NewtonPolish.Result end = new NewtonPolish(model, objective, everything)
                .run(theta, new StopRule(1e-6, iterations, 0, 0), NO_DEADLINE);
        assertThat(end.logLikelihood()).as("%s", c).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
        assertThat(end.logLikelihood()).as("%s", c).isEqualTo(Estimator.logLikelihood(model, sample, end.theta()));
    }
}
