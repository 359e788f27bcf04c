package dev.ratelab.fit.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratelab.data.Sample;
import dev.ratelab.fit.Estimator;
import dev.ratelab.model.Atom;
import dev.ratelab.model.MixtureOfExperts;
import dev.ratelab.model.Normaliser;
import dev.ratelab.model.Problem;
import dev.ratelab.testing.ModelCase;
import dev.ratelab.testing.ReferenceModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the objective of every model keeps, for every gate with every expert; the models are those of {@link ModelCase#all}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelContractTest {
    private static final int ROWS = 150;
    private static final double STEP = 1e-5;

    /** Shorter, for third derivatives of perturbed cosines of small weights. */
    private static final double GRADIENT_STEP = 2e-6;

    /** The models; {@link EveryModelContractTest} has all. */
    Stream<ModelCase> models() {
        return ModelCase.few();
    }

    Stream<ModelCase> modelsWithInvariances() {
        return models().filter(c -> c.model().invariances(c.theta(5)).length > 0);
    }

    /** Those with a group of two atoms at least. */
    Stream<ModelCase> modelsWithExchanges() {
        return models().filter(c -> {
            List<Atom> atoms = c.model().toAtoms(c.theta(4));
            return !c.exchanged(atoms).equals(atoms);
        });
    }

    @Test
    void theFewHaveEveryGateAndEveryExpert() {
        Set<String> met = new HashSet<>();
        ModelCase.few().forEach(c -> {
            met.add(c.model().gate().id());
            met.add(c.model().expert().id());
        });
        ModelCase.gates().forEach(gate -> assertThat(met).contains(gate.id()));
        ModelCase.experts().forEach(expert -> assertThat(met).contains(expert.id()));
    }

    @Test
    void everyGateAndEveryExpertMeetsEverySize() {
        Set<List<Object>> met = new HashSet<>();
        ModelCase.all().forEach(c -> {
            ModelCase.Size size =
                    new ModelCase.Size(c.model().atoms(), c.model().dimension());
            met.add(List.of(c.model().gate().id(), c.model().problem(), size));
            met.add(List.of(c.model().expert().id(), c.model().problem(), size));
        });
        for (Problem problem : Problem.values()) {
            ModelCase.gates().forEach(gate -> ModelCase.sizes(gate, problem)
                    .forEach(size -> assertThat(met).contains(List.of(gate.id(), problem, size))));
            ModelCase.experts()
                    .forEach(expert -> ModelCase.sizes(ModelCase.gates().get(0), problem)
                            .forEach(size -> assertThat(met).contains(List.of(expert.id(), problem, size))));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void valueAndMassesAreThoseOfTheDefinition(ModelCase c) {
        Sample sample = c.sample(600);
        double[] theta = c.theta(1);
        ReferenceModel reference = new ReferenceModel(c.model(), theta, sample);
        assertThat(Estimator.logLikelihood(c.model(), sample, theta))
                .isCloseTo(reference.value(), within(1e-11 * Math.abs(reference.value())));
        Evaluation at = evaluate(c.model(), sample, theta, Order.COMPLETE);
        boolean density = c.model().problem() == Problem.DENSITY;
        double[][] expected = density ? reference.responsibilities() : reference.weights;
        double total = 0;
        for (int i = 0; i < c.model().atoms(); i++) {
            double mass = 0;
            for (double[] row : expected) {
                mass += row[i];
            }
            assertThat(at.mass[i]).isCloseTo(mass, within(1e-9 * (1 + mass)));
            total += at.mass[i];
        }
        if (c.model().gate().normaliser() != Normaliser.NONE) {
            assertThat(total).isCloseTo(sample.size(), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientAgreesWithDifferencesOfTheValue(ModelCase c) {
        double[] theta = c.theta(2);
        Sample sample = regular(c, theta);
        Evaluation complete = evaluate(c.model(), sample, theta, Order.COMPLETE);
        Evaluation observed = evaluate(c.model(), sample, theta, Order.OBSERVED);
        double scale = largest(observed.gradient);
        for (double[] direction : c.directions()) {
            double difference = (value(c.model(), sample, ModelCase.moved(theta, STEP, direction))
                            - value(c.model(), sample, ModelCase.moved(theta, -STEP, direction)))
                    / (2 * STEP);
            assertThat(dot(observed.gradient, direction)).isCloseTo(difference, within(1e-7 * scale));
            assertThat(dot(complete.gradient, direction)).isCloseTo(difference, within(1e-7 * scale));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void hessianAgreesWithDifferencesOfTheGradient(ModelCase c) {
        double[] theta = c.theta(3);
        Sample sample = regular(c, theta);
        double[][] hessian = evaluate(c.model(), sample, theta, Order.OBSERVED).hessian;
        double scale = 0;
        for (double[] row : hessian) {
            scale = Math.max(scale, largest(row));
        }
        for (double[] direction : c.directions()) {
            double[] up = evaluate(c.model(), sample, ModelCase.moved(theta, GRADIENT_STEP, direction), Order.COMPLETE)
                    .gradient;
            double[] down = evaluate(
                            c.model(), sample, ModelCase.moved(theta, -GRADIENT_STEP, direction), Order.COMPLETE)
                    .gradient;
            for (int a = 0; a < theta.length; a++) {
                assertThat(dot(hessian[a], direction))
                        .as("parameter %d", a)
                        .isCloseTo((up[a] - down[a]) / (2 * GRADIENT_STEP), within(1e-6 * scale));
            }
        }
        for (int a = 0; a < theta.length; a++) {
            for (int b = 0; b < a; b++) {
                // Compared as doubles: an assertion for each of the many pairs takes longer than the computation.
                if (!(Math.abs(hessian[a][b] - hessian[b][a]) <= 1e-12 * scale)) {
                    assertThat(hessian[a][b]).as("entry %d, %d", a, b).isEqualTo(hessian[b][a]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modelsWithExchanges")
    void exchangingAtomsOfAGroupLeavesTheValueAlone(ModelCase c) {
        MixtureOfExperts model = c.model();
        Sample sample = c.sample(ROWS);
        double[] theta = c.theta(4);
        List<Atom> exchanged = c.exchanged(model.toAtoms(theta));
        double value = value(model, sample, theta);
        assertThat(value(model, sample, model.toParameters(exchanged)))
                .isCloseTo(value, within(1e-11 * (1 + Math.abs(value))));
    }

    @ParameterizedTest
    @MethodSource("modelsWithInvariances")
    void invariancesLeaveTheValueAlone(ModelCase c) {
        double[] theta = c.theta(5);
        Sample sample = c.sample(ROWS);
        double[] gradient = evaluate(c.model(), sample, theta, Order.OBSERVED).gradient;
        double value = value(c.model(), sample, theta);
        double[][] directions = c.model().invariances(theta);
        double[][] elsewhere = c.model().invariances(c.theta(6));
        assertThat(elsewhere).hasSameDimensionsAs(directions);
        for (int v = 0; v < directions.length; v++) {
            double size = largest(directions[v]);
            assertThat(dot(gradient, directions[v])).isCloseTo(0, within(1e-12 * size * (1 + Math.abs(value))));
            if (Arrays.equals(directions[v], elsewhere[v])) {
                // The same direction everywhere: a translation, which can go any distance.
                assertThat(value(c.model(), sample, ModelCase.moved(theta, 0.7, directions[v])))
                        .isCloseTo(value, within(1e-11 * (1 + Math.abs(value))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void anEvaluationHasTheSameBitsAgainAndInAnotherThread(ModelCase c) {
        Sample sample = c.sample(ROWS);
        double[] theta = c.theta(7);
        Objective objective = Objective.of(c.model(), sample);
        CompletableFuture<Evaluation> other =
                CompletableFuture.supplyAsync(() -> evaluate(c.model(), sample, theta, Order.OBSERVED));
        Evaluation first = Evaluation.of(c.model());
        Evaluation second = Evaluation.of(c.model());
        objective.evaluate(theta, Order.OBSERVED, first);
        objective.evaluate(c.theta(8), Order.COMPLETE, second);
        objective.evaluate(theta, Order.OBSERVED, second);
        for (Evaluation again : List.of(second, other.join())) {
            assertThat(again.logLikelihood).isEqualTo(first.logLikelihood);
            assertThat(Arrays.equals(again.gradient, first.gradient)).isTrue();
            assertThat(Arrays.deepEquals(again.hessian, first.hessian)).isTrue();
            assertThat(Arrays.equals(again.mass, first.mass)).isTrue();
        }
    }

    private static Sample regular(ModelCase c, double[] theta) {
        Sample sample = c.regular(c.sample(ROWS), theta);
        assertThat(sample.size()).as("rows away from kinks").isGreaterThan(ROWS / 2);
        return sample;
    }

    private static Evaluation evaluate(MixtureOfExperts model, Sample sample, double[] theta, Order order) {
        Evaluation evaluation = Evaluation.of(model);
        Objective.of(model, sample).evaluate(theta, order, evaluation);
        return evaluation;
    }

    private static double value(MixtureOfExperts model, Sample sample, double[] theta) {
        return Estimator.logLikelihood(model, sample, theta);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
