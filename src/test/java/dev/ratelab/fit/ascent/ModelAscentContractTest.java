package dev.ratelab.fit.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Rows;
import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.fit.objective.Evaluation;
import dev.ratelab.fit.objective.Objective;
import dev.ratelab.fit.objective.Order;
import dev.ratelab.fit.objective.Standardisation;
import dev.ratelab.fit.quadratic.FeasibleSet;
import dev.ratelab.fit.quadratic.ScaledProblem;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.ParameterBounds;
import dev.ratelab.testing.ModelCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The steps of every algorithm are what they are meant to be, for any model; and no run lowers the objective.
 *
 * <p>The second alone proves little: every algorithm halves, shortens or refuses a step that would lower the objective, so that it holds
 * for steps of the wrong sign too, as long as some other part of the step rises. Therefore the steps are tested before they are judged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelAscentContractTest {
    private static final int ROWS = 300;
    private static final int ITERATIONS = 15;
    private static final int START = 11;
    private static final Deadline NO_DEADLINE = new Deadline(0);

    /** A trust radius, in standard errors, in which the objective is nearly a quadratic, and which no kink is near to. */
    private static final double SHORT = 1e-5;

    /** The models; {@link EveryModelAscentContractTest} has all. */
    Stream<ModelCase> models() {
        return ModelCase.few();
    }

    Stream<ModelCase> densities() {
        return ModelCase.densities(models());
    }

    Stream<ModelCase> regressions() {
        return ModelCase.regressions(models());
    }

    /** A model and its data in standard units. */
    private record Standard(ModelCase c, Standardisation units, Sample sample) {
        static Standard of(ModelCase c) {
            Sample sample = c.regular(c.sample(ROWS), c.theta(START));
            Standardisation units = Standardisation.of(c.model(), sample);
            Rows standard = units.apply(sample);
            return new Standard(
                    c, units, standard.pick(IntStream.range(0, sample.size()).toArray()));
        }

        ExpectationMaximisation algorithm() {
            Objective objective = Objective.of(c.model(), sample);
            return new ExpectationMaximisation(c.model(), objective, ParameterBounds.none(), units, sample.size());
        }
    }

    @ParameterizedTest
    @MethodSource("densities")
    void theMStepMaximisesItsBlocks(ModelCase c) {
        Standard standard = Standard.of(c);
        double[] theta = standard.units().toStandard(c.theta(START));
        double[] step = standard.algorithm().firstStep(theta);
        new MStepReference(c, theta, step, standard.sample())
                .requireMStep(0.5 * Math.sqrt(standard.sample().size()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aShortStepGainsWhatItPromises(ModelCase c) {
        MixtureOfExperts model = c.model();
        double[] theta = c.theta(12);
        Sample sample = c.regular(c.sample(ROWS), theta);
        Objective objective = Objective.of(model, sample);
        Evaluation complete = Evaluation.of(model);
        objective.evaluate(theta, Order.COMPLETE, complete);
        for (Order order : List.of(Order.COMPLETE, Order.OBSERVED)) {
            Evaluation at = Evaluation.of(model);
            objective.evaluate(theta, order, at);
            ScaledProblem.Step step = new ScaledProblem(
                            new FeasibleSet(List.of()),
                            theta,
                            at.gradient,
                            at.hessian,
                            NewtonPolish.metric(complete, at),
                            model.invariances(theta))
                    .maximise(SHORT);
            double gain =
                    Estimator.logLikelihood(model, sample, ModelCase.moved(theta, 1, step.delta())) - at.logLikelihood;
            assertThat(step.gain()).as("%s: %s promises", c, order).isPositive();
            assertThat(gain).as("%s: %s gains", c, order).isCloseTo(step.gain(), within(0.01 * step.gain()));
        }
    }

    @ParameterizedTest
    @MethodSource("densities")
    void expectationMaximisationNeverLowersTheLikelihood(ModelCase c) {
        Standard standard = Standard.of(c);
        double[] start = standard.units().toStandard(c.theta(START));
        List<Double> history = new ArrayList<>(List.of(Estimator.logLikelihood(c.model(), standard.sample(), start)));
        WarmUp.Result result =
                standard.algorithm().run(start, ITERATIONS, likelihood -> history.add(likelihood) ? 0 : 1, NO_DEADLINE);
        assertThat(history).as("%s", c).isSorted().hasSize(1 + result.iterations());
        assertThat(result.iterations()).as("%s", c).isPositive();
        assertThat(history.get(history.size() - 1)).as("%s", c).isGreaterThan(history.get(0));
        assertThat(Estimator.logLikelihood(c.model(), standard.sample(), result.theta()))
                .as("%s", c)
                .isEqualTo(history.get(history.size() - 1));
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void gaussNewtonAndNewtonNeverLowerTheObjective(ModelCase c) {
        MixtureOfExperts model = c.model();
        Sample sample = c.sample(ROWS);
        Objective objective = Objective.of(model, sample);
        FeasibleSet everything = new FeasibleSet(List.of());
        double[] theta = c.theta(12);
        double first = Estimator.logLikelihood(model, sample, theta);
        double before = first;
        for (int run = 0; run < 3; run++) {
            theta = new GaussNewton(model, objective, everything)
                    .run(theta, 4, 0, NO_DEADLINE)
                    .theta();
            double after = Estimator.logLikelihood(model, sample, theta);
            // A step may be judged by its gradient within the rounding error of the objective.
            assertThat(after).as("%s: run %d", c, run).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
            before = after;
        }
        assertThat(before).as("%s", c).isGreaterThan(first);
        NewtonPolish.Result end =
                new NewtonPolish(model, objective, everything).run(theta, new StopRule(1e-6, 4, 0, 0), NO_DEADLINE);
        assertThat(end.logLikelihood()).as("%s", c).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
        assertThat(end.logLikelihood()).as("%s", c).isEqualTo(Estimator.logLikelihood(model, sample, end.theta()));
    }
}
